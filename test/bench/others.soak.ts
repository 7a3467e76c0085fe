import { quickBenches, tryBenches } from "./try-benches";

describe("the benchmarks", () => {
  tryBenches((name) => !quickBenches.has(name));
});
