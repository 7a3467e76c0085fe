import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type SelectionSetNode,
} from "graphql";
import { type Fragments, fragmentsOf } from "../fragments";

/** How large a document is, fragments counted as often as they are spread. */
export interface DocumentMeasure {
  /** Fields above each other, at the deepest place; see {@link measureDocument}. */
  readonly depth: number;
  /** Of all operations together, and of fragments that none of them spreads. */
  readonly selections: number;
  /** Of the operation that has most. */
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
  /** Of the operation whose name is longest. */
  readonly nameLength: number;
  /** How often one response name stands in one place, at the worst one. */
  readonly repetitions: number;
}

/** What a selection set amounts to. */
interface Size {
  selections: number;
  rootFields: number;
  aliases: number;
  directives: number;
  depth: number;
  /** As `depth`, without `ofType`. */
  depthOfTypes: number;
  /** As `depth`, were this the set of an operation. */
  rootDepth: number;
}

/** How far `ofType` may go down: the tools' own queries ask for nine. */
const maxWrappers = 10;

/**
 * The deepest that is walked, fragments' own levels included: deeper documents
 * are measured to here and no further.
 */
const deepest = 500;

/**
 * Measures a document that has been parsed and nothing else: its names may be
 * unknown, its fragments may be missing or spread themselves. Every part of it
 * is looked at once, so that a few lines that stand for millions of fields
 * cost what a few lines cost.
 *
 * The wrappers of types that introspection asks for, `ofType`, add no depth
 * below `__schema` and `__type`. They are known by the fields at the root of
 * the operation, whatever operations and fragments are called.
 *
 * @param maxSelections above which repetitions are not counted: the document
 *   is too large anyhow, and counting them would take as long.
 */
export function measureDocument(
  document: DocumentNode,
  maxSelections: number,
): DocumentMeasure {
  const fragments = fragmentsOf(document);
  const sizes = new Map<string, Size>();
  const roots: SelectionSetNode[] = [];
  const measure = {
    depth: 0,
    selections: 0,
    aliases: 0,
    rootFields: 0,
    directives: 0,
    nameLength: 0,
    repetitions: 0,
  };
  const addRoot = (set: SelectionSetNode, size: Size, directives: number) => {
    roots.push(set);
    measure.selections += size.selections;
    measure.depth = Math.max(measure.depth, size.rootDepth);
    measure.aliases = Math.max(measure.aliases, size.aliases);
    measure.rootFields = Math.max(measure.rootFields, size.rootFields);
    measure.directives = Math.max(
      measure.directives,
      size.directives + directives,
    );
  };
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const { name, selectionSet, variableDefinitions = [] } = definition;
    measure.nameLength = Math.max(measure.nameLength, name?.value.length ?? 0);
    addRoot(
      selectionSet,
      sizeOf(selectionSet, fragments, sizes, 0),
      [definition, ...variableDefinitions].reduce(
        (sum, { directives }) => sum + (directives?.length ?? 0),
        0,
      ),
    );
  }
  // Validation refuses those that no operation spreads, but walks them first.
  for (const [name, fragment] of Object.entries(fragments)) {
    if (!fragment || sizes.has(name)) continue;
    addRoot(
      fragment.selectionSet,
      sizeOfFragment(name, fragments, sizes, 0),
      fragment.directives?.length ?? 0,
    );
  }
  if (measure.selections <= maxSelections && measure.depth <= deepest) {
    measure.repetitions = mostRepetitions(roots, fragments, maxSelections);
  }
  return measure;
}

