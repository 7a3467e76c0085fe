import type { ApolloServerPlugin } from "@apollo/server";
import type { DocumentNode, OperationDefinitionNode } from "graphql";
import type { Caller } from "../graph/caller";
import type { OperationContext } from "../graph/operation-context";
import { Ledger, type StoreAccount } from "../http/ledger";
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

/** What is told of an operation; nothing else is. */
export interface OperationIdentity {
  /** As the client named it; null when it did not, or nothing could be run. */
  readonly name: string | null;
  readonly type: string | null;
  /** Of the document without its literals; null when it cannot be parsed. */
  readonly hash: string | null;
}

/** What is logged of an operation; nothing else is. */
export interface OperationLine {
  readonly operation: OperationIdentity;
  readonly caller?: string;
  readonly ms: number;
  /** How many errors the answer has, by `extensions.code`. */
  readonly errors: Readonly<Record<string, number>>;
  /** Whether it got the answer of an equal operation that was under way. */
  readonly coalesced?: true;
  readonly upstream: {
    readonly requests: number;
    readonly bytes: number;
    readonly byStore: Readonly<Record<string, StoreAccount>>;
  };
}

/** How an operation ended. */
export interface EndedOperation {
  readonly identity: OperationIdentity;
  /** The `extensions.code` of each error. */
  readonly codes: readonly string[];
}

/** Counts, traces and logs operations: what they were, and what they cost. */
export interface Report {
  /** @param ms from its arrival to its answer. */
  ended(ended: EndedOperation, ms: number, context: OperationContext): void;
  /** Of an operation that got the answer of another one under way. */
  coalesced(ended: EndedOperation, ms: number, caller: Caller): void;
}

export function createReport(options: ReportOptions): Report {
  const { metrics, write, namesCallers } = options;
  const report = (
    { identity, codes }: EndedOperation,
    ms: number,
    caller: Caller,
    ledger: Ledger,
    isCoalesced: boolean,
  ) => {
    metrics.operationEnded(ms / 1_000, codes, ledger);
    if (!write) return;
    const { requests, bytes, byStore } = ledger.summary();
    write({
      operation: identity,
      ...(namesCallers ? { caller: caller.name } : {}),
      ms: Math.round(ms * 10) / 10,
      errors: tally(codes),
      ...(isCoalesced ? { coalesced: true } : {}),
      upstream: { requests, bytes, byStore },
    });
  };
  return {
    ended: (ended, ms, { caller, ledger }) => {
      report(ended, ms, caller, ledger, false);
      traceOperation(ended);
    },
    coalesced: (ended, ms, caller) => {
      metrics.operationCoalesced();
      report(ended, ms, caller, new Ledger(), true);
    },
  };
}

/** What is told of an operation that was run, or could not be. */
export function identityOf(
  document: DocumentNode | undefined,
  operation: OperationDefinitionNode | undefined,
): OperationIdentity {
  return {
    name: operation?.name?.value ?? null,
    type: operation?.operation ?? null,
    hash: document ? signatureOf(document) : null,
  };
}

/** Reports what Apollo Server answers; `noteEnd` hears of it too. */
export function reportOperations(
  report: Report,
  noteEnd: (context: OperationContext, ended: EndedOperation) => void,
): ApolloServerPlugin<OperationContext> {
  return {
    requestDidStart: () => {
      const startedAt = performance.now();
      return Promise.resolve({
        willSendResponse: ({ response, contextValue, document, operation }) => {
          const errors =
            response.body.kind === "single"
              ? response.body.singleResult.errors
              : undefined;
          const ended = {
            identity: identityOf(document, operation),
            codes: codesOf(errors),
          };
          report.ended(ended, performance.now() - startedAt, contextValue);
          noteEnd(contextValue, ended);
          return Promise.resolve();
        },
      });
    },
  };
}

/** The `extensions.code` of each error of an answer. */
export function codesOf(
  errors:
    | readonly { readonly extensions?: Readonly<Record<string, unknown>> }[]
    | undefined,
): string[] {
  return (errors ?? []).map(({ extensions }) => String(extensions?.["code"]));
}

function traceOperation({ identity, codes }: EndedOperation): void {
  const span = activeSpan();
  if (!span?.isRecording()) return;
  const { name, type, hash } = identity;
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
