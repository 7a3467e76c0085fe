import type { CancelSignal } from "../domain/cancellation";
import type { ZodType } from "zod";
import type { Window } from "../domain/page-plan";
import type { Ledger } from "../http/ledger";
import type { UpstreamQuota } from "../http/quota/account-quota";
import type { UpstreamState } from "../http/upstream-client";
import type { UpstreamLimits } from "../http/upstream-limits";
import type { SandboxRoom } from "../sandbox/room";
import type { SharedState } from "./shared-state";

/**
 * The contract between Clientele and a platform. It is all that the rest of
 * the server knows of one: a platform is a room that implements this, one line
 * in `registry.ts`, and the promises in `test/platforms/promises.ts` that it
 * passes.
 *
 * Three lifetimes meet here. A {@link Platform} is a constant. A
 * {@link PlatformStore} lives as long as the process: it owns connections,
 * credentials and quotas. A {@link StoreSession} lives for one GraphQL
 * operation: it owns what was read, so that an entity is read once.
 */
export interface Platform<Settings = unknown> {
  /** The word in the configuration: `acme-shop`. */
  readonly name: string;
  /** The value of the GraphQL enum `Platform`: `ACME_SHOP`. */
  readonly enumValue: string;
  /** How the platform writes its own name: `Acme Shop`. */
  readonly title: string;
  /**
   * What a store's entry in the configuration holds beside `key`, `platform`
   * and the limits. Defaults are filled in by it; its messages are shown to
   * the operator, so they say what is expected and never repeat a value.
   */
  readonly settings: ZodType<Settings>;
  /** What a store may ask of this platform unless the configuration says else. */
  readonly limits: UpstreamLimits;
  /** Everything that has a global id here, the two common kinds included. */
  readonly kinds: readonly EntityKind[];
  /** What the platform adds to the schema. */
  readonly graph: PlatformGraph;
  /**
   * Opens an account. Sends nothing: a store that is down must not keep the
   * server from starting.
   */
  connect(setup: StoreSetup<Settings>): PlatformStore;
  /** Loads the platform's room of the sandbox; absent where there is none. */
  readonly sandbox?: () => Promise<SandboxRoom>;
}

/** One kind of entity with a global id. */
export interface EntityKind {
  /** As it stands in the global id: `Customer`, `AcmeShopMarket`. */
  readonly kind: string;
  /** The GraphQL object type, as it is called in the schema. */
  readonly typename: string;
  /** The right that a caller needs to read it. */
  readonly scope: "read:groups" | "read:customers";
  /**
   * Tells whether a text can be a native id of this kind. It is asked before
   * anything is sent: an id that it accepts is safe in a URL's path segment
   * once percent-encoded.
   */
  isNativeId(text: string): boolean;
}

/** A class decorated for type-graphql. */
export type GraphClass = abstract new (...parameters: never[]) => unknown;

/** What a platform adds to the schema. */
export interface PlatformGraph {
  /** Object types, among them one that implements each common interface. */
  readonly types: readonly GraphClass[];
  /** Field resolvers of those types; no root fields. */
  readonly resolvers: readonly GraphClass[];
}

/** One configured account, as the configuration describes it. */
export interface StoreSetup<Settings> {
  /** The store's key: unique, `[a-z0-9-]{1,40}`. */
  readonly key: string;
  readonly settings: Settings;
  readonly limits: UpstreamLimits;
  /**
   * What stores of this process have in common. Two that are one account to
   * the platform share its quota, with the limits of the first of them.
   */
  readonly shared: SharedState;
  /** Hears what only a room can see. */
  readonly signals: StoreSignals;
}

/** What a room reports of its platform's answers, for metrics. */
export interface StoreSignals {
  /** A date came in none of the known forms and was taken as absent. */
  unreadableDate(): void;
  /**
   * Requests were sent that no operation waits for; their accounts are whole.
   * A room hands it to its `createUpstreamClient`.
   */
  readonly backgroundRead?: (ledger: Ledger) => void;
}

/** One account, for as long as the process lives. */
export interface PlatformStore {
  /** Begins the reads of one operation. Sends nothing. */
  open(scope: OperationScope): StoreSession;
  /**
   * What reads of an operation with this projection cost. Sends nothing.
   *
   * @param assumed what to take of that which is known only when it has been
   *   read, such as how long a list is: the `most` that the session would read
   *   of it, or what is `usual`.
   */
  costs(projection: Projection, assumed: "most" | "usual"): RequestCosts;
  /** How the account's quotas stand; see `AccountQuota.current`. */
  quota(): readonly UpstreamQuota[];
  /** How the way to the platform stands now. */
  state(): UpstreamState;
  /** Ends connections and what is under way on them. */
  close(): Promise<void>;
}