function sizeOf(
  { selections }: SelectionSetNode,
  fragments: Fragments,
  sizes: Map<string, Size>,
  level: number,
): Size {
  const size = emptySize();
  if (level > deepest) {
    size.depth = size.rootDepth = size.depthOfTypes = level;
    return size;
  }
  for (const selection of selections) {
    size.selections += 1;
    size.directives += selection.directives?.length ?? 0;
    switch (selection.kind) {
      case Kind.FIELD: {
        const below = selection.selectionSet
          ? sizeOf(selection.selectionSet, fragments, sizes, level + 1)
          : emptySize();
        add(size, below);
        size.rootFields += 1;
        if (selection.alias) size.aliases += 1;
        deepen(size, depthsOf(selection, below));
        break;
      }
      case Kind.INLINE_FRAGMENT:
        spread(
          size,
          sizeOf(selection.selectionSet, fragments, sizes, level + 1),
        );
        break;
      case Kind.FRAGMENT_SPREAD:
        spread(
          size,
          sizeOfFragment(selection.name.value, fragments, sizes, level + 1),
        );
    }
  }
  return size;
}

function sizeOfFragment(
  name: string,
  fragments: Fragments,
  sizes: Map<string, Size>,
  level: number,
): Size {
  const known = sizes.get(name);
  if (known) return known;
  // Stands for the fragment within itself: validation refuses that.
  sizes.set(name, emptySize());
  const fragment = fragments[name];
  if (!fragment) return emptySize();
  const size = sizeOf(fragment.selectionSet, fragments, sizes, level);
  sizes.set(name, size);
  return size;
}

function emptySize(): Size {
  return {
    selections: 0,
    rootFields: 0,
    aliases: 0,
    directives: 0,
    depth: 0,
    depthOfTypes: 0,
    rootDepth: 0,
  };
}

function add(size: Size, below: Size): void {
  size.selections += below.selections;
  size.aliases += below.aliases;
  size.directives += below.directives;
}

function spread(size: Size, fragment: Size): void {
  add(size, fragment);
  size.rootFields += fragment.rootFields;
  deepen(size, fragment);
}

type Depths = Pick<Size, "depth" | "depthOfTypes" | "rootDepth">;

function deepen(size: Size, { depth, depthOfTypes, rootDepth }: Depths): void {
  size.depth = Math.max(size.depth, depth);
  size.depthOfTypes = Math.max(size.depthOfTypes, depthOfTypes);
  size.rootDepth = Math.max(size.rootDepth, rootDepth);
}

function depthsOf({ name: { value: name } }: FieldNode, below: Size): Depths {
  const depth = below.depth + 1;
  const depthOfTypes = below.depthOfTypes + (name === "ofType" ? 0 : 1);
  const isIntrospection = name === "__schema" || name === "__type";
  return {
    depth,
    depthOfTypes,
    rootDepth: isIntrospection
      ? Math.max(depthOfTypes, depth - maxWrappers)
      : depth,
  };
}

/**
 * How often a response name stands in one place at the most: validation
 * compares all of those with each other.
 */
function mostRepetitions(
  roots: readonly SelectionSetNode[],
  fragments: Fragments,
  maxSelections: number,
): number {
  let most = 0;
  // A fragment that spreads itself would go on for ever.
  let left = maxSelections;
  const visitPlace = (sets: readonly SelectionSetNode[], level: number) => {
    const fields = new Map<
      string,
      { count: number; below: SelectionSetNode[] }
    >();
    const gather = ({ selections }: SelectionSetNode, depth: number) => {
      for (const selection of selections) {
        left -= 1;
        if (left < 0 || depth > deepest) return;
        if (selection.kind === Kind.FIELD) {
          const key = (selection.alias ?? selection.name).value;
          const found = fields.get(key) ?? { count: 0, below: [] };
          fields.set(key, found);
          found.count += 1;
          most = Math.max(most, found.count);
          if (selection.selectionSet) found.below.push(selection.selectionSet);
          continue;
        }
        const set =
          selection.kind === Kind.INLINE_FRAGMENT
            ? selection.selectionSet
            : fragments[selection.name.value]?.selectionSet;
        if (set) gather(set, depth + 1);
      }
    };
    for (const set of sets) gather(set, level);
    for (const { below } of fields.values()) {
      if (below.length > 0) visitPlace(below, level + 1);
    }
  };
  for (const root of roots) visitPlace([root], 0);
  return most;
}
