import {
  type GraphQLOutputType,
  type SelectionSetNode,
  getNamedType,
  isObjectType,
} from "graphql";
import { toStoreGlobalId } from "../../domain/global-id";
import type { Asked, LinkCost, PageRequest } from "../../platforms/platform";
import { isEmail } from "../criteria";
import {
  type EntityLocation,
  isAnsweredByReference,
  locateEntity,
  requireNodes,
  requireRepresentations,
} from "../entities";
import type { OperationStore } from "../operation-context";
import { objectTypesOf } from "../projection";
import {
  type Arrival,
  type CostedStore,
  type Rows,
  Start,
  addLoad,
  askedBy,
  createArrival,
} from "./arrival";
import {
  type ListName,
  type ListPart,
  customersOfOneAddress,
  listParts,
  rowsOfPart,
} from "./list-parts";
import {
  type PageNeeds,
  countRequestsOf,
  isConnection,
  pageKeyOf,
  offsetsAfter,
  pageNeedsOf,
  pageRequestsOf,
} from "./page-needs";
import type { PlannedOperation } from "./planned-operation";
import {
  type Arguments,
  type SelectedField,
  type SelectionSets,
  type Selections,
  orMake,
} from "./selected-fields";

export interface RequestEstimate {
  /** At least so many, when they are more than the limit. */
  readonly requests: number;
  /** The field that most of them are for: `CustomerGroup.customers`. */
  readonly mostly: string;
}

/**
 * Tells how many upstream requests an operation can send at the most, before
 * it sends one.
 *
 * @param assumed what to take of that which only reading can tell; see
 *   `PlatformStore.costs`.
 * @throws BadUserInputError for a page or a list of ids that is too large.
 */
export type EstimateRequests = (assumed: "most" | "usual") => RequestEstimate;

/**
 * Estimates an operation's requests from the sizes of its pages, the ids that
 * it names, the stores that it reaches and what rooms say of their reads.
 * Requests for tokens and repetitions are left out.
 *
 * It follows the operation as execution would, with rows counted instead of
 * read. Rows that come with one answer ask for what lies behind them in one
 * turn, and so share requests; rows that come with different answers do not.
 *
 * @param operation whose context knows the projection.
 * @param limit beyond which nobody needs to know how many they are.
 */
export function createEstimate(
  operation: PlannedOperation,
  selections: Selections,
  limit: number,
): EstimateRequests {
  const locate = createLocate(operation);
  return (assumed) => {
    const estimate = (mayBeCached: boolean) => {
      const walk = new Walk({
        ...{ operation, selections, locate, limit },
        ...{ assumed, mayBeCached },
      });
      const requests = Math.min(
        floor(walk.requests()),
        Number.MAX_SAFE_INTEGER,
      );
      const { meetsTwice } = walk;
      return { requests, mostly: walk.mostly(), meetsTwice };
    };
    const once = estimate(false);
    // Where a type is met in one place only, none of its rows is there already.
    return once.meetsTwice && once.requests <= limit ? estimate(true) : once;
  };
}

/** Finds the place that an id names, if the caller may read what is there. */
type Locate = (id: string, kind: string | undefined) => EntityLocation | null;

/** What cannot be located, or not be read, is an error and costs nothing. */
function createLocate({ context }: PlannedOperation): Locate {
  const located = new Map<string, EntityLocation | null>();
  const find: Locate = (id, kind) => {
    try {
      const location = locateEntity(context, id, "id", kind);
      return context.caller.scopes.has(location.scope) ? location : null;
    } catch {
      return null;
    }
  };
  return (id, kind) =>
    orMake(located, `${kind ?? ""} ${id}`, () => find(id, kind));
}

/** Sums of parts of requests are not exact. */
function floor(requests: number): number {
  return Math.floor(requests + 1e-9);
}

/** What the ids of stores begin with. */
const storePrefix = toStoreGlobalId("");

/** What is behind a link. */
interface Behind {
  /** The link's field, for the report. */
  readonly field: string;
  readonly typenames: readonly string[];
  readonly sets: SelectionSets;
}

interface WalkOptions {
  readonly operation: PlannedOperation;
  readonly selections: Selections;
  readonly locate: Locate;
  readonly limit: number;
  readonly assumed: "most" | "usual";
  /** Whether rows can be there already when they are asked for. */
  readonly mayBeCached: boolean;
}

