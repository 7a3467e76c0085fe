import { PlatformError } from "../../domain/errors";
import type {
  Batch,
  MaybePromise,
  OperationScope,
  StoreSignals,
} from "../platform";
import { disputedKey, disputedKeys } from "../disputed-keys";
import { type Answer, type CommerceLayerApi, maxPageSize } from "./api";
import type { CommerceLayerResource } from "./graph/resource";
import { toRow } from "./mapping";
import { type ReadPlan, type UnknownNames, planReadOnce } from "./plan";
import { resources } from "./resources";
import {
  type CollectionDocument,
  type ResourceType,
  idOf,
  narrowResource,
  typeOf,
} from "./wire";

/** A row, or the reason why it cannot be shown. */
export type Row = CommerceLayerResource | Error;

export interface ReaderSetup {
  readonly store: string;
  readonly learned: UnknownNames;
  readonly signals: StoreSignals;
}

/**
 * The resources that an operation has read, by type and id. Whatever way a
 * resource came, alone, in a list or included, it is read once.
 */
export class ResourceReader {
  readonly #api: CommerceLayerApi;
  readonly #scope: OperationScope;
  readonly #setup: ReaderSetup;
  readonly #batches = new Map<ResourceType, Batch<CommerceLayerResource>>();

  constructor(
    api: CommerceLayerApi,
    scope: OperationScope,
    setup: ReaderSetup,
  ) {
    this.#api = api;
    this.#scope = scope;
    this.#setup = setup;
  }

  /** What to ask of a type, as the operation selects it. */
  plan(type: ResourceType): () => ReadPlan {
    return () =>
      planReadOnce(this.#scope.projection, type, this.#setup.learned);
  }

  /**
   * Reads a resource by its id; ids asked in the same turn share a request.
   *
   * @returns `null` when there is no such resource.
   */
  load(
    type: ResourceType,
    id: string,
  ): MaybePromise<CommerceLayerResource | null> {
    return this.#batch(type).load(id);
  }

  /**
   * Makes a row of a resource that came in an answer, and notes it together
   * with its id.
   */
  take(type: ResourceType, value: unknown, answer: Answer<unknown>): Row {
    const [id, row] = this.#keyed(type, value, answer);
    if (id !== "") this.#batch(type).prime(id, row);
    return row;
  }

  /** Notes the resources that came included, whole. */
  takeIncluded(
    answer: Answer<{ readonly included: readonly unknown[] }>,
  ): void {
    for (const value of answer.document.included) {
      const type = typeOf(value);
      if (type !== undefined && isKnown(type) && type !== answer.plan.partial) {
        this.take(type, value, answer);
      }
    }
  }

  #batch(type: ResourceType): Batch<CommerceLayerResource> {
    let batch = this.#batches.get(type);
    if (!batch) {
      batch = this.#scope.batch<CommerceLayerResource>({
        maxSize: maxPageSize,
        get: (ids) => this.#getByIds(type, ids),
        foreignAnswer: (id) =>
          PlatformError.contract(
            this.#api.call(`GET /api/${type}`),
            `asked for ${type} by id, it answered others and not "${id}"`,
          ),
      });
      this.#batches.set(type, batch);
    }
    return batch;
  }

  async #getByIds(
    type: ResourceType,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Row>> {
    const [only = ""] = ids;
    if (ids.length === 1) {
      const answer = await this.#api.retrieve(type, only, this.plan(type));
      if (!answer) return new Map();
      this.takeIncluded(answer);
      return new Map([this.#keyed(type, answer.document.data, answer)]);
    }
    const answer = await this.#api.list(type, this.plan(type), [
      ["filter[q][id_in]", ids.join(",")],
      ["page[number]", "1"],
      ["page[size]", String(maxPageSize)],
    ]);
    this.takeIncluded(answer);
    return this.#byId(type, answer);
  }

  /**
   * Rows by the ids that they carry themselves. Of an id that several claim
   * none is shown; nor is then known to be absent what did not come, since one
   * of them may be it: whoever asked finds an answer that nobody asked for.
   */
  #byId(
    type: ResourceType,
    answer: Answer<CollectionDocument>,
  ): Map<string, Row> {
    const { data } = answer.document;
    const rows = new Map(data.map((value) => this.#keyed(type, value, answer)));
    const disputed = disputedKeys(data, idOf);
    for (const key of disputed.size > 0 ? [...disputed, ""] : []) {
      rows.set(key, disputedKey(answer.call));
    }
    return rows;
  }

  /**
   * A row with the id that it carries itself. One without an id answers no
   * key: whoever asked finds an answer that nobody asked for.
   */
  #keyed(
    type: ResourceType,
    value: unknown,
    { plan, call }: Answer<unknown>,
  ): [string, Row] {
    const resource = narrowResource(value);
    if (!resource || resource.type !== type) {
      return [
        "",
        PlatformError.contract(
          call,
          `expected a resource of type ${type} with an id`,
        ),
      ];
    }
    const { store, signals } = this.#setup;
    try {
      const row = toRow(type, resource, plan.types.get(type), {
        storeKey: store,
        signals,
        call,
      });
      return [resource.id, row];
    } catch (error) {
      if (error instanceof PlatformError) return [resource.id, error];
      throw error;
    }
  }
}

function isKnown(type: string): type is ResourceType {
  return Object.hasOwn(resources, type);
}
