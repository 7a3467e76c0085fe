import { setTimeout as wait } from "node:timers/promises";
import type { Fault } from "../../src/sandbox/faults/fault";
import type { SandboxProcess } from "../lib/sandbox";

/** How long a store is spoilt at a time, and left alone afterwards. */
const spoiltMs = 150;
const calmMs = 150;

const forMs = spoiltMs;
const api = { kind: "api" } as const;

/** What comes over the stores, one after the other. */
const faults: readonly (readonly [name: string, fault: Fault])[] = [
  ["500", { status: 500, forMs }],
  ["503 for half", { status: 503, probability: 0.5, forMs }],
  ["connections reset", { reset: "before-headers", forMs }],
  ["bodies cut by a reset", { reset: "mid-body", probability: 0.5, forMs }],
  ["no answer", { hang: true, when: api, forMs }],
  ["bodies that stop", { stall: "mid-body", forMs }],
  [
    "429",
    {
      status: 429,
      headers: { "retry-after": "0" },
      when: api,
      times: 3,
      forMs,
    },
  ],
  ["the port closed", { refuse: true, forMs }],
  ["broken JSON", { shape: "invalid-json", forMs }],
  ["slow answers", { delayMs: 20, jitterMs: 150, forMs }],
  ["connections ended", { close: true, probability: 0.5, forMs }],
  ["broken gzip", { gzip: "truncated", forMs }],
  ["rows in another order", { rows: "shuffled", when: api, forMs }],
  ["rows of others", { rows: "foreign-id", when: api, forMs }],
  ["refused names", { status: 400, when: api, times: 5, forMs }],
];

/** Their names, as they come. */
export const faultNames: readonly string[] = faults.map(([name]) => name);

/** Faults that come and go until they are told to stop. */
export interface Weather {
  /** How many have come so far. */
  readonly spells: number;
  /** Resolves when the last one is over. */
  stop(): Promise<void>;
}

/**
 * Spoils one store after the other. A later call goes on where an earlier one
 * would have, when it is told how many have come.
 *
 * @param from how many have come already.
 */
export function startWeather(sandbox: SandboxProcess, from: number): Weather {
  const stopping = new AbortController();
  let spells = from;
  const blow = async () => {
    while (!stopping.signal.aborted) {
      const store = sandbox.spoilable[spells % sandbox.spoilable.length] ?? "";
      // Every store meets every fault: their numbers have no divisor in common.
      const [, fault] = faults[spells % faults.length] ?? [];
      if (fault && mayMeet(store, fault)) {
        sandbox.spoil(store, fault);
        await wait(spoiltMs);
      }
      spells += 1;
      await wait(calmMs, undefined, { signal: stopping.signal }).catch(
        () => undefined,
      );
    }
  };
  const over = blow();
  return {
    get spells() {
      return spells;
    },
    stop: async () => {
      stopping.abort();
      await over;
    },
  };
}

/** Once refused for its rate, an Ecwid account has 600 requests a minute. */
function mayMeet(store: string, fault: Fault): boolean {
  return !(store === "ecwid" && "status" in fault && fault.status === 429);
}
