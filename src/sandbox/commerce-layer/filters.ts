import {
  filterNotAllowed,
  invalidFilterValue,
  invalidFiltersSyntax,
} from "./errors";
import {
  createTest,
  predicateNames,
  type Refusal,
  type Test,
} from "./predicates";
import type { Row } from "./rows";
import type { Attribute, Relationship, ResourceType } from "./schema";
import { type Entity, type Tables, valueOf } from "./tables";
import type { TypeName } from "./type-declarations";

/** Which records a list has. */
export interface Filter {
  /**
   * A list that holds every record that passes, found by an index, in the
   * numeric order; undefined when no index helps.
   */
  narrow(): readonly Row[] | undefined;
  passes(row: Row): boolean;
}

/** Where a filter looks: an attribute of the type or of a relationship. */
interface Place {
  readonly relationship: Relationship | undefined;
  /** Undefined for `id`. */
  readonly attribute: Attribute | undefined;
}

interface Condition {
  readonly places: readonly { readonly place: Place; readonly test: Test }[];
  /** The ids that the one place must have; undefined for other predicates. */
  readonly ids: readonly string[] | undefined;
}

// The key of a record is a number in the database, so only these make sense.
const ID_PREDICATES =
  /^((not_)?(eq|in)(_or_null)?|not_eq_all|(lt|gt)(eq)?(_any|_all)?|null|not_null|present|blank)$/;

/**
 * Reads the parameters in `filter[q]`.
 *
 * @param parameters each `{attributes}_{predicate}` with its text; an empty
 *   text asks nothing, as in Ransack, whose predicates these are.
 * @throws ApiError for a name that the type cannot be filtered by or a value
 *   that cannot be read.
 */
export function createFilter(
  parameters: readonly (readonly [name: string, value: string])[],
  type: ResourceType,
  schema: ReadonlyMap<string, ResourceType>,
  tables: Tables,
): Filter {
  const conditions = parameters.flatMap(([name, value]) => {
    const condition = createCondition(name, value, type, schema, tables);
    return condition ? [condition] : [];
  });
  return {
    narrow: () => {
      const [found] = conditions
        .map((condition) => findByIndex(condition, type.name, tables))
        .filter((rows) => rows !== undefined)
        .sort((a, b) => a.length - b.length);
      return found;
    },
    passes: (row) =>
      conditions.every(({ places }) =>
        places.some(({ place, test }) =>
          storedAt(place, { type: type.name, row }, tables).some(test),
        ),
      ),
  };
}

/** Takes `filter[q][name]` apart, e.g. into `q` and `name`. */
export function toFilterName(keys: readonly string[], value: string): string {
  if (keys.length === 0) throw invalidFiltersSyntax(value);
  const [first, name] = keys;
  if (first !== "q") throw filterNotAllowed(first ?? "");
  if (name === undefined) throw invalidFiltersSyntax(value);
  if (keys.length > 2 || name === "") throw invalidFiltersSyntax(name);
  return name;
}

function createCondition(
  name: string,
  value: string,
  type: ResourceType,
  schema: ReadonlyMap<string, ResourceType>,
  tables: Tables,
): Condition | undefined {
  const predicate = predicateNames.find((one) => name.endsWith(`_${one}`));
  if (predicate === undefined) throw filterNotAllowed(name);
  const names = name.slice(0, -predicate.length - 1).split("_or_");
  const places = names.map((one) => {
    const place = findPlace(one, type, schema);
    if (!place) throw filterNotAllowed(name);
    return place;
  });
  if (value === "") return undefined;
  const tested = places.map((place) => {
    const test = createPlaceTest(predicate, place, type.name, value, tables);
    if (test === "predicate") throw filterNotAllowed(name);
    if (test === "value") throw invalidFilterValue(value, name);
    return { place, test };
  });
  const byIds =
    places.length === 1 &&
    places[0]?.attribute === undefined &&
    (predicate === "eq" || predicate === "in");
  const ids = predicate === "in" ? [...new Set(value.split(","))] : [value];
  return { places: tested, ids: byIds ? ids : undefined };
}

function findPlace(
  name: string,
  type: ResourceType,
  schema: ReadonlyMap<string, ResourceType>,
): Place | undefined {
  if (name === "id") return { relationship: undefined, attribute: undefined };
  const own = type.attributes.get(name);
  if (own?.filterable) return { relationship: undefined, attribute: own };
  for (const relationship of type.relationships.values()) {
    if (!relationship.filterable || !name.startsWith(`${relationship.name}_`))
      continue;
    const rest = name.slice(relationship.name.length + 1);
    if (rest === "id") return { relationship, attribute: undefined };
    const target = schema.get(relationship.target ?? "");
    const attribute = target?.attributes.get(rest);
    if (attribute?.filterable) return { relationship, attribute };
  }
  return undefined;
}

function createPlaceTest(
  predicate: string,
  { relationship, attribute }: Place,
  type: TypeName,
  value: string,
  tables: Tables,
): Test | Refusal {
  if (attribute) return createTest(predicate, attribute.kind, value);
  if (!ID_PREDICATES.test(predicate)) return "predicate";
  if (!/^(lt|gt)/.test(predicate)) return createTest(predicate, "text", value);
  // Ids are compared by the numeric key that they stand for, as the vendor's
  // own client relies on when it reads on from the last id.
  const target = relationship ? relationship.target : type;
  return createTest(predicate, "number", value, (id) =>
    target ? (tables.find(target, String(id))?.key ?? null) : null,
  );
}

function storedAt(
  { relationship, attribute }: Place,
  entity: Entity,
  tables: Tables,
): readonly unknown[] {
  const name = attribute?.name ?? "id";
  if (!relationship) return [valueOf(entity.row, name)];
  const related = tables.related(entity, relationship);
  // An outer join has a row of nulls where nothing is linked.
  return related.length === 0
    ? [null]
    : related.map(({ row }) => valueOf(row, name));
}

function findByIndex(
  { ids, places }: Condition,
  type: TypeName,
  tables: Tables,
): readonly Row[] | undefined {
  const relationship = places[0]?.place.relationship;
  if (!ids || relationship?.many || (relationship && !relationship.target))
    return undefined;
  if (relationship)
    return inOrder(
      ids.flatMap((id) => tables.ownedBy(type, `${relationship.name}_id`, id)),
    );
  return inOrder(
    ids.map((id) => tables.find(type, id)).filter((row) => row !== undefined),
  );
}

function inOrder(rows: readonly Row[]): readonly Row[] {
  return rows.slice().sort((a, b) => a.key - b.key);
}
