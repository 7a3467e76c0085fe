import { Denial } from "../../../src/http/quota/denial";

let time = 0;

function createDenial() {
  time = 1_000;
  return new Denial(() => time);
}

describe("a denial", () => {
  it("is none before a refusal", () => {
    const denial = createDenial();
    expect(denial.current()).toBeUndefined();
    expect(denial.isResuming).toBe(false);
  });

  it("lasts a minute, and says what to do", () => {
    const denial = createDenial();
    denial.refuse("check it");
    expect(denial.current()).toEqual({ until: 61_000, problem: "check it" });
    time = 60_999;
    expect(denial.current()).toBeDefined();
    time = 61_000;
    expect(denial.current()).toBeUndefined();
  });

  it("lets requests go one by one until one is answered", () => {
    const denial = createDenial();
    denial.refuse("check it");
    time = 61_000;
    expect(denial.isResuming).toBe(true);
    denial.settle();
    expect(denial.isResuming).toBe(false);
  });

  it("is not ended by what was under way before", () => {
    const denial = createDenial();
    denial.refuse("check it");
    denial.settle();
    expect(denial.current()).toBeDefined();
    expect(denial.isResuming).toBe(true);
  });
});
