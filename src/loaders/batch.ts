import DataLoader from "dataloader";
import type { Batch, BatchQuestion } from "../platforms/platform";
import { align } from "./align";

/**
 * Makes a batched question for one operation: keys asked in the same turn
 * share a call of at most `maxSize` keys, and a key is asked once.
 */
export function createBatch<Value>(
  question: BatchQuestion<Value>,
): Batch<Value> {
  const ask = async (keys: readonly string[]) => {
    try {
      return align(keys, await question.get(keys), question);
    } catch (error) {
      // DataLoader forgets the keys of a rejected call, and would ask again.
      return keys.map(() => toError(error));
    }
  };
  const loader = new DataLoader<string, Value | null>(ask, {
    maxBatchSize: question.maxSize,
  });
  return {
    load: (key) => loader.load(key),
    prime: (key, value) => {
      loader.prime(key, value);
    },
  };
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error
    ? thrown
    : new Error("A batched question failed.", { cause: thrown });
}
