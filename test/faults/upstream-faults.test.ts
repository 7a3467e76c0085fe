import {
  type Bench,
  type BenchOptions,
  type Cell,
  type Fault,
  type Outcome,
  openAfterFault,
  openBench,
  startCells,
  stopCells,
} from "./bench";

jest.setTimeout(60_000);

/** What must show up nowhere but in data. */
const told = "canary-body, ask anna@example.com";
const page = `<html><title>${told}</title></html>`;
const html = { "content-type": "text/html" };
const text = { "content-type": "text/plain" };

type Code =
  | "PLATFORM_UNAVAILABLE"
  | "PLATFORM_CONTRACT"
  | "PLATFORM_THROTTLED"
  | "PLATFORM_DENIED";

/** How a fault is borne, on every platform and for every way to read. */
interface Row {
  readonly id: string;
  readonly title: string;
  readonly faults: readonly Fault[];
  /** What it is called while it lasts. */
  readonly code: Code;
  /** Whether the read is sent again, so that one fault does no harm. */
  readonly isRepeated: boolean;
  /** Whether its connections are not used any more. */
  readonly closes?: boolean;
  /** Whether only the deadline of an attempt ends it. */
  readonly lasts?: boolean;
}

/** So that what never ends is over soon. */
const hasty = { settings: { timeoutMs: 300, retry: { attempts: 2 } } };
/** For the honest answers before it. */
const patient = { settings: { timeoutMs: 700, retry: { attempts: 2 } } };

const unavailable = {
  code: "PLATFORM_UNAVAILABLE",
  isRepeated: true,
} as const;
const broken = { ...unavailable, closes: true } as const;
const breach = { code: "PLATFORM_CONTRACT", isRepeated: false } as const;
const garbled = { code: "PLATFORM_CONTRACT", isRepeated: true } as const;

const rows: readonly Row[] = [
  {
    ...{ id: "X2", title: "a reset before the head", ...broken },
    faults: [{ reset: "before-headers" }],
  },
  {
    ...{ id: "X2", title: "an end without a byte", ...broken },
    faults: [{ close: true }],
  },
  {
    ...{ id: "X2", title: "an SSH banner", ...garbled, closes: true },
    faults: [{ raw: `SSH-2.0-${told}\r\n`, andThen: "close" }],
  },
  {
    ...{ id: "X3", title: "a reset within the body", ...broken },
    faults: [{ reset: "mid-body" }],
  },
  {
    ...{ id: "X3", title: "half a body", ...broken },
    faults: [{ truncate: true }],
  },
  {
    ...{ id: "X3", title: "less than its length", ...broken },
    faults: [{ framing: "content-length-too-large" }],
  },
  {
    ...{ id: "X3", title: "an end within a chunk", ...broken },
    faults: [{ framing: "chunked-cut" }],
  },
  {
    ...{ id: "X3", title: "no last chunk", ...broken },
    faults: [{ framing: "chunked-unfinished" }],
  },
  ...(["truncated", "corrupt", "trailing-garbage", "mislabelled"] as const).map(
    (gzip): Row => ({
      ...{ id: "X5", title: `gzip that is ${gzip}`, ...garbled },
      faults: [{ gzip }],
    }),
  ),
  {
    ...{ id: "X6", title: "no head", ...broken, lasts: true },
    faults: [{ hang: true }],
  },
  {
    ...{ id: "X6", title: "a body that stops", ...broken, lasts: true },
    faults: [{ stall: "mid-body" }],
  },
  {
    ...{ id: "X6", title: "a byte each 100 ms", ...broken, lasts: true },
    faults: [{ drip: { bytes: 1, everyMs: 100 } }],
  },
  {
    ...{ id: "X6", title: "a thousand bytes a second", ...broken, lasts: true },
    faults: [{ bigBody: 50_000 }, { bytesPerSecond: 1_000 }],
  },
  ...[500, 502, 503, 504].map((status): Row => ({
    ...{ id: "X9, X10", title: `HTTP ${status}`, ...unavailable },
    faults: [{ status, headers: text, body: told }],
  })),
  ...[400, 422].map((status): Row => ({
    ...{ id: "X11", title: `HTTP ${status}`, ...breach },
    faults: [{ status, headers: text, body: told }],
  })),
  {
    ...{ id: "X20", title: "a maintenance page", ...unavailable },
    faults: [{ status: 503, headers: html, body: page }],
  },
  {
    ...{ id: "X20", title: "a page with HTTP 200", ...breach },
    faults: [{ status: 200, headers: html, body: page }],
  },
  {
    ...{ id: "X20", title: "an empty HTTP 200", ...breach },
    faults: [{ shape: "empty" }],
  },
  {
    ...{ id: "X20", title: "a wrong quotation mark", ...breach },
    faults: [{ shape: "invalid-json" }],
  },
  {
    ...{ id: "X20", title: "half of the JSON", ...breach },
    faults: [{ shape: "cut-json" }],
  },
  {
    ...{ id: "X20", title: "plain text", ...breach },
    faults: [{ status: 200, headers: text, body: told }],
  },
  {
    ...{ id: "X20", title: "another encoding", ...breach },
    faults: [{ shape: "utf-16" }],
  },
  {
    ...{ id: "X20", title: "an empty HTTP 403", ...breach },
    code: "PLATFORM_DENIED",
    faults: [{ status: 403, body: "" }],
  },
];

