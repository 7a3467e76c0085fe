import { RetryBudget } from "../../../src/http/policies/retry-budget";

function spendAll(budget: RetryBudget): number {
  let spent = 0;
  while (budget.spend()) spent += 1;
  return spent;
}

describe("a retry budget", () => {
  it("begins with ten repetitions", () => {
    expect(spendAll(new RetryBudget())).toBe(10);
  });

  it("gives one for every five successes", () => {
    const budget = new RetryBudget();
    spendAll(budget);
    for (let round = 0; round < 100; round += 1) {
      for (let success = 0; success < 4; success += 1) {
        budget.pay();
        expect(budget.spend()).toBe(false);
      }
      budget.pay();
      expect(budget.spend()).toBe(true);
    }
  });

  it("holds ten however many have succeeded", () => {
    const budget = new RetryBudget();
    for (let success = 0; success < 1_000; success += 1) budget.pay();
    expect(spendAll(budget)).toBe(10);
  });
});
