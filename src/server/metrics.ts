import {
  Counter,
  Gauge,
  Histogram,
  Registry,
  collectDefaultMetrics,
} from "prom-client";
import { errorCodes } from "../domain/errors";
import type { Ledger } from "../http/ledger";
import type { CircuitState } from "../http/policies/circuit-breaker";
import type { PlatformStore } from "../platforms/platform";
import type { Overload } from "./overload";
import { type KeyFetchOutcome, keyFetchOutcomes } from "./key-refresh";

/** What the operator sees at `/metrics`. Labels are bounded: no ids, no texts of users. */
export interface Metrics {
  /** An operation ended, with the codes of its errors. */
  operationEnded(seconds: number, codes: readonly string[]): void;
  /** A request was refused before an operation was run, with these codes. */
  requestRefused(status: number, codes: readonly [string, ...string[]]): void;
  /** The issuer of tokens was asked for its keys. */
  keysFetched(outcome: KeyFetchOutcome): void;
  /** An operation got the answer of an equal one that was under way. */
  operationCoalesced(): void;
  /** All that is in these accounts was sent: nothing more is added to them. */
  upstreamSettled(ledger: Ledger): void;
  /** A store's date came in none of the known forms. */
  unreadableDate(store: string): void;
  /** The page in Prometheus' text format. */
  page(): Promise<{ readonly type: string; readonly text: string }>;
}

/** What is shown as it stands when the page is read. */
export interface MetricsSources {
  stores(): readonly {
    readonly key: string;
    readonly store: PlatformStore;
  }[];
  readonly overload: Pick<Overload, "running" | "refused">;
}

/** What is refused before an operation is run: its codes, by their statuses. */
const refusals: Readonly<Record<string, readonly number[]>> = {
  UNAUTHENTICATED: [401],
  BAD_REQUEST: [400, 404, 405, 406, 413, 415],
  INTERNAL_SERVER_ERROR: [500],
  SERVICE_UNAVAILABLE: [503],
};

/** Their numbers are their places. */
const circuitStates: readonly CircuitState[] = ["closed", "half-open", "open"];