describe("what every platform can do wrong", () => {
  let cells: readonly Cell[];
  const open: Bench[] = [];

  beforeAll(async () => {
    cells = await startCells();
  });
  afterAll(() => stopCells(cells));
  afterEach(async () => {
    for (const { server } of cells) server.faults.clear();
    for (const bench of open.splice(0)) {
      expect(await bench.stop()).not.toContain("canary");
    }
  });

  const start = async (options?: BenchOptions) => {
    const bench = await openBench(cells, options);
    open.push(bench);
    return bench;
  };

  it("does no harm when it does none", async () => {
    const bench = await start();
    for (const outcome of await bench.ask()) {
      expectWhole(outcome, outcome.cell.requests);
    }
  });

  it.each(rows)("bears $title ($id)", async (row) => {
    const bench = await start(row.lasts ? patient : {});
    if (row.isRepeated) {
      const once = await bench.ask(() => always(row.faults, { times: 1 }));
      for (const outcome of once) {
        expectWhole(outcome, outcome.cell.requests + 1);
      }
    }
    const lasting = row.lasts ? await start(hasty) : bench;
    for (const outcome of await lasting.ask(() => always(row.faults))) {
      expectNothing(outcome, row.code);
      expectRequests(outcome, row.isRepeated ? (row.lasts ? 2 : 3) : 1);
      if (row.closes) await expectClosed(outcome);
    }
  });

  it.each<[string, BenchOptions, Fault]>([
    ["nobody listens any more", {}, { refuse: true }],
    ["nobody ever listened", { isWarm: false }, { refuse: true }],
    [
      "connecting never ends",
      { settings: { retry: { attempts: 1 } } },
      { blackHole: true },
    ],
  ])("is told when %s (X1)", async (_, options, fault) => {
    if ("blackHole" in fault && process.platform !== "linux") return;
    const bench = await start(options);
    for (const outcome of await bench.ask(() => [fault])) {
      expectNothing(outcome, "PLATFORM_UNAVAILABLE");
      expect(outcome.asked).toEqual([]);
    }
  });

  it("is told when its name is unknown (X1)", async () => {
    const bench = await start({
      settings: {
        baseUrl: "https://upstream.invalid",
        retry: { attempts: 1 },
      },
      isWarm: false,
    });
    for (const outcome of await bench.ask()) {
      expectNothing(outcome, "PLATFORM_UNAVAILABLE");
      expect(outcome.asked).toEqual([]);
    }
  });

  it("never reads beyond the length it was told (X4)", async () => {
    const bench = await start();
    const faults = always([{ framing: "content-length-too-small" }]);
    for (const outcome of await bench.ask(() => faults)) {
      expectNothing(outcome, "PLATFORM_CONTRACT");
      await expectClosed(outcome);
      expectFreshConnections(outcome);
    }
  });

  it("never takes a second answer for another's (X4)", async () => {
    const bench = await start();
    const faults = always([{ framing: "second-response" }]);
    for (const outcome of await bench.ask(() => faults)) {
      expectWhole(outcome, outcome.cell.requests);
      await expectClosed(outcome);
      expectFreshConnections(outcome);
    }
  });

  it("may send its answer byte by byte (X6)", async () => {
    const bench = await start({ settings: { timeoutMs: 10_000 } });
    const faults = always([{ drip: { bytes: 1, everyMs: 0 } }]);
    for (const outcome of await bench.ask(() => faults)) {
      expectWhole(outcome, outcome.cell.requests);
    }
  });

  it("knows no such thing: null, asked once (X11)", async () => {
    const bench = await start();
    const faults = always([{ status: 404, headers: text, body: told }]);
    for (const outcome of await bench.ask(() => faults)) {
      const { cell, answer, asked } = outcome;
      expect([cell.key, answer.data]).toEqual([cell.key, cell.read.nothing]);
      expectRequests(outcome, 1);
      // What has an address of its own is not there; a list always is.
      const isList = asked.every(({ path }) => path.endsWith("/customers"));
      const codes = answer.errors?.map(({ extensions }) => extensions.code);
      expect([cell.key, codes && new Set(codes)]).toEqual([
        cell.key,
        isList ? new Set(["PLATFORM_CONTRACT"]) : undefined,
      ]);
    }
  });

  it.each<[string, (cell: Cell) => Fault]>([
    ["a second", () => ({ status: 429, headers: { "retry-after": "1" } })],
    ["garbage", () => ({ status: 429, headers: { "retry-after": "soon" } })],
    ["nothing", () => ({ status: 429 })],
    ["its own way", ({ server }) => server.readyFaults!.throttled],
    [
      "its own way how much",
      ({ server }) => server.readyFaults!.throttledSilently,
    ],
  ])("is waited for when its 429 tells %s (X12, X13)", async (_, fault) => {
    const bench = await start({ operationTimeoutMs: 5_000 });
    const outcomes = await bench.ask((cell) =>
      always([fault(cell)], { times: 1 }),
    );
    for (const outcome of outcomes) {
      const { cell, answer, asked, ms } = outcome;
      if (!answer.errors) {
        expectWhole(outcome, cell.requests + 1);
        continue;
      }
      // The platform's own wait is longer than the operation may last.
      expect(cell.server.platform).not.toBe("bigcommerce");
      expect(asked.length).toBeLessThanOrEqual(cell.atOnce);
      for (const { extensions } of answer.errors) {
        expect(extensions.code).toBe("PLATFORM_THROTTLED");
        expect(extensions["retryAfterMs"]).toBeGreaterThan(5_000 - ms);
        expect(extensions["retryAfterMs"]).toBeLessThanOrEqual(60_000);
      }
      expectNothingWrong(outcome);
    }
    const served = outcomes.filter(({ answer }) => !answer.errors);
    expect(served.length).toBeGreaterThanOrEqual(4);
  });

  it.each(["999999", "Thu, 01 Jan 2099 00:00:00 GMT"])(
    "is left alone when its 429 tells %s (X12)",
    async (wait) => {
      const bench = await start();
      const faults = always([
        { status: 429, headers: { "retry-after": wait }, body: told },
      ]);
      for (const outcome of await bench.ask(() => faults)) {
        expectNothing(outcome, "PLATFORM_THROTTLED");
        expectRequests(outcome, 1);
        expectWait(outcome);
      }
      // It would answer again: nobody asks it for the rest of a minute.
      for (const outcome of await bench.ask()) {
        expectNothing(outcome, "PLATFORM_THROTTLED");
        expect(outcome.asked).toEqual([]);
        expectWait(outcome);
      }
    },
  );

  it.each<[string, Fault]>([
    ["never answers", { hang: true }],
    ["wants more time", { status: 503, headers: { "retry-after": "30" } }],
  ])("that %s outlasts no deadline (X18)", async (_, fault) => {
    const bench = await start({ operationTimeoutMs: 1_000 });
    for (const outcome of await bench.ask(() => always([fault]))) {
      expectNothing(outcome, "PLATFORM_UNAVAILABLE");
      // An attempt alone may take five seconds: it was given the rest only.
      expect(outcome.ms).toBeLessThan(5_000);
      const { cell, asked } = outcome;
      expect(asked.length).toBeLessThanOrEqual(cell.atOnce);
      expect(asked.length).toBeGreaterThan(0);
    }
  });

  it("refuses a credential in plain text (X20)", async () => {
    const bench = await start();
    const faults = always([{ status: 401, headers: text, body: told }]);
    for (const outcome of await bench.ask(() => faults)) {
      const { cell, answer } = outcome;
      expect([cell.key, answer.data]).toEqual([cell.key, cell.read.nothing]);
      expect(JSON.stringify(answer.errors)).not.toContain("canary");
      for (const { extensions } of answer.errors ?? []) {
        // Ecwid documents no 401; it can mean nothing else.
        expect([cell.key, extensions.code]).toEqual([
          cell.key,
          "PLATFORM_DENIED",
        ]);
      }
      expectRequests(outcome, 1);
    }
  });
});

