import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { built, quickBenches, tryBenches } from "./try-benches";

describe("the benchmarks", () => {
  tryBenches((name) => quickBenches.has(name));

  it("says what it does not know", async () => {
    const asked = promisify(execFile)(process.execPath, [
      join(built, "run.js"),
      ...["--only", "weather"],
    ]);
    await expect(asked).rejects.toMatchObject({
      code: 64,
      stderr: expect.stringContaining('no bench "weather"'),
    });
  });
});