export function createMetrics(sources: MetricsSources): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const operations = new Histogram({
    name: "clientele_operation_duration_seconds",
    help: "GraphQL operations, by their duration.",
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const coalesced = new Counter({
    name: "clientele_operations_coalesced_total",
    help: "GraphQL operations that got the answer of an equal one under way.",
    registers,
  });
  const errors = new Counter({
    name: "clientele_errors_total",
    help: "Errors in answers, by extensions.code.",
    labelNames: ["code"],
    registers,
  });
  const refused = new Counter({
    name: "clientele_requests_refused_total",
    help: "Requests that were refused before an operation was run, by extensions.code and HTTP status.",
    labelNames: ["code", "status"],
    registers,
  });
  const keyFetches = new Counter({
    name: "clientele_jwks_fetches_total",
    help: "Times that the issuer of tokens was asked for its keys, by outcome: ok, timeout, unreachable, unusable.",
    labelNames: ["outcome"],
    registers,
  });
  // A counter that begins with its first error hides that error from rates.
  for (const code of new Set([...errorCodes, ...Object.keys(refusals)])) {
    errors.inc({ code }, 0);
  }
  for (const [code, statuses] of Object.entries(refusals)) {
    for (const status of statuses) refused.inc({ code, status }, 0);
  }
  for (const outcome of keyFetchOutcomes) keyFetches.inc({ outcome }, 0);
  const requests = new Counter({
    name: "clientele_upstream_requests_total",
    help: "Requests sent to platforms, by store and HTTP status (none: no answer came).",
    labelNames: ["store", "status"],
    registers,
  });
  const bytes = new Counter({
    name: "clientele_upstream_bytes_total",
    help: "Bytes of answers' bodies from platforms, as they came over the wire.",
    labelNames: ["store"],
    registers,
  });
  const durations = new Histogram({
    name: "clientele_upstream_duration_seconds",
    help: "Requests sent to platforms, by store and duration, from the first byte sent to the last one read.",
    labelNames: ["store"],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const accounts = {
    retried: new Counter({
      name: "clientele_upstream_retries_total",
      help: "Requests that were sent to a platform again.",
      labelNames: ["store"],
      registers,
    }),
    coalesced: new Counter({
      name: "clientele_upstream_coalesced_total",
      help: "Reads that shared the answer of an equal read.",
      labelNames: ["store"],
      registers,
    }),
    cached: new Counter({
      name: "clientele_upstream_cached_total",
      help: "Reads that were answered from the store's cache.",
      labelNames: ["store"],
      registers,
    }),
  };
  const waited = new Counter({
    name: "clientele_upstream_wait_seconds_total",
    help: "Time that requests waited for a free connection or for quota.",
    labelNames: ["store"],
    registers,
  });
  const unreadableDates = new Counter({
    name: "clientele_unreadable_dates_total",
    help: "Dates from platforms that came in none of the known forms.",
    labelNames: ["store"],
    registers,
  });
  /** @param read leaves a store out when it gives `undefined`. */
  const gauge = (
    name: string,
    help: string,
    read: (store: PlatformStore) => number | undefined,
  ) =>
    new Gauge({
      name,
      help,
      labelNames: ["store"],
      registers,
      collect() {
        for (const { key, store } of sources.stores()) {
          const value = read(store);
          if (value !== undefined) this.set({ store: key }, value);
        }
      },
    });
  const quotaGauge = (name: string, help: string, of: "left" | "limit") =>
    new Gauge({
      name,
      help,
      labelNames: ["store", "quota"],
      registers,
      collect() {
        this.reset();
        for (const { key, store } of sources.stores()) {
          for (const quota of store.quota())
            this.set({ store: key, quota: quota.name }, quota[of]);
        }
      },
    });
  quotaGauge(
    "clientele_upstream_quota_left",
    "Requests left in the current window of each of a store's quotas, as its last answer told, or as counted here where none tells.",
    "left",
  );
  quotaGauge(
    "clientele_upstream_quota_limit",
    "Requests in a window of each of a store's quotas.",
    "limit",
  );
  gauge(
    "clientele_upstream_paused_seconds",
    "How much longer nothing is sent to the store after it refused us; 0 without a pause.",
    (store) => store.state().pausedMs / 1_000,
  );
  gauge(
    "clientele_upstream_denied",
    "1 while nothing is sent to the store because it refused our credential.",
    (store) => Number(store.state().isDenied),
  );
  gauge(
    "clientele_upstream_circuit_state",
    "The store's circuit breaker: 0 closed, 1 half-open, 2 open.",
    (store) => circuitStates.indexOf(store.state().circuit),
  );
  gauge(
    "clientele_upstream_running",
    "Requests to the store that are under way.",
    (store) => store.state().running,
  );
  gauge(
    "clientele_upstream_waiting",
    "Requests to the store that wait for their turn.",
    (store) => store.state().waiting,
  );
  new Gauge({
    name: "clientele_operations_running",
    help: "GraphQL operations under way, those among them whose body is still read.",
    registers,
    collect() {
      this.set(sources.overload.running);
    },
  });
  new Counter({
    name: "clientele_operations_refused_total",
    help: "GraphQL operations that were refused because too many were under way.",
    registers,
    collect() {
      this.reset();
      this.inc(sources.overload.refused);
    },
  });
  const countUpstream = (ledger: Ledger) => {
    for (const { store, status, bytes: size, ms } of ledger.attempts) {
      requests.inc({ store, status: status ?? "none" });
      bytes.inc({ store }, size);
      durations.observe({ store }, ms / 1_000);
    }
    for (const [store, account] of ledger.accounts) {
      accounts.retried.inc({ store }, account.retried);
      accounts.coalesced.inc({ store }, account.coalesced);
      accounts.cached.inc({ store }, account.cached);
      waited.inc({ store }, account.waitedMs / 1_000);
    }
  };
  return {
    operationEnded: (seconds, codes) => {
      operations.observe(seconds);
      for (const code of codes) errors.inc({ code });
    },
    requestRefused: (status, codes) => {
      for (const code of codes) errors.inc({ code });
      refused.inc({ code: codes[0], status });
    },
    keysFetched: (outcome) => {
      keyFetches.inc({ outcome });
    },
    upstreamSettled: countUpstream,
    operationCoalesced: () => {
      coalesced.inc();
    },
    unreadableDate: (store) => {
      unreadableDates.inc({ store });
    },
    page: async () => ({
      type: registry.contentType,
      text: await registry.metrics(),
    }),
  };
}
