import { connect } from "node:net";
import { gunzipSync } from "node:zlib";
import { presetsOf } from "../../../src/sandbox/faults/presets";
import type { SandboxServer } from "../../../src/sandbox/room";
import { type ControlOf, startControlOf } from "../control-of";
import { type WireAnswer, type WireQuestion, askWire } from "../wire";
import { roomsUnderTest } from "./rooms";

const under = roomsUnderTest[0]!;

/** What a bare socket sees of each preset. */
const effects: Readonly<Record<string, (seen: Seen) => void | Promise<void>>> =
  {
    outage: async ({ connecting }) =>
      expect(await connecting()).toBe("ECONNREFUSED"),
    "black-hole": async ({ connecting }) =>
      expect(await connecting()).toBe(
        process.platform === "linux" ? "nothing" : expect.any(String),
      ),
    unavailable: async ({ ask }) => expect((await ask()).status).toBe(503),
    maintenance: async ({ ask }) => {
      const answer = await ask();
      expect(answer.status).toBe(503);
      expect(answer.header("retry-after")).toEqual(["30"]);
      expect(answer.header("content-type")[0]).toMatch(/^text\/html/);
    },
    failing: async ({ ask }) => {
      const answer = await ask();
      expect([answer.status, answer.body.length]).toEqual([500, 0]);
    },
    slow: async ({ ask }) => {
      const answer = await ask();
      expect(answer.status).toBe(200);
      expect(answer.elapsedMs).toBeGreaterThanOrEqual(1_990);
    },
    jittery: async ({ ask }) => {
      const answers = await many(40, () => ask({ patienceMs: 5_000 }));
      const late = answers.filter(({ bytes }) => bytes.length === 0);
      expect(late.length).toBeGreaterThan(0);
      expect(late.length).toBeLessThan(15);
    },
    flaky: async ({ ask }) => {
      const answers = await many(200, () => ask());
      const kinds = answers.map(({ code, status }) => code ?? status);
      const count = (kind: unknown) =>
        kinds.filter((one) => one === kind).length;
      expect([...new Set(kinds)].sort()).toEqual([200, 500, 503, "ECONNRESET"]);
      for (const kind of [500, 503, "ECONNRESET"]) {
        expect(count(kind)).toBeGreaterThan(5);
        expect(count(kind)).toBeLessThan(45);
      }
    },
    hanging: async ({ ask }) => {
      const answer = await ask({ patienceMs: 500 });
      expect([answer.bytes.length, answer.isEnded]).toEqual([0, false]);
    },
    stalling: async ({ ask }) => {
      const answer = await ask({ patienceMs: 500 });
      const promised = Number(answer.header("content-length")[0]);
      expect(answer.body).toHaveLength(Math.floor(promised / 2));
      expect(answer.isEnded).toBe(false);
    },
    dripping: async ({ ask }) => {
      const answer = await ask({ patienceMs: 1_500 });
      expect(answer.body.length).toBeGreaterThan(0);
      expect(answer.body.length).toBeLessThanOrEqual(16);
    },
    narrow: async ({ ask }) => {
      const answer = await ask({ patienceMs: 1_500 });
      expect(answer.body.length).toBeGreaterThan(0);
      expect(answer.body.length).toBeLessThanOrEqual(1_600);
      expect(answer.isEnded).toBe(false);
    },
    closing: async ({ ask }) => {
      const answer = await ask();
      expect([answer.bytes.length, answer.code]).toEqual([0, undefined]);
      expect(answer.isEnded).toBe(true);
    },
    resetting: async ({ ask }) => {
      const answer = await ask();
      const promised = Number(answer.header("content-length")[0]);
      expect(answer.code).toBe("ECONNRESET");
      expect(answer.body.length).toBeLessThan(promised);
    },
    truncated: async ({ ask }) => {
      const answer = await ask();
      const promised = Number(answer.header("content-length")[0]);
      expect(answer.code).toBeUndefined();
      expect(answer.body).toHaveLength(Math.floor(promised / 2));
    },
    "other-protocol": async ({ ask }) =>
      expect((await ask()).bytes.toString()).toMatch(/^SSH-2\.0-.+\r\n$/),
    garbage: async ({ ask }) => {
      const answer = await ask();
      expect(answer.status).toBe(200);
      expect(() => JSON.parse(answer.body.toString())).toThrow(SyntaxError);
    },
    "login-page": async ({ ask }) => {
      const answer = await ask();
      expect(answer.status).toBe(200);
      expect(answer.header("content-type")[0]).toMatch(/^text\/html/);
    },
    empty: async ({ ask }) => {
      const answer = await ask();
      expect([answer.status, answer.body.length]).toEqual([200, 0]);
    },
    bomb: async ({ ask }) => {
      const answer = await ask();
      expect(answer.body.length).toBeLessThan(250_000);
      expect(() =>
        gunzipSync(answer.body, { maxOutputLength: 100_000_000 }),
      ).toThrow("Cannot create a Buffer larger than 100000000 bytes");
    },
    flood: async ({ ask }) => {
      const answer = await ask({ enoughBytes: 5_000_000 });
      expect(answer.header("transfer-encoding")).toEqual(["chunked"]);
      expect(answer.isEnded).toBe(false);
    },
    redirecting: async ({ ask }) => {
      const answer = await ask();
      expect(answer.status).toBe(302);
      expect(answer.header("location")[0]).toMatch(
        /^http:\/\/127\.0\.0\.1:1\/api\/customers\?/,
      );
    },
    leaking: async ({ ask }) => {
      const answer = await ask();
      expect(answer.status).toBe(500);
      expect(answer.body.toString()).toContain(under.headers["authorization"]);
      expect(answer.body.toString()).toContain("@example.com");
    },
    throttled: async ({ ask }) => {
      const answer = await ask();
      expect(answer.status).toBe(429);
      expect(answer.header("x-ratelimit-remaining")).toEqual(["0"]);
    },
    "throttled-silently": async ({ ask }) => {
      const answer = await ask();
      expect(answer.status).toBe(429);
      expect(answer.head.filter((line) => /limit|retry/i.test(line))).toEqual(
        [],
      );
    },
    shuffled: async ({ ids, honest }) => {
      const found = await ids();
      expect(found).not.toEqual(honest);
      expect([...found].sort()).toEqual([...honest].sort());
    },
    duplicated: async ({ ids, honest }) =>
      expect(await ids()).toEqual([...honest, honest[0]]),
    missing: async ({ ids, honest }) =>
      expect(await ids()).toEqual(honest.slice(1)),
    foreign: async ({ ids, honest }) => {
      const found = await ids();
      expect(honest).not.toContain(found[0]);
      expect(found.slice(1)).toEqual(honest.slice(1));
    },
    looping: async ({ ids, honest }) => {
      expect(await ids(1)).toEqual(honest);
      expect(await ids(7)).toEqual(honest);
    },
  };

