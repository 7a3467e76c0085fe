import type { DocumentNode, OperationDefinitionNode } from "graphql";
import { LRUCache } from "lru-cache";
import type { CompiledOperation } from "../graph/execution/compile-operation";

/** An operation that was parsed, checked, validated and planned before. */
export interface KnownOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly compiled: CompiledOperation;
}

/**
 * How much source of known documents is kept, in characters: a document takes
 * some hundred times its source in memory.
 */
export const maxKnownSource = 500_000;
/** A longer document is parsed every time. */
export const maxKnownSourceOfOne = 50_000;
/** What the shortest one is taken to have. */
export const leastKnownSource = 1_000;

/** Operations by the text that they came in. The least used ones are forgotten. */
export class KnownOperations {
  readonly #known = new LRUCache<
    string,
    // Null stands for no name, which an empty one is not.
    Map<string | null, KnownOperation>
  >({
    maxSize: maxKnownSource,
    maxEntrySize: maxKnownSourceOfOne,
    sizeCalculation: (_, source) => Math.max(source.length, leastKnownSource),
  });

  get(
    source: string,
    operationName: string | null | undefined,
  ): KnownOperation | undefined {
    return this.#known.get(source)?.get(operationName ?? null);
  }

  add(
    source: string,
    operationName: string | null | undefined,
    operation: KnownOperation,
  ): void {
    const operations =
      this.#known.get(source) ?? new Map<string | null, KnownOperation>();
    this.#known.set(source, operations.set(operationName ?? null, operation));
  }
}
