import { type DocumentNode, type FragmentDefinitionNode, Kind } from "graphql";

/** The fragments of a document by name; no other name gives anything. */
export type Fragments = Readonly<
  Record<string, FragmentDefinitionNode | undefined>
>;

/** Of two of one name, which no valid document has, the last. */
export function fragmentsOf({ definitions }: DocumentNode): Fragments {
  // Without a prototype: a fragment may be called like a member of it.
  const fragments = Object.create(null) as Record<
    string,
    FragmentDefinitionNode
  >;
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments[definition.name.value] = definition;
    }
  }
  return fragments;
}
