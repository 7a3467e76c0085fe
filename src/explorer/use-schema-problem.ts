import { useEditorContext, useSchemaStore } from "@graphiql/react";
import { useEffect, useRef } from "react";
import { type Cost, readAnswer } from "./read-answer";

/** What keeps the schema from the page. */
export type SchemaProblem = "tokenMissing" | "unreadable";

/**
 * Reads the schema again when an answer shows that the server knows the caller
 * by now, and leaves that answer in sight if there is no schema all the same.
 *
 * @param answer as text: the one that is shown.
 * @param cost what it says of its cost.
 * @returns undefined while nothing keeps the schema away.
 */
export function useSchemaProblem(
  answer: string | null,
  cost: Cost,
): SchemaProblem | undefined {
  const { responseEditor } = useEditorContext({ nonNull: true });
  const schemaStore = useSchemaStore();
  const { fetchError } = schemaStore;
  const problem = fetchError === null ? undefined : problemOf(fetchError);

  const triedFor = useRef<string | null>(null);
  const isDue = problem === "tokenMissing" && isOfKnownCaller(cost);
  useEffect(() => {
    // Once for an answer: the schema may be refused again.
    if (!isDue || triedFor.current === answer) return;
    triedFor.current = answer;
    void schemaStore.introspect();
  }, [isDue, answer]);

  useEffect(() => {
    // GraphiQL has written the error over the answer.
    if (fetchError !== null && answer) responseEditor?.setValue(answer);
  }, [fetchError]);
  return problem;
}

function problemOf(fetchError: string): SchemaProblem {
  return readAnswer(fetchError).cost.kind === "unauthenticated"
    ? "tokenMissing"
    : "unreadable";
}

function isOfKnownCaller({ kind }: Cost): boolean {
  return kind === "told" || kind === "untold" || kind === "refused";
}