interface Seen {
  readonly ask: (question?: WireQuestion) => Promise<WireAnswer>;
  readonly ids: (page?: number) => Promise<readonly unknown[]>;
  readonly honest: readonly unknown[];
  /** How connecting ends: an error's code, `open`, or `nothing`. */
  readonly connecting: () => Promise<string>;
}

describe("the presets of faults", () => {
  let room: SandboxServer;
  let control: ControlOf;
  let seen: Seen;
  beforeAll(async () => {
    room = await under.start();
    control = await startControlOf(room);
    const ask: Seen["ask"] = (question) =>
      askWire(room.origin, {
        path: under.list(0, 10),
        headers: under.headers,
        ...question,
      });
    const ids: Seen["ids"] = async (page = 0) => {
      const { body } = await ask({ path: under.list(page, 10) });
      const { data } = JSON.parse(body.toString()) as {
        data: { id: string }[];
      };
      return data.map(({ id }) => id);
    };
    seen = {
      ask,
      ids,
      honest: await ids(),
      connecting: () => connecting(room.origin),
    };
  });
  afterEach(() => control.ask("DELETE", "/faults"));
  afterAll(async () => {
    await control.close();
    await room.close();
  });

  it("are each observed below", () => {
    expect(Object.keys(effects).sort()).toEqual([...presetsOf().keys()].sort());
  });

  it.each(Object.keys(effects))(
    "have the effect of %s",
    async (preset) => {
      const added = await control.ask("POST", "/faults", { preset });
      expect(added.status).toBe(201);
      await effects[preset]?.(seen);
      await control.ask("DELETE", "/faults");
      expect((await seen.ask()).status).toBe(200);
    },
    30_000,
  );

  it("take limits beside their name", async () => {
    await control.ask("POST", "/faults", {
      preset: "unavailable",
      times: 1,
      after: 1,
      when: { pathPattern: "customers" },
    });
    const answers = [await seen.ask(), await seen.ask(), await seen.ask()];
    expect(answers.map(({ status }) => status)).toEqual([200, 503, 200]);
  });

  it("name the room's own answers as well", async () => {
    const { body } = await control.ask("GET", "/presets");
    const names = (body as { name: string }[]).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(["outage", "throttled", "tokenRefused"]),
    );
    expect(names).not.toContain("throttledSilently");
    await control.ask("POST", "/faults", { preset: "tokenRefused" });
    const answer = await seen.ask();
    expect(answer.status).toBe(401);
    expect(answer.body.toString()).toContain("INVALID_TOKEN");
  });

  it("are the room's own where both have one", () => {
    const own = { status: 503, body: "Closed" };
    const room = { throttled: own, throttledSilently: own, maintenance: own };
    expect(presetsOf(room).get("maintenance")?.faults).toEqual([own]);
    expect(presetsOf(room).get("throttled")?.faults).toEqual([own]);
    expect(presetsOf().get("maintenance")?.faults).not.toEqual([own]);
  });

  it("say what they would take instead", async () => {
    const unknown = await control.ask("POST", "/faults", { preset: "fire" });
    expect(unknown.status).toBe(400);
    expect(unknown.body.error).toMatch(
      /^there is no preset fire: one of outage, /,
    );
    const wrong = await control.ask("POST", "/faults", {
      preset: "outage",
      times: 1,
    });
    expect(wrong.body.error).toBe("has no times; known: refuse, forMs");
    expect(room.faults.list()).toEqual([]);
  });
});

async function many<T>(count: number, ask: () => Promise<T>): Promise<T[]> {
  const answers: Promise<T>[] = [];
  for (let n = 0; n < count; n++) {
    answers.push(ask());
    // A queue of connections that is too long would be refused.
    if (n % 20 === 19) await Promise.all(answers);
  }
  return Promise.all(answers);
}

function connecting(origin: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(origin).port), "127.0.0.1");
    const end = (outcome: string) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(outcome);
    };
    const timer = setTimeout(() => end("nothing"), 500);
    socket.on("connect", () => end("open"));
    socket.on("error", (error: NodeJS.ErrnoException) => end(error.code ?? ""));
  });
}
