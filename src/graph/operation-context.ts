import type { Caller } from "./caller";
import { Ledger } from "../http/ledger";
import { createBatch } from "../loaders/batch";
import type {
  Platform,
  PlatformStore,
  Projection,
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
}

export interface OperationContextOptions {
  readonly caller: Caller;
  /** All stores, in the order of the configuration. */
  readonly stores: readonly ConnectedStore[];
  /** Whether the answer says what it cost upstream. Default false. */
  readonly showsUpstream?: boolean;
  /** Fires when the deadline has passed or the client has left. */
  readonly signal: AbortSignal;
}

/**
 * What the resolvers of one operation share. A store outside the caller's list
 * is not in it: it does not exist for them, at any entry point.
 */
export class OperationContext {
  readonly caller: Caller;
  readonly showsUpstream: boolean;
  readonly ledger = new Ledger();
  readonly #stores: ReadonlyMap<string, OperationStore>;
  #projection: Projection | undefined;

  constructor(options: OperationContextOptions) {
    const { caller } = options;
    this.caller = caller;
    this.showsUpstream = options.showsUpstream ?? false;
    this.#stores = new Map(
      options.stores
        .filter(({ key }) => caller.stores?.has(key) ?? true)
        .map((connected) => [
          connected.key,
          this.#open(connected, options.signal),
        ]),
    );
  }

  /** Says what the operation asks for; comes before the first read. */
  plan(projection: Projection): void {
    this.#projection = projection;
  }

  get projection(): Projection {
    if (!this.#projection) {
      throw new Error("The operation reads before its projection is known.");
    }
    return this.#projection;
  }

  /** In the order of the configuration. */
  get stores(): readonly OperationStore[] {
    return [...this.#stores.values()];
  }

  /** @returns `undefined` for a store that is not there for this caller. */
  store(key: string): OperationStore | undefined {
    return this.#stores.get(key);
  }

  /** The store that a row came from. */
  storeOf(row: { readonly storeKey: string }): OperationStore {
    const store = this.#stores.get(row.storeKey);
    if (!store) throw new Error("A row came from a store that is not open.");
    return store;
  }

  #open(connected: ConnectedStore, signal: AbortSignal): OperationStore {
    const { key, platform, store } = connected;
    const open = () =>
      store.open({
        signal,
        projection: this.projection,
        ledger: this.ledger,
        batch: createBatch,
      });
    let session: StoreSession | undefined;
    return {
      key,
      platform,
      get session() {
        return (session ??= open());
      },
    };
  }
}
