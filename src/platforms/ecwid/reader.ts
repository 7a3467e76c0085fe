import { PlatformError } from "../../domain/errors";
import type {
  Batch,
  MaybePromise,
  OperationScope,
  StoreSignals,
} from "../platform";
import { disputedKey, disputedKeys } from "../disputed-keys";
import {
  type Answer,
  type Collection,
  type EcwidApi,
  maxPageSize,
} from "./api";
import { type EcwidEntity, toRow } from "./mapping";
import { type EntityPlan, planEntity } from "./plan";
import { idOf, isObject } from "./wire";

/** Reads by id at the same time: one operation does not fill the store's queue. */
const readers = 10;

/** A row, or the reason why it cannot be shown. */
export type Row = EcwidEntity | Error;

export interface ReaderSetup {
  readonly store: string;
  readonly signals: StoreSignals;
}

/**
 * The entries that an operation has read, by collection and id. Whatever way
 * one came, alone or in a list, it is read once.
 */
export class EntityReader {
  readonly #api: EcwidApi;
  readonly #scope: OperationScope;
  readonly #setup: ReaderSetup;
  readonly #batches = new Map<Collection, Batch<EcwidEntity>>();
  readonly #plans = new Map<Collection, EntityPlan>();

  constructor(api: EcwidApi, scope: OperationScope, setup: ReaderSetup) {
    this.#api = api;
    this.#scope = scope;
    this.#setup = setup;
  }

  /** What to ask of an entry, as the operation selects it. */
  plan(collection: Collection): EntityPlan {
    let plan = this.#plans.get(collection);
    if (!plan) {
      plan = planEntity(this.#scope.projection, collection);
      this.#plans.set(collection, plan);
    }
    return plan;
  }

  /**
   * Reads an entry by its id; ids of groups that are asked in the same turn
   * share requests.
   *
   * @returns `null` when there is no such entry.
   */
  load(collection: Collection, id: string): MaybePromise<EcwidEntity | null> {
    return this.#batch(collection).load(id);
  }

  /** Makes a row of an object that came in a list, and notes it with its id. */
  take(collection: Collection, value: unknown, answer: Answer<unknown>): Row {
    const [id, row] = this.#keyed(collection, value, answer);
    if (id !== "") this.#batch(collection).prime(id, row);
    return row;
  }

  #batch(collection: Collection): Batch<EcwidEntity> {
    let batch = this.#batches.get(collection);
    if (!batch) {
      batch = this.#scope.batch<EcwidEntity>({
        // Customers are read one by one anyway, in one bounded row.
        maxSize: collection === "customers" ? Infinity : maxPageSize,
        get: (ids) =>
          collection === "customer_groups" && ids.length > 1
            ? this.#getGroups(ids)
            : this.#getEach(collection, ids),
        foreignAnswer: (id) =>
          PlatformError.contract(
            this.#api.call(collection),
            `asked for ${collection} by id, it answered others and not "${id}"`,
          ),
      });
      this.#batches.set(collection, batch);
    }
    return batch;
  }

  /** There is no filter by ids on customers: each has a request of its own. */
  async #getEach(
    collection: Collection,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Row>> {
    const fields = this.plan(collection).responseFields;
    const rows = new Map<string, Row>();
    const waiting = [...ids];
    const readNext = async (): Promise<void> => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        const row = await this.#getOne(collection, id, fields);
        if (row) rows.set(id, row);
      }
    };
    await Promise.all(Array.from({ length: readers }, readNext));
    return rows;
  }

  async #getOne(
    collection: Collection,
    id: string,
    fields: string,
  ): Promise<Row | null> {
    try {
      const answer = await this.#api.get(collection, id, fields);
      if (!answer) return null;
      const [key, row] = this.#keyed(collection, answer.value, answer);
      return key === id ? row : foreign(id, answer);
    } catch (error) {
      if (error instanceof PlatformError) return error;
      throw error;
    }
  }

  /**
   * Groups by id in one search. The parameter has two spellings in the vendor's
   * own material, and one that is ignored looks like a list of all: then the
   * groups that did not come are read from their own addresses.
   */
  async #getGroups(ids: readonly string[]): Promise<ReadonlyMap<string, Row>> {
    const answer = await this.#api.search(
      "customer_groups",
      [
        ["customerGroupIds", ids.join(",")],
        ["limit", String(maxPageSize)],
        ["offset", "0"],
      ],
      this.plan("customer_groups").responseFields,
    );
    const asked = new Set(ids);
    const { items } = answer.value;
    const rows = new Map(
      items.map((item) => this.#keyed("customer_groups", item, answer)),
    );
    const disputed = disputedKeys(items, (item) =>
      isObject(item) ? idOf(item["id"]) : null,
    );
    // One of those that claim an id may be another that was asked for.
    for (const id of disputed.size > 0 ? [...disputed, ""] : []) {
      rows.set(id, disputedKey(answer.call));
    }
    const isIgnored = [...rows.keys()].some((id) => !asked.has(id));
    if (!isIgnored) return rows;
    const found = [...rows].filter(([id]) => asked.has(id));
    const missing = ids.filter((id) => !rows.has(id));
    const others = await this.#getEach("customer_groups", missing);
    return new Map([...found, ...others]);
  }

  /** A row with the id that it carries itself; `""` for one without. */
  #keyed(
    collection: Collection,
    value: unknown,
    { call }: Answer<unknown>,
  ): [string, Row] {
    const id = isObject(value) ? idOf(value["id"]) : null;
    if (!isObject(value) || id === null) {
      return [
        "",
        PlatformError.contract(
          call,
          `expected an entry of ${collection} with an id`,
        ),
      ];
    }
    const { store, signals } = this.#setup;
    try {
      const context = { storeKey: store, signals, call };
      return [id, toRow(collection, id, value, this.plan(collection), context)];
    } catch (error) {
      if (error instanceof PlatformError) return [id, error];
      throw error;
    }
  }
}

function foreign(id: string, { call }: Answer<unknown>): PlatformError {
  return PlatformError.contract(
    call,
    `asked for "${id}", it answered another entry`,
  );
}
