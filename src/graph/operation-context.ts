import type { CancelSignal } from "../domain/cancellation";
import type { Caller } from "./caller";
import { Ledger } from "../http/ledger";
import { createBatch } from "../loaders/batch";
import type {
  Platform,
  PlatformStore,
  Projection,
  RequestCosts,
  StoreSession,
} from "../platforms/platform";

/** A configured store that is open. */
export interface ConnectedStore {
  readonly key: string;
  readonly platform: Platform;
  readonly store: PlatformStore;
}

/** A store as one operation sees it. */
export interface OperationStore {
  readonly key: string;
  readonly platform: Platform;
  /** The reads of this operation; opened when first asked for. */
  readonly session: StoreSession;
  /** What those reads cost at the most; see {@link PlatformStore.costs}. */
  costs(assumed: "most" | "usual"): RequestCosts;
}

export interface OperationContextOptions {
  readonly caller: Caller;
  /** All stores, in the order of the configuration. */
  readonly stores: readonly ConnectedStore[];
  /** Whether the answer says what it cost upstream. Default false. */
  readonly showsUpstream?: boolean;
  /** Fires when the deadline has passed or the client has left. */
  readonly signal: CancelSignal;
  /** When that is at the latest, on the monotonic clock in milliseconds. */
  readonly deadlineAt?: number;
}

/**
 * What the resolvers of one operation share. A store outside the caller's list
 * is not in it: it does not exist for them, at any entry point.
 *
 * It is a plain object over closures, since Apollo Server hands out copies.
 */
export interface OperationContext {
  readonly caller: Caller;
  /** Whether the answer says what it cost upstream. */
  readonly showsUpstream: boolean;
  readonly ledger: Ledger;
  /** In the order of the configuration. */
  readonly stores: readonly OperationStore[];
  /** @returns `undefined` for a store that is not there for this caller. */
  store(key: string): OperationStore | undefined;
  /** The store that a row came from. */
  storeOf(row: { readonly storeKey: string }): OperationStore;
  /** Says what the operation asks for; comes before the first read. */
  plan(projection: Projection): void;
  /** @throws when the operation is not planned yet. */
  projection(): Projection;
}

export function createOperationContext(
  options: OperationContextOptions,
): OperationContext {
  const { caller, signal, deadlineAt } = options;
  const ledger = new Ledger();
  let planned: Projection | undefined;
  const projection = () => {
    if (planned) return planned;
    throw new Error("The operation reads before its projection is known.");
  };
  const stores = options.stores
    .filter(({ key }) => caller.stores?.has(key) ?? true)
    .map(({ key, platform, store }): OperationStore => {
      let session: StoreSession | undefined;
      return {
        key,
        platform,
        costs: (assumed) => store.costs(projection(), assumed),
        get session() {
          return (session ??= store.open({
            signal,
            deadlineAt,
            projection: projection(),
            ledger,
            batch: (question) => createBatch(question, key),
          }));
        },
      };
    });
  const byKey = new Map(stores.map((store) => [store.key, store]));
  return {
    caller,
    showsUpstream: options.showsUpstream ?? false,
    ledger,
    stores,
    store: (key) => byKey.get(key),
    storeOf: ({ storeKey }) => {
      const store = byKey.get(storeKey);
      if (store) return store;
      throw new Error("A row came from a store that is not open.");
    },
    plan: (projected) => {
      planned = projected;
    },
    projection,
  };
}