/** The same for every request to the API, with these limits. */
function always(faults: readonly Fault[], limits: object = {}): Fault[] {
  return faults.map((fault) => ({
    ...fault,
    ...limits,
    when: { kind: "api" },
  }));
}

/** All that was asked for, and nothing wrong. */
function expectWhole({ cell, answer, asked }: Outcome, requests: number) {
  expect([cell.key, answer, asked.length]).toEqual([
    cell.key,
    { status: 200, data: cell.read.whole },
    requests,
  ]);
}

/** No part of what was asked for, and an error of this code for each null. */
function expectNothing({ cell, answer, ms }: Outcome, code: Code) {
  expect([cell.key, answer.status, answer.data]).toEqual([
    cell.key,
    200,
    cell.read.nothing,
  ]);
  expect(answer.errors).toHaveLength(cell.read.name === "entities" ? 50 : 1);
  for (const { extensions } of answer.errors ?? []) {
    expect(extensions["store"]).toBe(cell.key);
    // Where many fail together, the circuit opens on the others.
    if (extensions["circuit"] === undefined) {
      expect([cell.key, extensions.code]).toEqual([cell.key, code]);
    }
  }
  expect(JSON.stringify(answer.errors)).not.toContain("canary");
  // The deadline of the operation, and what a busy machine adds.
  expect(ms).toBeLessThan(15_000);
}