/** What an operation gives to the stores that it reads from. */
export interface OperationScope {
  /** Fires when the operation's deadline has passed or its client has left. */
  readonly signal: CancelSignal;
  /** When that is at the latest, on the monotonic clock in milliseconds. */
  readonly deadlineAt?: number | undefined;
  readonly projection: Projection;
  readonly ledger: Ledger;
  /** Makes a batched question; see {@link BatchQuestion}. */
  readonly batch: <Value>(question: BatchQuestion<Value>) => Batch<Value>;
}

/**
 * What an operation asks of each type, anywhere in it. Known before the first
 * read, so that every read of a type asks for just these fields, and an entity
 * that is read once serves every place.
 */
export interface Projection {
  /**
   * Names of the fields selected on an object type; fields selected on an
   * interface count for each type that implements it. Empty when the type is
   * not selected. `__typename` is left out.
   */
  fieldsOf(typename: string): ReadonlySet<string>;
}

/**
 * A question about many keys at once. Answers come as a map from the key that
 * the answer itself carries, never as a list: there is no position to mistake.
 */
export interface BatchQuestion<Value> {
  /** How many keys one call takes at the most. */
  readonly maxSize: number;
  /**
   * Asks once for all keys; they are distinct, and at least one. A key that
   * the map lacks has no answer and becomes `null`; an `Error` is that key's
   * alone. Keys that nobody asked for mean that the platform ignored the
   * question: then those without an answer become `foreignAnswer`, not `null`.
   * A rejection is every key's.
   */
  get(keys: readonly string[]): Promise<ReadonlyMap<string, Value | Error>>;
  /** The error of a key without an answer among answers nobody asked for. */
  foreignAnswer(key: string): Error;
}

/**
 * What is known at once, or later. Waiting costs a turn of the event loop for
 * each row: what is known already is given without.
 */
export type MaybePromise<Value> = Value | Promise<Value>;

/** Keys asked in the same turn of the event loop share a call. */
export interface Batch<Value> {
  /**
   * At once when the key's answer is known. Rejects with the key's own error;
   * `null` when it has no answer.
   */
  load(key: string): MaybePromise<Value | null>;
  /** Notes an answer that came on another way; a known one is kept. */
  prime(key: string, value: Value | Error): void;
}

/** The reads of one operation in one store. Every read may reject with a PlatformError. */
export interface StoreSession {
  /** Whether the account holds test data; `null` where the platform does not tell. */
  mode(): Promise<Mode | null>;
  /**
   * Reads one entity of any of the platform's kinds. Reads of the same turn
   * share requests.
   *
   * @param nativeId a text that the kind's `isNativeId` accepts.
   * @returns `null` when the platform has no such entity (any more).
   */
  entity(kind: string, nativeId: string): MaybePromise<EntityRow | null>;
  /**
   * An entity as far as its id alone tells, without a read: whoever gave the
   * reference says that it exists.
   */
  reference(kind: string, nativeId: string): EntityRow;
  /** Lists groups in the platform's own order, which is stable. */
  customerGroups(
    request: ListRequest<CustomerGroupCriteria>,
  ): Promise<ListPage<CustomerGroupRow>>;
  /** Lists customers in the platform's own order, which is stable. */
  customers(
    request: ListRequest<CustomerCriteria>,
  ): Promise<ListPage<CustomerRow>>;
  /**
   * Finds the customers with this e-mail address, whatever the case of its
   * letters, and no others: what a platform's search finds besides is sifted
   * out. Addresses of the same turn share requests where the platform can.
   *
   * @param email in lower case.
   */
  customersByEmail(email: string): Promise<readonly (CustomerRow | Error)[]>;
  /**
   * Lists a group's members.
   *
   * @param group a row that this session gave.
   * @returns `null` when the platform has no such link for this group.
   */
  customersOf(
    group: CustomerGroupRow,
    request: ListRequest<CustomerCriteria>,
  ): Promise<ListPage<CustomerRow> | null>;
  /** The group of a row that this session gave; `null` when it is in none. */
  customerGroupOf(customer: CustomerRow): MaybePromise<CustomerGroupRow | null>;
  /** All addresses of a row that this session gave, in the platform's order. */
  addressesOf(
    customer: CustomerRow,
  ): MaybePromise<readonly (CustomerAddressRow | Error)[] | null>;
}

/**
 * The most requests that the reads of a {@link StoreSession} can send, known
 * before the first of them: an operation that could send too many is refused
 * by it. Requests for tokens, repetitions, and what is asked again because an
 * API of another age refused a name, are left out.
 *
 * Numbers need not be whole: what shares requests with its neighbours costs a
 * part of one. They are bounds, so they may be too high and never too low, as
 * long as the platform does what it promises. Beyond the first row of a turn,
 * no row may cost more than the one before it.
 */
