import { BadUserInputError } from "../domain/errors";
import { parseGlobalId } from "../domain/global-id";
import type { EntityRow } from "../platforms/platform";
import type { OperationContext, OperationStore } from "./operation-context";
import { requireScope } from "./authorize";
import type { Scope } from "./caller";
import { Store } from "./store";

/** Ids in one list of nodes. */
export const maxNodes = 100;
/** Representations in one request of a gateway. */
const maxRepresentations = 1_000;

/** Where an entity is to be read. */
export interface EntityLocation {
  readonly store: OperationStore;
  readonly kind: string;
  /** The GraphQL object type that the store's platform has for the kind. */
  readonly typename: string;
  /** The right that reading it takes. */
  readonly scope: Scope;
  readonly nativeId: string;
}

/**
 * Finds the place that a global id names. Nothing is sent: everything about
 * the id that can be wrong is found out here.
 *
 * @param argument the argument that holds the id, for the error.
 * @param kind the only kind that will do; any when left out.
 * @throws BadUserInputError
 */
export function locateEntity(
  context: OperationContext,
  id: string,
  argument: string,
  kind?: string,
): EntityLocation {
  const parsed = parseGlobalId(id);
  if (typeof parsed === "string") throw new BadUserInputError(argument, parsed);
  const expected = kind ?? "an entity";
  if (kind !== undefined && parsed.kind !== kind) {
    throw new BadUserInputError(
      argument,
      `is the id of a ${parsed.kind}; expected that of a ${kind}`,
    );
  }
  const store = context.store(parsed.store);
  if (!store) {
    throw new BadUserInputError(
      argument,
      'names no store; "stores { key }" lists them',
    );
  }
  const entityKind = store.platform.kinds.find(
    (candidate) => candidate.kind === parsed.kind,
  );
  if (!entityKind || parsed.nativeId === undefined) {
    throw new BadUserInputError(
      argument,
      `is the id of a ${parsed.kind}, which store "${store.key}" does not have; expected ${expected}`,
    );
  }
  if (!entityKind.isNativeId(parsed.nativeId)) {
    throw new BadUserInputError(
      argument,
      `holds no native id as ${store.platform.title} writes them`,
    );
  }
  return {
    store,
    kind: parsed.kind,
    typename: entityKind.typename,
    scope: entityKind.scope,
    nativeId: parsed.nativeId,
  };
}

/**
 * Reads the entity, or the store, that a global id names.
 *
 * @returns `null` when it does not exist upstream (any more).
 * @throws BadUserInputError for an id that cannot name anything.
 */
export async function readNode(
  context: OperationContext,
  id: string,
  argument: string,
): Promise<EntityRow | Store | null> {
  const parsed = parseGlobalId(id);
  if (typeof parsed !== "string" && parsed.kind === "Store") {
    const store = context.store(parsed.store);
    if (store) return new Store(store.key, store.platform.enumValue);
  }
  const { store, kind, nativeId, scope } = locateEntity(context, id, argument);
  requireScope(context, scope);
  return store.session.entity(kind, nativeId);
}

/** Fields that a reference answers without asking its platform. */
const localFields = new Set(["id", "nativeId", "store"]);

/**
 * Whether whoever refers to an entity has told all that the operation asks of
 * its type, so that it is not read.
 */
export function isAnsweredByReference(
  context: OperationContext,
  typename: string,
): boolean {
  return [...context.projection().fieldsOf(typename)].every((field) =>
    localFields.has(field),
  );
}

/** @throws BadUserInputError for more ids than are read at once. */
export function requireNodes(ids: readonly unknown[]): void {
  requireAtMost(maxNodes, "ids", " ids", ids);
}

/** @throws BadUserInputError for more representations than are read at once. */
export function requireRepresentations(
  representations: readonly unknown[],
): void {
  requireAtMost(maxRepresentations, "representations", "", representations);
}

function requireAtMost(
  most: number,
  argument: string,
  what: string,
  { length }: readonly unknown[],
): void {
  if (length <= most) return;
  throw new BadUserInputError(
    argument,
    `takes at most ${most}${what}, and has ${length}; ask for them in parts`,
  );
}
