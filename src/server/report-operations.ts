import type { ApolloServerPlugin } from "@apollo/server";
import type { DocumentNode, OperationDefinitionNode } from "graphql";
import type { Caller } from "../graph/caller";
import type { OperationContext } from "../graph/operation-context";
import { Ledger, type StoreAccount } from "../http/ledger";
import { activeSpan, failSpan } from "../telemetry/spans";
import type { Metrics } from "./metrics";
import { signatureOf } from "./operation-signature";
import { RefusalLines } from "./refusal-lines";

export interface ReportOptions {
  readonly metrics: Metrics;
  /** Writes a line for each operation; none is written when left out. */
  readonly write?: (line: OperationLine) => void;
  /**
   * Writes how many operations were refused beyond those that have a line, by
   * the codes of their errors.
   */
  readonly summarize?: (errors: Readonly<Record<string, number>>) => void;
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
  /** The HTTP status of one that was refused before it was looked at. */
  readonly refused?: number;
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

/** A request that became no operation. */
export interface RefusedOperation {
  readonly status: number;
  /** The `extensions.code` of each error. */
  readonly codes: readonly [string, ...string[]];
  /** From its arrival to its answer. */
  readonly ms: number;
  /** Whether it asked for an operation at all, and so has a line in the log. */
  readonly isOperation: boolean;
  /** Absent when nobody knows. */
  readonly caller?: Caller | undefined;
}

/** Counts, traces and logs operations: what they were, and what they cost. */
export interface Report {
  /** @param ms from its arrival to its answer. */
  ended(ended: EndedOperation, ms: number, context: OperationContext): void;
  /** Of an operation that got the answer of another one under way. */
  coalesced(ended: EndedOperation, ms: number, caller: Caller): void;
  refused(refused: RefusedOperation): void;
  /** Nothing is sent for an operation any more: its accounts are counted. */
  settled(ledger: Ledger): void;
  /** Writes what is not written yet. */
  close(): void;
}

export function createReport(options: ReportOptions): Report {
  const { metrics, write, namesCallers } = options;
  const toLine = (
    { identity, codes }: EndedOperation,
    ms: number,
    caller: Caller | undefined,
    ledger: Ledger,
  ): OperationLine => {
    const { requests, bytes, byStore } = ledger.summary();
    return {
      operation: identity,
      ...(namesCallers && caller ? { caller: caller.name } : {}),
      ms: Math.round(ms * 10) / 10,
      errors: tally(codes),
      upstream: { requests, bytes, byStore },
    };
  };
  const refusals = write
    ? new RefusalLines({
        write,
        summarize: options.summarize ?? (() => undefined),
      })
    : undefined;
  return {
    ended: (ended, ms, { caller, ledger }) => {
      metrics.operationEnded(ms / 1_000, ended.codes);
      write?.(toLine(ended, ms, caller, ledger));
      traceOperation(ended, false);
    },
    coalesced: (ended, ms, caller) => {
      metrics.operationCoalesced();
      metrics.operationEnded(ms / 1_000, ended.codes);
      write?.({ ...toLine(ended, ms, caller, new Ledger()), coalesced: true });
      traceOperation(ended, true);
    },
    refused: ({ status, codes, ms, isOperation, caller }) => {
      metrics.requestRefused(status, codes);
      if (!isOperation || !refusals) return;
      const ended = { identity: unknownOperation, codes };
      refusals.write({
        ...toLine(ended, ms, caller, new Ledger()),
        refused: status,
      });
    },
    settled: (ledger) => {
      metrics.upstreamSettled(ledger);
    },
    close: () => refusals?.close(),
  };
}

const unknownOperation: OperationIdentity = {
  name: null,
  type: null,
  hash: null,
};

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

function traceOperation(
  { identity, codes }: EndedOperation,
  isCoalesced: boolean,
): void {
  const span = activeSpan();
  if (!span?.isRecording()) return;
  const { name, type, hash } = identity;
  if (type !== null) span.updateName(type);
  span.setAttributes({
    ...(type === null ? {} : { "graphql.operation.type": type }),
    ...(name === null ? {} : { "graphql.operation.name": name }),
    ...(hash === null ? {} : { "clientele.operation.hash": hash }),
    ...(isCoalesced ? { "clientele.operation.coalesced": true } : {}),
  });
  if (codes[0] !== undefined) failSpan(span, codes[0]);
}

function tally(codes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
