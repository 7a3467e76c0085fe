import type { ReadyFaults } from "../room";
import type { Fault } from "./fault";

/** A named outage: what is wrong, in words and as faults. */
export interface FaultPreset {
  /** One line for people. */
  readonly summary: string;
  /** All of them together make the outage. */
  readonly faults: readonly Fault[];
}

const readyByDefault: ReadyFaults = {
  throttled: { status: 429, headers: { "retry-after": "1" } },
  throttledSilently: { status: 429 },
};

/**
 * The named outages of a room: those that every room has, and its own ready
 * answers under their own names, which come first where a name is both.
 */
export function presetsOf(
  ready: ReadyFaults = readyByDefault,
): ReadonlyMap<string, FaultPreset> {
  const { throttled, throttledSilently, ...others } = ready;
  const shared: Readonly<Record<string, FaultPreset>> = {
    ...presets,
    throttled: {
      summary: "too many requests, as the platform says it",
      faults: [throttled],
    },
    "throttled-silently": {
      summary: "too many requests, without a word on how long to wait",
      faults: [throttledSilently],
    },
  };
  const own = Object.entries(others).map(([name, fault]) => ({
    name,
    summary: `the platform's own answer ${fault.status}`,
    faults: [fault],
  }));
  return new Map([
    ...Object.entries(shared),
    ...own.map(({ name, ...preset }) => [name, preset] as const),
  ]);
}

const presets: Readonly<Record<string, FaultPreset>> = {
  outage: {
    summary: "the port is closed: connections are refused",
    faults: [{ refuse: true }],
  },
  "black-hole": {
    summary: "connecting never ends (Linux)",
    faults: [{ blackHole: true }],
  },
  unavailable: {
    summary: "503 for everything",
    faults: [{ status: 503 }],
  },
  maintenance: {
    summary: "503 with a page for people and Retry-After",
    faults: [
      {
        status: 503,
        headers: {
          "content-type": "text/html; charset=utf-8",
          "retry-after": "30",
        },
        body: "<!DOCTYPE html><html><body><h1>We will be back soon</h1></body></html>",
      },
    ],
  },
  failing: {
    summary: "500 without a body for everything",
    faults: [{ status: 500 }],
  },
  slow: {
    summary: "each answer takes 2 to 3 seconds",
    faults: [{ delayMs: 2_000, jitterMs: 1_000 }],
  },
  jittery: {
    summary: "one answer of ten takes 10 to 20 seconds",
    faults: [{ delayMs: 10_000, jitterMs: 10_000, probability: 0.1 }],
  },
  flaky: {
    summary:
      "of ten requests one is reset, one gets 503 and one 500; --probability is that of each",
    faults: [
      { reset: "before-headers", probability: 0.1, seed: 1 },
      // Each is rolled for what the one before it let pass.
      { status: 503, probability: 1 / 9, seed: 2 },
      { status: 500, probability: 1 / 8, seed: 3 },
    ],
  },
  hanging: {
    summary: "takes requests and never answers",
    faults: [{ hang: true }],
  },
  stalling: {
    summary: "stops after half of each body and stays connected",
    faults: [{ stall: "mid-body" }],
  },
  dripping: {
    summary: "sends a byte each 100 ms",
    faults: [{ drip: { bytes: 1, everyMs: 100 } }],
  },
  narrow: {
    summary: "sends 1,000 bytes a second",
    faults: [{ bytesPerSecond: 1_000 }],
  },
  closing: {
    summary: "closes connections without a byte",
    faults: [{ close: true }],
  },
  resetting: {
    summary: "resets connections after half of each body",
    faults: [{ reset: "mid-body" }],
  },
  truncated: {
    summary: "ends connections after half of each body",
    faults: [{ truncate: true }],
  },
  "other-protocol": {
    summary: "greets as an SSH server",
    faults: [{ raw: "SSH-2.0-OpenSSH_9.9\r\n" }],
  },
  garbage: {
    summary: "200 with broken JSON",
    faults: [{ shape: "invalid-json" }],
  },
  "login-page": {
    summary: "200 with a page for people",
    faults: [{ shape: "html" }],
  },
  empty: {
    summary: "200 without a body",
    faults: [{ shape: "empty" }],
  },
  bomb: {
    summary: "about 200 kB of gzip that are 200 MB of JSON",
    faults: [{ gzipBomb: { decodedBytes: 200_000_000 } }],
  },
  flood: {
    summary: "a body that never ends",
    faults: [{ endlessBody: true }],
  },
  redirecting: {
    summary: "302 to another port, where nobody listens",
    faults: [
      {
        redirect: { status: 302, location: "http://127.0.0.1:1{path}{query}" },
      },
    ],
  },
  leaking: {
    summary: "500 that repeats the request's credential and a mail address",
    faults: [{ echo: { status: 500 } }],
  },
  shuffled: {
    summary: "rows come in another order",
    faults: [{ rows: "shuffled" }],
  },
  duplicated: {
    summary: "the first row of each list comes twice",
    faults: [{ rows: "duplicated" }],
  },
  missing: {
    summary: "the first row of each list is left out",
    faults: [{ rows: "missing" }],
  },
  foreign: {
    summary: "the first row of each answer has an id that nobody asked for",
    faults: [{ rows: "foreign-id" }],
  },
  looping: {
    summary: "every page of a list is the first, and says that it comes next",
    faults: [{ paging: "stuck" }],
  },
};
