import { useState } from "react";
import type { CombinedError } from "urql";

interface Answer {
  readonly fetching: boolean;
  readonly error?: CombinedError | undefined;
}

/**
 * The answer of urql's `useQuery` with its error until the next one has come:
 * urql drops it when the same is asked again, and what is known of the trouble
 * would go from the screen while nothing better is there.
 */
export function useKeptError<Given extends Answer>(answer: Given): Given {
  const [last, setLast] = useState(answer.error);
  if (answer.fetching) return { ...answer, error: last };
  if (answer.error !== last) setLast(answer.error);
  return answer;
}