/** Each request of those that were sent together, so many times. */
function expectRequests({ cell, answer, asked }: Outcome, times: number) {
  const { atOnce, key } = cell;
  const code = answer.errors?.[0]?.extensions.code;
  const ends = code === "PLATFORM_THROTTLED" || code === "PLATFORM_DENIED";
  if (ends) {
    // After the first refusal nothing is sent; ten were under way.
    expect([key, asked.length]).toEqual([key, Math.min(atOnce, 10)]);
  } else if (atOnce * (times - 1) <= 10) {
    expect([key, asked.length]).toEqual([key, atOnce * times]);
  } else {
    // The budget has ten repetitions, and the circuit may open.
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.length).toBeLessThanOrEqual(atOnce + 10);
  }
}

/** How long a client is told to wait: a minute at the most. */
function expectWait({ answer }: Outcome) {
  for (const { extensions } of answer.errors ?? []) {
    expect(extensions["retryAfterMs"]).toBeGreaterThan(30_000);
    expect(extensions["retryAfterMs"]).toBeLessThanOrEqual(60_000);
  }
}

/** Rows that came are whole and in their place, the others null with an error. */
function expectNothingWrong({ cell, answer }: Outcome) {
  if (cell.read.name !== "entities") {
    expect(answer.data).toEqual(cell.read.nothing);
    return;
  }
  const whole = (cell.read.whole as { _entities: unknown[] })._entities;
  const { _entities: rows } = answer.data as { _entities: unknown[] };
  expect(rows).toEqual(
    whole.map((row, index) => (rows[index] === null ? null : row)),
  );
  expect(answer.errors?.map(({ path }) => path)).toEqual(
    rows.flatMap((row, index) => (row === null ? [["_entities", index]] : [])),
  );
}

/** Nothing else was sent over a connection whose answer was wrong. */
function expectFreshConnections({ asked }: Outcome) {
  const used = new Set(asked.map(({ socket }) => socket.id));
  expect(used.size).toBe(asked.length);
}

async function expectClosed({ cell }: Outcome) {
  expect([cell.key, await openAfterFault(cell)]).toEqual([cell.key, 0]);
}