export interface RequestCosts {
  /** Of `mode`, once in an operation. */
  mode(): number;
  /** Of `entity`, for entities of one kind. */
  entities(kind: string, asked: Asked): number;
  customerGroups(request: ListRequest<CustomerGroupCriteria>): number;
  customers(request: ListRequest<CustomerCriteria>): number;
  /** Of `customersByEmail`; each row is another address, which few have. */
  customersByEmail(asked: Asked): number;
  /** Of `customersOf`, for one group. */
  customersOf(request: ListRequest<CustomerCriteria>): number;
  /**
   * What it costs to go from rows of a type over one of its fields: over
   * `customerGroup` and `addresses` of the common type `Customer`, and over
   * every field of the platform's own that leads to objects.
   *
   * @param page what is asked for of a field that is a connection.
   * @returns `null` for one object that comes with its parent.
   */
  link(
    typename: string,
    field: string,
    asked: Asked,
    page: PageRequest | null,
  ): LinkCost | null;
}

/** Rows of which something is asked. */
export interface Asked {
  /** How many at the most; all of them different. */
  readonly rows: number;
  /**
   * In how many turns of the event loop at the most, from 1 to `rows`. What is
   * asked in one turn shares requests; what is asked later does not.
   */
  readonly turns: number;
}

/** What the rows of a link cost, and how many one parent has at the most. */
export type LinkCost =
  /** They come with their parent. */
  | { readonly along: number }
  /** They are read by their ids, together with others of their kind. */
  | { readonly kind: string; readonly rows: number }
  /** They take so many requests for all parents together. */
  | { readonly requests: number; readonly rows: number };

export type Mode = "TEST" | "LIVE";

/** A stretch of a list, and what of it is needed: what is not costs nothing. */
export interface PageRequest {
  /** Without rows (`count` 0) when only the total is of interest. */
  readonly window: Window;
  readonly needsTotal: boolean;
}

export interface ListRequest<Criteria> extends PageRequest {
  readonly criteria: Criteria;
}

/**
 * @typeParam Row one entity; an `Error` in its place says why this one row
 *   cannot be shown, and the rows beside it stand.
 */
export interface ListPage<Row> {
  readonly rows: readonly (Row | Error)[];
  /** Exact; `null` when it was not needed or the platform cannot tell. */
  readonly totalCount: number | null;
  /** Exact: whether a row follows the window's last. */
  readonly hasNextPage: boolean;
}

/** Both ends inclusive; RFC 3339 UTC with milliseconds. */
export interface DateTimeInterval {
  readonly min?: string;
  readonly max?: string;
}

/**
 * Conditions on groups, all of them to be met. A session that cannot express
 * one rejects with `UNSUPPORTED_BY_PLATFORM`; it never leaves one out.
 */
export interface CustomerGroupCriteria {
  /** Native ids, each accepted by `isNativeId`; never empty. */
  readonly ids?: readonly string[];
  /** The whole name, letter by letter. */
  readonly name?: string;
  /** A part of the name; case does not matter where the platform can do so. */
  readonly nameContains?: string;
  readonly isDefault?: boolean;
  readonly isGroupForGuests?: boolean;
  readonly createdAt?: DateTimeInterval;
  readonly updatedAt?: DateTimeInterval;
}

/** Conditions on customers, all of them to be met. As for groups. */
export interface CustomerCriteria {
  /** Native ids, each accepted by `isNativeId`; never empty. */
  readonly ids?: readonly string[];
  /** A group's native id. */
  readonly customerGroup?: string;
  /** The whole address. */
  readonly email?: string;
  /** The platform's own free text search over name and e-mail. */
  readonly search?: string;
  readonly createdAt?: DateTimeInterval;
  readonly updatedAt?: DateTimeInterval;
}

/**
 * Anything with a global id, as an object of the GraphQL class of its type:
 * the fields of the projection are filled in, the others are `undefined`.
 */
export interface EntityRow {
  /** The global id. */
  readonly id: string;
  readonly nativeId: string;
  /** The key of the store that it was read from. */
  readonly storeKey: string;
}

export interface CustomerGroupRow extends EntityRow {
  readonly name?: string;
  /** RFC 3339 UTC; `null` where the platform keeps none. */
  readonly createdAt?: string | null;
  readonly updatedAt?: string | null;
}

export interface CustomerRow extends EntityRow {
  readonly email?: string | null;
  readonly name?: string | null;
  readonly createdAt?: string | null;
  readonly updatedAt?: string | null;
}

/** A postal address in common terms; absent parts are `null`. */
export interface CustomerAddressRow {
  readonly name: string | null;
  readonly company: string | null;
  readonly line1: string | null;
  readonly line2: string | null;
  readonly city: string | null;
  readonly region: string | null;
  readonly postalCode: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string | null;
  readonly phone: string | null;
}
