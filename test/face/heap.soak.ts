import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type InProcess, startInProcess } from "../support/in-process";

/*
 * Takes minutes, so it is not among the tests: npm run test:soak
 */

const megabyte = 1024 * 1024;
const distinct = 60_000;

/** Heap in use when nothing more can be collected, in megabytes. */
function heapInUse(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed / megabyte;
}

/** Never the same document twice: run, refused, invalid, or no document. */
function documentOf(number: number): string {
  const fields = Array.from(
    { length: 1 + (number % 12) },
    (_, index) => `f${number}_${index}: stores { key platform }`,
  ).join(" ");
  switch (number % 8) {
    case 0:
      return `query Q${number} { ${`f${number}: stores { key } `.repeat(101)} }`;
    case 1:
      return `{ x${number} ${fields} }`;
    case 2:
      return `{ ${fields}`;
    case 3:
      return `query Q${number}($f${number}: Boolean = true) { ${fields} stores @include(if: $f${number}) { id } }`;
    case 4:
      return `{ ...F${number} } fragment F${number} on Query { ${fields} }`;
    case 5:
      return `{ node(id: "gid://clientele/Store/nowhere-${number}") { id } ${fields} }`;
    default:
      return `query Q${number} { ${fields} }`;
  }
}

describe("a server that is asked 60,000 distinct queries", () => {
  let server: InProcess;

  beforeAll(async () => {
    Error.stackTraceLimit = 0;
    server = await startInProcess();
  });
  afterAll(() => server.stop());

  it("keeps its heap flat", async () => {
    const heap: number[] = [heapInUse()];
    for (let number = 1; number <= distinct; number += 1) {
      const { status, codes } = await server.run({
        query: documentOf(number),
        variables: { [`f${number}`]: number % 2 === 0 },
      });
      expect(status).toBeLessThan(500);
      expect(codes).not.toContain("INTERNAL_SERVER_ERROR");
      if (number % (distinct / 6) === 0) heap.push(heapInUse());
    }
    process.stdout.write(
      `heap in MB, at the start and after each 10,000: ${heap.map((mb) => mb.toFixed(1)).join(", ")}\n`,
    );
    const [, first = 0] = heap;
    // The documents that are kept take their room at once, and no more.
    expect(Math.max(...heap.slice(2)) - first).toBeLessThan(10);
  }, 900_000);
});