class Walk {
  /** Whether rows of a type come in more than one place. */
  meetsTwice = false;
  readonly #options: WalkOptions;
  readonly #operation: PlannedOperation;
  readonly #selections: Selections;
  readonly #stores = new Map<string, CostedStore>();
  #met = new Set<string>();
  readonly #askedForMode = new Set<string>();
  readonly #sameAddress = new Map<string, number>();
  readonly #setIds = new Map<SelectionSetNode, number>();
  readonly #needs = new Map<SelectedField, PageNeeds>();
  readonly #parts = new Map<SelectedField, readonly ListPart[]>();
  readonly #fields = new Map<
    SelectionSets,
    Map<string, readonly SelectedField[]>
  >();
  readonly #spent = new Map<string, number>();
  /** Whether parts of requests that cannot add up are dropped. */
  #rounds = true;
  /** What the operation costs at least, as far as it was walked. */
  #least = 0;
  /** Whether that is more than the limit: the rest is not walked. */
  #isOver = false;
  /** Whether what is spent comes of the operation as it stands. */
  #counts = true;

  constructor(options: WalkOptions) {
    this.#options = options;
    this.#operation = options.operation;
    this.#selections = options.selections;
  }

  requests(): number {
    const { schema, operation } = this.#operation;
    const root = schema.getRootType(operation.operation);
    if (!root) return 0;
    const start = new Start();
    let requests = 0;
    for (const field of this.#fieldsOf(root.name, [operation.selectionSet])) {
      if (this.#isOver) break;
      requests += this.#rootField(start, field);
    }
    for (const arrival of start.arrivals()) requests += this.#arrive(arrival);
    return this.#isOver ? this.#least : requests;
  }

  /** The field that most requests are for. */
  mostly(): string {
    const [most] = [...this.#spent].sort(([, a], [, b]) => b - a);
    return most?.[0] ?? "";
  }

  #spend(field: string, requests: number): number {
    const spent = this.#rounds ? floor(requests) : requests;
    this.#spent.set(field, (this.#spent.get(field) ?? 0) + spent);
    this.#add(spent);
    return spent;
  }

  #add(requests: number): void {
    if (!this.#counts) return;
    this.#least += requests;
    this.#isOver ||= floor(this.#least) > this.#options.limit;
  }

  /** What may be but a part of the cost, or none of it. */
  #aside(walk: () => number): number {
    const before = this.#least;
    const requests = walk();
    // A part that is over the limit by itself is enough.
    if (!this.#isOver) this.#least = before;
    return requests;
  }

  #rootField(start: Start, field: SelectedField): number {
    const { context } = this.#operation;
    const args = this.#selections.argumentsOf(field);
    if (!args) return 0;
    switch (field.name) {
      case "stores":
        this.#addStores(start, field, context.stores);
        return 0;
      case "store":
        this.#addStores(
          start,
          field,
          storesOf([context.store(args["key"] as string)]),
        );
        return 0;
      case "customer":
        this.#addEntities(start, field, this.#locate([args["id"]], "Customer"));
        return 0;
      case "customerGroup":
        this.#addEntities(
          start,
          field,
          this.#locate([args["id"]], "CustomerGroup"),
        );
        return 0;
      case "node":
        this.#addNodes(start, field, [args["id"]]);
        return 0;
      case "nodes":
        requireNodes(args["ids"] as string[]);
        this.#addNodes(start, field, args["ids"] as string[]);
        return 0;
      case "_entities":
        requireRepresentations(args["representations"] as unknown[]);
        this.#addReferences(start, field, args["representations"] as unknown[]);
        return 0;
      case "customersByEmail":
        return this.#byEmail(field, args["email"] as string);
      case "customerGroups":
      case "customers":
        return this.#listOfStores(field, args);
      default:
        return 0;
    }
  }

  #addStores(
    start: Start,
    { sets }: SelectedField,
    stores: readonly OperationStore[],
  ): void {
    for (const own of new Set(stores)) {
      start
        .at(this.#store(own))
        .rows.push({ typename: "Store", sets, count: 1 });
    }
  }

  #addNodes(start: Start, field: SelectedField, ids: readonly unknown[]): void {
    this.#addStores(start, field, this.#locateStores(ids));
    this.#addEntities(start, field, this.#locate(ids));
  }

  #addReferences(
    start: Start,
    field: SelectedField,
    representations: readonly unknown[],
  ): void {
    const references = representations.map(
      (reference) => Object(reference) as Readonly<Record<string, unknown>>,
    );
    const keys = references.flatMap(({ __typename: type, key }) =>
      type === "Store" && typeof key === "string" ? [key] : [],
    );
    const ids = references.map(({ id }) => id);
    const { context } = this.#operation;
    this.#addStores(start, field, [
      ...this.#locateStores(ids),
      ...storesOf(keys.map((key) => context.store(key))),
    ]);
    this.#addEntities(start, field, this.#locate(ids), true);
  }

  /** @param areReferences whether what an id tells by itself is not read. */
  #addEntities(
    start: Start,
    { name, sets }: SelectedField,
    located: readonly EntityLocation[],
    areReferences = false,
  ): void {
    for (const together of groupBy(
      located,
      ({ store, kind }) => `${store.key} ${kind}`,
    )) {
      const [{ store, kind, typename }] = together;
      const ids = new Set(together.map(({ nativeId }) => nativeId));
      const rows: Rows = { typename, sets, count: ids.size };
      const arrival = start.at(this.#store(store));
      if (
        areReferences &&
        isAnsweredByReference(this.#operation.context, typename)
      ) {
        arrival.rows.push(rows);
      } else {
        start.load(arrival, kind, rows, { ids, field: `Query.${name}` });
      }
    }
  }

  #locate(ids: readonly unknown[], kind?: string): EntityLocation[] {
    const { locate } = this.#options;
    return ids.flatMap((id) => {
      const location = typeof id === "string" ? locate(id, kind) : null;
      return location ? [location] : [];
    });
  }

  #locateStores(ids: readonly unknown[]): OperationStore[] {
    return ids.flatMap((id) => {
      if (typeof id !== "string" || !id.startsWith(storePrefix)) return [];
      const key = id.slice(storePrefix.length);
      return storesOf([this.#operation.context.store(key)]);
    });
  }

  #byEmail({ sets }: SelectedField, email: string): number {
    if (!isEmail(email)) return 0;
    let requests = 0;
    for (const own of this.#operation.context.stores) {
      const store = this.#store(own);
      requests +=
        this.#spend(
          "Query.customersByEmail",
          store.costs.customersByEmail({ rows: 1, turns: 1 }),
        ) +
        this.#comeIn(store, 1, {
          typename: store.customerType,
          sets,
          count: customersOfOneAddress,
          searched: "everywhere",
        });
    }
    return requests;
  }

  /** One list of all stores: it has so many rows in all, whosever they are. */
  #listOfStores(field: SelectedField, args: Arguments): number {
    const needs = this.#needsOf(field, args);
    const parts = this.#partsOf(field, field.name as ListName, args);
    const offsets = offsetsAfter(
      needs.after,
      parts.map(({ store }) => store.key),
    );
    if (!offsets) return 0;
    const read = parts.flatMap((part, index) => {
      const offset = offsets[index] ?? null;
      return needs.needsPage && offset !== null ? [{ part, offset }] : [];
    });
    // Without rows, the first will do to tell whether there are any.
    if (needs.size === 0) read.splice(1);

    let requests = 0;
    let further = 0;
    for (const { part, offset } of read) {
      // Each may have to be begun; but only its rows make a store go on.
      const begun = pageRequestsOf(
        { ...needs, size: Math.min(needs.size, 1) },
        offset,
        part.cost,
      );
      const more = pageRequestsOf(needs, offset, part.cost) - begun;
      requests += begun;
      if (offset > 0) requests += Math.max(0, more);
      else further = Math.max(further, more);
    }
    requests += further;
    if (needs.needsTotal) {
      const counted = new Set(read.map(({ part }) => part));
      for (const part of parts) {
        if (!counted.has(part)) requests += countRequestsOf(part.cost);
      }
    }
    return (
      this.#spend(`Query.${field.name}`, requests) +
      this.#rowsOfStores(
        read.map(({ part }) => part),
        needs,
      )
    );
  }

  /**
   * What so many rows cost when nobody knows how they are shared out among the
   * stores. The cost of a store's rows lies below a line, by the contract of
   * `RequestCosts`: so many requests to begin with, and so many for each row.
   */
  #rowsOfStores(parts: readonly ListPart[], needs: PageNeeds): number {
    if (needs.rowSets.length === 0) return 0;
    const { size } = needs;
    const costOf = (part: ListPart, count: number) =>
      this.#comeIn(part.store, 1, { ...rowsOfPart(part, needs), count });
    const most = parts.map((part) => Math.min(size, part.mostRows));
    if (sum(most) <= size || parts.length <= 1) {
      return sum(parts.map((part, index) => costOf(part, most[index] ?? 0)));
    }
    const requests =
      size === 1
        ? Math.max(...parts.map((part) => this.#aside(() => costOf(part, 1))))
        : this.#alongLines(parts, size, costOf);
    this.#add(requests);
    return requests;
  }

  #alongLines(
    parts: readonly ListPart[],
    size: number,
    costOf: (part: ListPart, count: number) => number,
  ): number {
    this.#rounds = false;
    const lines = parts.map((part) => {
      const some = this.#aside(() => costOf(part, size));
      const slope = (this.#again(() => costOf(part, 2 * size)) - some) / size;
      return { start: some - slope * size, slope };
    });
    this.#rounds = true;
    const starts = lines.map(({ start }) => start).sort((a, b) => b - a);
    return (
      sum(starts.slice(0, size)) +
      size * Math.max(...lines.map(({ slope }) => slope))
    );
  }

  /** What is walked a second time is not met, and counts not, for that. */
  #again(walk: () => number): number {
    const before = {
      met: new Set(this.#met),
      twice: this.meetsTwice,
      counts: this.#counts,
    };
    this.#counts = false;
    const requests = walk();
    this.#counts = before.counts;
    this.#met = before.met;
    this.meetsTwice = before.twice;
    return requests;
  }

  /** Walks what came, and what comes of it. */
  #arrive(arrival: Arrival): number {
    if (this.#isOver) return 0;
    const { store, rows, loads } = arrival;
    let requests = 0;
    // It grows meanwhile.
    for (const some of rows) {
      if (some.count === 0) continue;
      for (const field of this.#fieldsOf(some.typename, some.sets)) {
        requests += this.#field(arrival, some, field);
      }
    }
    for (const typename of new Set(rows.map((some) => some.typename))) {
      if (!store.entityTypes.has(typename)) continue;
      const place = `${store.key} ${typename}`;
      this.meetsTwice ||= this.#met.has(place);
      this.#met.add(place);
    }
    for (const [kind, load] of loads) {
      const asked = {
        rows: load.count,
        turns: Math.min(arrival.turns, load.count),
      };
      if (asked.rows === 0) continue;
      const cost = this.#spend(load.field, store.costs.entities(kind, asked));
      requests += cost;
      const turns = this.#turnsAfter(asked, cost);
      requests += this.#arrive(createArrival(store, turns, load.rows));
    }
    return requests;
  }

  /** Rows that come in so many turns, and nothing else with them. */
  #comeIn(store: CostedStore, turns: number, rows: Rows): number {
    if (rows.count === 0) return 0;
    const most = Math.min(turns, rows.count);
    return this.#arrive(createArrival(store, most, [rows]));
  }

  /**
   * In how many turns rows come that took so many requests: with each answer;
   * and those that are there already, with whoever asks.
   */
  #turnsAfter({ rows, turns }: Asked, requests: number): number {
    if (requests === 0) return turns;
    const isFirst = turns === 1 && !this.#options.mayBeCached;
    return Math.min(rows, isFirst ? requests : turns + requests);
  }

  #field(arrival: Arrival, rows: Rows, field: SelectedField): number {
    const { name, sets } = field;
    const { groupType, customerType } = arrival.store;
    if (rows.typename === "Store") return this.#fieldOfStore(arrival, field);
    if (sets.length === 0) return 0;
    if (name === "store") {
      arrival.rows.push({ typename: "Store", sets, count: 1 });
      return 0;
    }
    if (rows.typename === groupType && name === "customers") {
      return this.#members(arrival, rows, field);
    }
    if (rows.typename === customerType && name === "customerGroup") {
      return this.#groupOf(arrival, rows, field);
    }
    if (rows.typename === customerType && name === "sameEmail") {
      return this.#sameEmail(arrival, rows, field);
    }
    return this.#link(arrival, rows, field);
  }

  #fieldOfStore({ store }: Arrival, field: SelectedField): number {
    if (field.name === "mode") {
      if (this.#askedForMode.has(store.key)) return 0;
      this.#askedForMode.add(store.key);
      return this.#spend("Store.mode", store.costs.mode());
    }
    const args = this.#selections.argumentsOf(field);
    if (!args || !isConnection(field)) return 0;
    const needs = this.#needsOf(field, args);
    const part = this.#partsOf(field, field.name as ListName, args).find(
      (candidate) => candidate.store === store,
    );
    const offset = offsetIn(store, needs);
    if (!part || offset === null) return 0;
    return (
      this.#spend(
        `Store.${field.name}`,
        pageRequestsOf(needs, offset, part.cost),
      ) + this.#comeIn(store, 1, rowsOfPart(part, needs))
    );
  }

  #members({ store }: Arrival, rows: Rows, field: SelectedField): number {
    const args = this.#selections.argumentsOf(field);
    if (!args) return 0;
    const needs = this.#needsOf(field, args);
    const part = this.#partsOf(field, "members", args).find(
      (candidate) => candidate.store === store,
    );
    const offset = offsetIn(store, needs);
    if (!part || offset === null) return 0;
    const { count } = rows;
    return (
      this.#spend(
        "CustomerGroup.customers",
        count * pageRequestsOf(needs, offset, part.cost),
      ) +
      this.#comeIn(store, count, {
        ...rowsOfPart(part, needs),
        count: rowsOfPart(part, needs).count * count,
        groups: { count, areRead: true },
      })
    );
  }

  #groupOf(arrival: Arrival, rows: Rows, field: SelectedField): number {
    const asked = askedBy(arrival, rows);
    const { costs, groupType } = arrival.store;
    // The group of a group's members is the group itself.
    const link = rows.groups?.areRead
      ? null
      : costs.link(rows.typename, field.name, asked, null);
    const parents = Math.min(rows.count, rows.groups?.count ?? Infinity);
    return this.#follow(arrival, link, asked, parents, {
      field: `Customer.${field.name}`,
      typenames: [groupType],
      sets: field.sets,
    });
  }

  /**
   * Others with the same address are looked for in all other stores; and by
   * those who are found there, in the store of the customer itself.
   */
  #sameEmail(arrival: Arrival, rows: Rows, { sets }: SelectedField): number {
    const { store } = arrival;
    const { searched } = rows;
    const asked = askedBy(arrival, rows);
    const others = this.#operation.context.stores
      .map((own) => this.#store(own))
      .filter((other) => other !== store);
    const requests = sum(
      others.map(({ key, costs }) => {
        const isKnown =
          searched === "everywhere" ||
          (searched !== undefined && searched.butIn !== key);
        return isKnown
          ? 0
          : this.#spend("Customer.sameEmail", costs.customersByEmail(asked));
      }),
    );
    const turns = this.#turnsAfter(asked, requests);
    const found = others.map((other) =>
      this.#comeInOnce(other, turns, {
        typename: other.customerType,
        sets,
        count: rows.count * customersOfOneAddress,
        searched: searched ? "everywhere" : { butIn: store.key },
      }),
    );
    return requests + sum(found);
  }

  /** Stores lead to each other in more ways than can be walked one by one. */
  #comeInOnce(store: CostedStore, turns: number, rows: Rows): number {
    const { searched, count, sets } = rows;
    const key = [
      ...[store.key, turns, count],
      typeof searched === "object" ? searched.butIn : searched,
      ...sets.map((set) => this.#idOf(set)),
    ].join(" ");
    const known = this.#sameAddress.get(key);
    if (known !== undefined) {
      this.#add(known);
      return known;
    }
    const requests = this.#comeIn(store, turns, rows);
    this.#sameAddress.set(key, requests);
    return requests;
  }

  #idOf(set: SelectionSetNode): number {
    const id = this.#setIds.get(set) ?? this.#setIds.size;
    this.#setIds.set(set, id);
    return id;
  }

  /** A field of the platform's own. */
  #link(arrival: Arrival, rows: Rows, field: SelectedField): number {
    const { store } = arrival;
    const asked = askedBy(arrival, rows);
    const { schema } = this.#operation;
    const costOf = (page: PageRequest | null) =>
      store.costs.link(rows.typename, field.name, asked, page);
    if (!isConnection(field)) {
      return this.#follow(arrival, costOf(null), asked, rows.count, {
        field: `${rows.typename}.${field.name}`,
        typenames: objectTypesOf(schema, field.definition.type),
        sets: field.sets,
      });
    }
    const args = this.#selections.argumentsOf(field);
    if (!args) return 0;
    const needs = this.#needsOf(field, args);
    const offset = offsetIn(store, needs);
    if (offset === null || !(needs.needsPage || needs.needsTotal)) return 0;
    const count = needs.needsPage ? needs.size : 0;
    const link = costOf({
      window: { offset, count },
      needsTotal: needs.countsPage,
    });
    return this.#follow(arrival, link, asked, rows.count, {
      field: `${rows.typename}.${field.name}`,
      typenames: objectTypesOf(schema, rowTypeOf(field)),
      sets: needs.rowSets,
    });
  }

  /** Goes on to what is behind a link. */
  #follow(
    arrival: Arrival,
    link: LinkCost | null,
    asked: Asked,
    parents: number,
    { field, typenames, sets }: Behind,
  ): number {
    const { store } = arrival;
    if (link && "kind" in link) {
      const typename = typenameOf(store.own, link.kind);
      const count = parents * link.rows;
      addLoad(arrival, link.kind, { typename, sets, count }, field);
      return 0;
    }
    if (link && "requests" in link) {
      const requests = this.#spend(field, link.requests);
      const turns = this.#turnsAfter(asked, requests);
      const count = parents * link.rows;
      return (
        requests +
        sum(
          typenames.map((typename) =>
            this.#comeIn(store, turns, { typename, sets, count }),
          ),
        )
      );
    }
    const count = parents * (link?.along ?? 1);
    for (const typename of typenames) {
      arrival.rows.push({ typename, sets, count });
    }
    return 0;
  }

  /** Fields that ask for the same are one, whatever their aliases. */
  #fieldsOf(typename: string, sets: SelectionSets): readonly SelectedField[] {
    const byType = orMake(
      this.#fields,
      sets,
      () => new Map<string, readonly SelectedField[]>(),
    );
    return orMake(byType, typename, () =>
      this.#merged(
        this.#selections
          .fieldsOf(typename, sets)
          .filter(({ isAllowed }) => isAllowed),
      ),
    );
  }

  #merged(fields: readonly SelectedField[]): readonly SelectedField[] {
    const names = new Set(fields.map(({ name }) => name));
    if (names.size === fields.length) return fields;
    const merged = new Map<string, SelectedField>();
    fields.forEach((field, index) => {
      const key = this.#keyOf(field) ?? String(index);
      const same = merged.get(key);
      merged.set(
        key,
        same ? { ...same, sets: [...same.sets, ...field.sets] } : field,
      );
    });
    return [...merged.values()];
  }

  /** What makes a field the same as another; `null` for one that is alone. */
  #keyOf(field: SelectedField): string | null {
    const { name, definition } = field;
    const args = this.#selections.argumentsOf(field);
    // Ids are looked through for equal ones anyway.
    if (!args || name === "nodes" || name === "_entities") return null;
    const asked = definition.args.length > 0 ? JSON.stringify(args) : "";
    const page = isConnection(field)
      ? pageKeyOf(this.#needsOf(field, args))
      : "";
    return [name, asked, page].join(" ");
  }

  #needsOf(field: SelectedField, args: Arguments): PageNeeds {
    return orMake(this.#needs, field, () =>
      pageNeedsOf(this.#selections, field, args),
    );
  }

  #partsOf(
    field: SelectedField,
    list: ListName,
    { filter }: Arguments,
  ): readonly ListPart[] {
    const { context } = this.#operation;
    return orMake(this.#parts, field, () =>
      listParts(list, filter, context, (own) => this.#store(own)),
    );
  }

  #store(own: OperationStore): CostedStore {
    let store = this.#stores.get(own.key);
    if (!store) {
      store = {
        key: own.key,
        own,
        costs: own.costs(this.#options.assumed),
        groupType: typenameOf(own, "CustomerGroup"),
        customerType: typenameOf(own, "Customer"),
        entityTypes: new Set(
          own.platform.kinds.map(({ typename }) => typename),
        ),
      };
      this.#stores.set(own.key, store);
    }
    return store;
  }
}

function typenameOf({ platform }: OperationStore, kind: string): string {
  const found = platform.kinds.find((known) => known.kind === kind);
  if (found) return found.typename;
  throw new Error(`${platform.title} has no kind "${kind}".`);
}

/** Where a list of one store begins; `null` after a cursor that it does not take. */
function offsetIn({ key }: CostedStore, { after }: PageNeeds): number | null {
  return offsetsAfter(after, [key])?.[0] ?? null;
}

/** The type of a connection's rows. */
function rowTypeOf({ definition }: SelectedField): GraphQLOutputType {
  const connection = getNamedType(definition.type);
  const nodes = isObjectType(connection)
    ? connection.getFields()["nodes"]
    : undefined;
  if (!nodes) throw new Error(`${connection.name} is no connection.`);
  return nodes.type;
}

function storesOf(
  stores: readonly (OperationStore | undefined)[],
): OperationStore[] {
  return stores.filter((store) => store !== undefined);
}

function groupBy<T>(
  values: readonly T[],
  keyOf: (value: T) => string,
): Iterable<[T, ...T[]]> {
  const groups = new Map<string, [T, ...T[]]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups.values();
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
