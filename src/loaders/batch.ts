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
  const loader = new DataLoader<string, Value | null>(
    async (keys) => align(keys, await question.get(keys), question),
    { maxBatchSize: question.maxSize },
  );
  return {
    load: (key) => loader.load(key),
    prime: (key, value) => {
      loader.prime(key, value);
    },
  };
}
