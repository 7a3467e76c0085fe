import {
  Counter,
  Gauge,
  Histogram,
  Registry,
  collectDefaultMetrics,
} from "prom-client";
import type { Ledger } from "../http/ledger";
import type { PlatformStore } from "../platforms/platform";

/** What the operator sees at `/metrics`. Labels are bounded: no ids, no texts of users. */
export interface Metrics {
  /** An operation ended, with the codes of its errors. */
  operationEnded(
    seconds: number,
    codes: readonly string[],
    ledger: Ledger,
  ): void;
  /** A store's date came in none of the known forms. */
  unreadableDate(store: string): void;
  /** The page in Prometheus' text format. */
  page(): Promise<{ readonly type: string; readonly text: string }>;
}

/** @param stores whose quotas are shown as they stand when the page is read. */
export function createMetrics(
  stores: () => readonly {
    readonly key: string;
    readonly store: PlatformStore;
  }[],
): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const operations = new Histogram({
    name: "clientele_operation_duration_seconds",
    help: "GraphQL operations, by their duration.",
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const errors = new Counter({
    name: "clientele_errors_total",
    help: "Errors in answers, by extensions.code.",
    labelNames: ["code"],
    registers,
  });
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
  const unreadableDates = new Counter({
    name: "clientele_unreadable_dates_total",
    help: "Dates from platforms that came in none of the known forms.",
    labelNames: ["store"],
    registers,
  });
  new Gauge({
    name: "clientele_upstream_quota_left",
    help: "Requests left in the current window, as the store's last answer told.",
    labelNames: ["store"],
    registers,
    collect() {
      for (const { key, store } of stores()) {
        const quota = store.quota();
        if (quota) this.set({ store: key }, quota.left);
      }
    },
  });
  return {
    operationEnded: (seconds, codes, ledger) => {
      operations.observe(seconds);
      for (const code of codes) errors.inc({ code });
      for (const { store, status, bytes: size } of ledger.attempts) {
        requests.inc({ store, status: status ?? "none" });
        bytes.inc({ store }, size);
      }
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
