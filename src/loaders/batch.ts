import DataLoader from "dataloader";
import type { Batch, BatchQuestion } from "../platforms/platform";
import { inSpan } from "../telemetry/spans";
import { align } from "./align";

/**
 * Makes a batched question for one operation: keys asked in the same turn
 * share a call of at most `maxSize` keys, and a key is asked once.
 *
 * @param store the key of the store that is asked, for traces.
 */
export function createBatch<Value>(
  question: BatchQuestion<Value>,
  store: string,
): Batch<Value> {
  const known = new Map<string, Value | null>();
  const ask = async (keys: readonly string[]) => {
    try {
      const answers = await inSpan(
        {
          name: "batch",
          attributes: {
            "clientele.store": store,
            "clientele.batch.size": keys.length,
          },
        },
        () => question.get(keys),
      );
      const aligned = align(keys, answers, question);
      keys.forEach((key, index) => {
        const answer = aligned[index];
        // An error stays with the loader, which rejects with it.
        if (answer !== undefined && !(answer instanceof Error)) {
          known.set(key, answer);
        }
      });
      return aligned;
    } catch (error) {
      // DataLoader forgets the keys of a rejected call, and would ask again.
      return keys.map(() => toError(error));
    }
  };
  const loader = new DataLoader<string, Value | null>(ask, {
    maxBatchSize: question.maxSize,
  });
  return {
    load: (key) => {
      const answer = known.get(key);
      return answer === undefined ? loader.load(key) : answer;
    },
    prime: (key, value) => {
      if (known.has(key)) return;
      if (value instanceof Error) loader.prime(key, value);
      else known.set(key, value);
    },
  };
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error
    ? thrown
    : new Error("A batched question failed.", { cause: thrown });
}
