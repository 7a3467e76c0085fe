import { type ConstDirectiveNode, valueFromASTUntyped } from "graphql";
import type { Scope } from "./caller";

/** A type of the schema, or a field of an object type. */
interface SchemaPart {
  readonly astNode?:
    | { readonly directives?: readonly ConstDirectiveNode[] | undefined }
    | null
    | undefined;
}

const required = new WeakMap<SchemaPart, readonly Scope[]>();

/**
 * Whether a caller has all rights that a part of the schema takes by its
 * `@requiresScopes`, which says just what the resolvers enforce.
 */
export function isAllowed(
  scopes: ReadonlySet<Scope>,
  part: SchemaPart,
): boolean {
  let all = required.get(part);
  if (!all) {
    all = requiredBy(part);
    required.set(part, all);
  }
  return all.every((scope) => scopes.has(scope));
}

function requiredBy({ astNode }: SchemaPart): readonly Scope[] {
  const scopes = astNode?.directives
    ?.find(({ name }) => name.value === "requiresScopes")
    ?.arguments?.find(({ name }) => name.value === "scopes");
  if (!scopes) return [];
  // A list of alternatives, of which the schema never has more than one.
  const [all = []] = valueFromASTUntyped(scopes.value) as Scope[][];
  return all;
}
