import type { JsonObject } from "../json";
import type { Fields } from "./fields";
import type { IncludeTree } from "./includes";
import { type Age, getSchema, oldNames } from "./schema";
import { type Entity, type Tables, valueOf } from "./tables";

/** The organization of every token and, in the current age, every record. */
export const ORGANIZATION_ID = "wJdYbFqPoe";

/** How documents are to look. */
export interface DocumentStyle {
  readonly origin: string;
  readonly age: Age;
  readonly fields: Fields;
  readonly include: IncludeTree;
  /** Puts what has no promised order into one. */
  readonly arrange: <T>(items: readonly T[]) => readonly T[];
}

/** The parts of a document that hold records. */
export interface DocumentData {
  readonly data: readonly object[];
  /** Undefined when nothing is included: the member is left out then. */
  readonly included: readonly object[] | undefined;
}

type Linkage = readonly Entity[];

interface Visited {
  readonly entity: Entity;
  readonly linkages: Map<string, Linkage>;
  readonly trees: Set<IncludeTree>;
}

/** Makes the resource objects of a document; each record occurs once. */
export function toDocumentData(
  primary: readonly Entity[],
  tables: Tables,
  style: DocumentStyle,
): DocumentData {
  const schema = getSchema(style.age);
  const visited = new Map<string, Visited>();
  const visit = (entity: Entity, tree: IncludeTree): void => {
    const key = keyOf(entity);
    let node = visited.get(key);
    if (!node) {
      node = { entity, linkages: new Map(), trees: new Set() };
      visited.set(key, node);
    }
    if (node.trees.has(tree)) return;
    node.trees.add(tree);
    for (const [name, branch] of tree.branches) {
      const relationship = schema.get(entity.type)?.relationships.get(name);
      if (!relationship || !hasName(entity, name, style.age)) continue;
      let linkage = node.linkages.get(name);
      if (!linkage) {
        linkage = style.arrange(tables.related(entity, relationship));
        node.linkages.set(name, linkage);
      }
      for (const related of linkage) visit(related, branch);
    }
  };
  for (const entity of primary) visit(entity, style.include);

  const primaryKeys = new Set(primary.map(keyOf));
  const toObject = (node: Visited) =>
    toResource(node.entity, node.linkages, style);
  const data = primary.map((entity) =>
    toResource(entity, visited.get(keyOf(entity))?.linkages ?? NONE, style),
  );
  if (visited.size === primaryKeys.size) return { data, included: undefined };
  const others = [...visited.values()].filter(
    ({ entity }) => !primaryKeys.has(keyOf(entity)),
  );
  return { data, included: style.arrange(others).map(toObject) };
}

const NONE: ReadonlyMap<string, Linkage> = new Map();

function keyOf({ type, row }: Entity): string {
  return `${type}/${row.id}`;
}

function hasName({ type, row }: Entity, name: string, age: Age): boolean {
  return (
    !row.old || age !== "current" || (oldNames[type]?.includes(name) ?? true)
  );
}

function toResource(
  entity: Entity,
  linkages: ReadonlyMap<string, Linkage>,
  { origin, age, fields }: DocumentStyle,
): object {
  const { type: typeName, row } = entity;
  const type = getSchema(age).get(typeName);
  const wanted = fields.get(typeName);
  const self = `${origin}/api/${typeName}/${row.id}`;
  const isShown = (name: string) =>
    (wanted?.has(name) ?? true) && hasName(entity, name, age);

  const attributes: Record<string, unknown> = {};
  for (const name of type?.attributes.keys() ?? [])
    if (isShown(name)) attributes[name] = valueOf(row, name);

  const relationships: Record<string, object> = {};
  for (const { name, many } of type?.relationships.values() ?? []) {
    if (!isShown(name)) continue;
    const links = {
      self: `${self}/relationships/${name}`,
      related: `${self}/${name}`,
    };
    const linkage = linkages.get(name);
    if (!linkage) {
      relationships[name] = { links };
      continue;
    }
    const identifiers = linkage.map((related) => ({
      type: related.type,
      id: related.row.id,
    }));
    relationships[name] = {
      links,
      data: many ? identifiers : (identifiers[0] ?? null),
    };
  }

  const resource: Record<string, unknown> = {
    id: row.id,
    type: typeName,
    links: { self },
  };
  // The platform leaves an empty member out.
  if (Object.keys(attributes).length > 0) resource["attributes"] = attributes;
  if (Object.keys(relationships).length > 0)
    resource["relationships"] = relationships;
  resource["meta"] = metaOf(entity, age);
  return resource;
}

function metaOf({ row }: Entity, age: Age): JsonObject {
  return row.old || age !== "current"
    ? { mode: "test" }
    : { mode: "test", organization_id: ORGANIZATION_ID };
}
