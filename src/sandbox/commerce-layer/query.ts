import { paramNotAllowed } from "./errors";
import { type Fields, toFields } from "./fields";
import { createFilter, type Filter, toFilterName } from "./filters";
import { type IncludeTree, toIncludeTree } from "./includes";
import { type Page, type Parameter, toPage } from "./paging";
import type { ResourceType } from "./schema";
import { createSort, type Sort } from "./sorting";
import type { Tables } from "./tables";

/** What the query of a request for one record asks. */
export interface RecordQuery {
  readonly fields: Fields;
  readonly include: IncludeTree;
}

/** What the query of a request for a list asks. */
export interface ListQuery extends RecordQuery {
  readonly filter: Filter;
  /** Undefined when the request names no order. */
  readonly sort: Sort | undefined;
  readonly page: Page;
  /** All parameters, each once. */
  readonly parameters: readonly Parameter[];
}

/**
 * Takes a query apart. Of a parameter that comes twice the last counts.
 *
 * @param query decoded names and values.
 */
export function toParameters(
  query: readonly (readonly [string, string])[],
): readonly Parameter[] {
  return [...new Map(query)].map(([full, value]) => {
    const name = /^[^[]*/.exec(full)?.[0] ?? "";
    const brackets = full.slice(name.length);
    const keys = [...brackets.matchAll(/\[([^\]]*)\]/g)].map(
      ([, key]) => key ?? "",
    );
    if (keys.map((key) => `[${key}]`).join("") !== brackets)
      throw paramNotAllowed(full);
    return { name, keys, value };
  });
}

/**
 * Reads the query of a request for one record.
 *
 * @throws ApiError for a parameter that is unknown or wrong, those of lists
 *   among them.
 */
export function toRecordQuery(
  parameters: readonly Parameter[],
  type: ResourceType,
  schema: ReadonlyMap<string, ResourceType>,
): RecordQuery {
  allowOnly(["fields", "include"], parameters);
  return {
    fields: toFields(named("fields", parameters), schema),
    include: toIncludeTree(valueNamed("include", parameters), type, schema),
  };
}

/**
 * Reads the query of a request for a list.
 *
 * @throws ApiError for a parameter that is unknown or wrong.
 */
export function toListQuery(
  parameters: readonly Parameter[],
  type: ResourceType,
  schema: ReadonlyMap<string, ResourceType>,
  tables: Tables,
): ListQuery {
  allowOnly(["fields", "filter", "include", "page", "sort"], parameters);
  const filters = named("filter", parameters).map(
    ({ keys, value }) => [toFilterName(keys, value), value] as const,
  );
  return {
    fields: toFields(named("fields", parameters), schema),
    include: toIncludeTree(valueNamed("include", parameters), type, schema),
    filter: createFilter(filters, type, schema, tables),
    sort: createSort(valueNamed("sort", parameters), type, schema, tables),
    page: toPage(named("page", parameters)),
    parameters,
  };
}

function allowOnly(
  names: readonly string[],
  parameters: readonly Parameter[],
): void {
  for (const { name, keys } of parameters) {
    const plain = name === "include" || name === "sort";
    if (!names.includes(name) || (plain && keys.length > 0))
      throw paramNotAllowed(name);
  }
}

function named(wanted: string, parameters: readonly Parameter[]) {
  return parameters.filter(({ name }) => name === wanted);
}

function valueNamed(wanted: string, parameters: readonly Parameter[]): string {
  return named(wanted, parameters)[0]?.value ?? "";
}
