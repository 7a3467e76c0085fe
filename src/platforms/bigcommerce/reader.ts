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
  type BigCommerceApi,
  type Parameter,
  maxPageSize,
} from "./api";
import { type EntityName, entities } from "./entities";
import type { BigCommerceEntity } from "./graph/entity";
import { type Found, findGroups } from "./group-list";
import { toRow } from "./mapping";
import { type EntityPlan, planEntity } from "./plan";
import { idOf, isObject } from "./wire";

/** A row, or the reason why it cannot be shown. */
export type Row = BigCommerceEntity | Error;

export interface ReaderSetup {
  readonly store: string;
  readonly signals: StoreSignals;
}

/**
 * The entities that an operation has read, by name and id. Whatever way one
 * came, alone or in a list, it is read once.
 */
export class EntityReader {
  readonly #api: BigCommerceApi;
  readonly #scope: OperationScope;
  readonly #setup: ReaderSetup;
  readonly #batches = new Map<EntityName, Batch<BigCommerceEntity>>();
  readonly #plans = new Map<EntityName, EntityPlan>();

  constructor(api: BigCommerceApi, scope: OperationScope, setup: ReaderSetup) {
    this.#api = api;
    this.#scope = scope;
    this.#setup = setup;
  }

  /** What to ask of an entity, as the operation selects it. */
  plan(name: EntityName): EntityPlan {
    let plan = this.#plans.get(name);
    if (!plan) {
      plan = planEntity(this.#scope.projection, name);
      this.#plans.set(name, plan);
    }
    return plan;
  }

  /** What the plan asks for, as query parameters. */
  parameters(name: EntityName): Parameter[] {
    const { include, includeFields } = this.plan(name);
    return [
      ...(include.length > 0 ? [["include", include.join(",")] as const] : []),
      ...(includeFields.length > 0
        ? [["include_fields", includeFields.join(",")] as const]
        : []),
    ];
  }

  /**
   * Reads an entity by its id; ids asked in the same turn share a request.
   *
   * @returns `null` when there is no such entity.
   */
  load(name: EntityName, id: string): MaybePromise<BigCommerceEntity | null> {
    return this.#batch(name).load(id);
  }

  /** Makes a row of an object that came in a list, and notes it with its id. */
  take(name: EntityName, value: unknown, answer: Answer<unknown>): Row {
    const [id, row] = this.#keyed(name, value, answer);
    if (id !== "") this.#batch(name).prime(id, row);
    return row;
  }

  #batch(name: EntityName): Batch<BigCommerceEntity> {
    let batch = this.#batches.get(name);
    if (!batch) {
      const { path } = entities[name];
      batch = this.#scope.batch<BigCommerceEntity>({
        // Groups are found in the list of all: however many, it is read once.
        maxSize: name === "customer_groups" ? Infinity : maxPageSize,
        get: (ids) => this.#getByIds(name, ids),
        foreignAnswer: (id) =>
          PlatformError.contract(
            this.#api.call(path),
            `asked for ${name} by id, it answered others and not "${id}"`,
          ),
      });
      this.#batches.set(name, batch);
    }
    return batch;
  }

  async #getByIds(
    name: EntityName,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Row>> {
    if (name === "customer_groups") {
      const { found, doubt } = await findGroups(this.#api, ids);
      const groups = this.#byId(name, found);
      if (doubt === null) return groups;
      const doubtful = ids.map((id): [string, Row] => [id, doubt]);
      return new Map([...doubtful, ...groups]);
    }
    const { path, id } = entities[name];
    const answer = await this.#api.list(path, [
      [`${id}:in`, ids.join(",")],
      ["limit", String(maxPageSize)],
      ...this.parameters(name),
    ]);
    return this.#byId(
      name,
      answer.value.data.map((value) => ({ value, answer })),
    );
  }

  /**
   * Rows by the ids that they carry themselves. Of an id that several claim
   * none is shown; nor is then known to be absent what did not come, since one
   * of them may be it: whoever asked finds an answer that nobody asked for.
   */
  #byId(name: EntityName, found: readonly Found[]): Map<string, Row> {
    const rows = new Map(
      found.map(({ value, answer }) => this.#keyed(name, value, answer)),
    );
    const { path, id } = entities[name];
    const disputed = disputedKeys(
      found.map(({ value }) => value),
      (value) => (isObject(value) ? idOf(value[id]) : null),
    );
    for (const key of disputed.size > 0 ? [...disputed, ""] : []) {
      rows.set(key, disputedKey(this.#api.call(path)));
    }
    return rows;
  }

  /**
   * A row with the id that it carries itself. One without an id answers no
   * key: whoever asked finds an answer that nobody asked for.
   */
  #keyed(
    name: EntityName,
    value: unknown,
    { call }: Answer<unknown>,
  ): [string, Row] {
    const id = isObject(value) ? idOf(value[entities[name].id]) : null;
    if (!isObject(value) || id === null) {
      return [
        "",
        PlatformError.contract(call, `expected an entry of ${name} with an id`),
      ];
    }
    const { store, signals } = this.#setup;
    try {
      const context = { storeKey: store, signals, call };
      return [id, toRow(name, id, value, this.plan(name), context)];
    } catch (error) {
      if (error instanceof PlatformError) return [id, error];
      throw error;
    }
  }
}
