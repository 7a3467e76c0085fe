import { ClienteleError } from "../domain/errors";
import type { Scope } from "./caller";
import type { OperationContext } from "./operation-context";

/**
 * Refuses what the caller may not read, before anything is sent.
 *
 * @throws ClienteleError `FORBIDDEN`, naming the scope that is missing.
 */
export function requireScope(context: OperationContext, scope: Scope): void {
  if (context.caller.scopes.has(scope)) return;
  throw new ClienteleError(
    "FORBIDDEN",
    `This takes the scope ${scope}, which the caller does not have.`,
    { scope },
  );
}

/**
 * Checks the scopes of fields that are marked with `@Authorized`. An arrow
 * function: type-graphql takes any other for a class to be made.
 */
export const checkScopes = (
  { context }: { readonly context: OperationContext },
  scopes: readonly Scope[],
): boolean => {
  for (const scope of scopes) requireScope(context, scope);
  return true;
};
