import type { ApolloServerPlugin } from "@apollo/server";
import type { OperationContext } from "../graph/operation-context";
import type { StoreAccount } from "../http/ledger";
import { activeSpan, failSpan } from "../telemetry/spans";
import type { Metrics } from "./metrics";
import { signatureOf } from "./operation-signature";

export interface ReportOptions {
  readonly metrics: Metrics;
  /** Writes a line for each operation; none is written when left out. */
  readonly write?: (line: OperationLine) => void;
  /**
   * Whether the line says who asked. A token's subject may be a person: only
   * names that the operator gave belong into a log.
   */
  readonly namesCallers: boolean;
}

/** What is logged of an operation; nothing else is. */
export interface OperationLine {
  readonly operation: {
    /** As the client named it; null when it did not, or nothing could be run. */
    readonly name: string | null;
    readonly type: string | null;
    /** Of the document without its literals; null when it cannot be parsed. */
    readonly hash: string | null;
  };
  readonly caller?: string;
  readonly ms: number;
  /** How many errors the answer has, by `extensions.code`. */
  readonly errors: Readonly<Record<string, number>>;
  readonly upstream: {
    readonly requests: number;
    readonly bytes: number;
    readonly byStore: Readonly<Record<string, StoreAccount>>;
  };
}

/** Counts, traces and logs every operation: what it was, and what it cost. */
export function reportOperations(
  options: ReportOptions,
): ApolloServerPlugin<OperationContext> {
  const { metrics, write } = options;
  return {
    requestDidStart: () => {
      const startedAt = performance.now();
      return Promise.resolve({
        willSendResponse: ({
          response,
          contextValue,
          document,
          operation,
          operationName,
        }) => {
          const ms = performance.now() - startedAt;
          const codes = (
            response.body.kind === "single"
              ? (response.body.singleResult.errors ?? [])
              : []
          ).map(({ extensions }) => String(extensions?.["code"]));
          const { caller, ledger } = contextValue;
          metrics.operationEnded(ms / 1_000, codes, ledger);
          const named = {
            name: operation ? (operationName ?? null) : null,
            type: operation?.operation ?? null,
            hash: document ? signatureOf(document) : null,
          };
          traceOperation(named, codes);
          if (write) {
            const { requests, bytes, byStore } = ledger.summary();
            write({
              operation: named,
              ...(options.namesCallers ? { caller: caller.name } : {}),
              ms: Math.round(ms * 10) / 10,
              errors: tally(codes),
              upstream: { requests, bytes, byStore },
            });
          }
          return Promise.resolve();
        },
      });
    },
  };
}

function traceOperation(
  { name, type, hash }: OperationLine["operation"],
  codes: readonly string[],
): void {
  const span = activeSpan();
  if (!span?.isRecording()) return;
  if (type !== null) span.updateName(type);
  span.setAttributes({
    ...(type === null ? {} : { "graphql.operation.type": type }),
    ...(name === null ? {} : { "graphql.operation.name": name }),
    ...(hash === null ? {} : { "clientele.operation.hash": hash }),
  });
  if (codes[0] !== undefined) failSpan(span, codes[0]);
}

function tally(codes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
