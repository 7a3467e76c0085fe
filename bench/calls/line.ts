import type { World } from "./world";

/** One line of the budget: what an operation may cost upstream. */
export interface Line {
  /** Its number in the budget, such as `C3`. */
  readonly id: string;
  /** The operation in short, as the table shows it. */
  readonly shown: string;
  /** The most upstream requests that it may cost, token and retries aside. */
  readonly atMost: number;
  /** The least that any client of the platform could do with. */
  readonly least: number;
  /** Why no client could do with fewer. */
  readonly reason: string;
  readonly query: string;
  readonly variables?: object;
}

/** Asks for something of one store alone. */
export function inStore(key: string, selection: string): string {
  return `{ store(key: "${key}") { ${selection} } }`;
}

/** Asks for the nodes of ids together. */
export function nodesOf(
  ids: readonly string[],
  selection: string,
): Pick<Line, "query" | "variables"> {
  return {
    query: `query ($ids: [ID!]!) { nodes(ids: $ids) { ${selection} } }`,
    variables: { ids },
  };
}

/** Asks for entities as a gateway does. */
export function entitiesOf(
  ids: readonly string[],
  typename: string,
  selection: string,
): Pick<Line, "query" | "variables"> {
  return {
    query: `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${typename} { ${selection} } } }`,
    variables: {
      representations: ids.map((id) => ({ __typename: typename, id })),
    },
  };
}

/** Asks for one thing by its id. */
export function oneOf(
  field: "customerGroup" | "customer",
  id: string | undefined,
  selection: string,
): Pick<Line, "query" | "variables"> {
  return {
    query: `query ($id: ID!) { ${field}(id: $id) { ${selection} } }`,
    variables: { id },
  };
}

/** Asks for things one by one in one operation, each under an alias. */
export function aliasesOf(
  field: "customerGroup" | "customer",
  ids: readonly string[],
  selection: string,
): Pick<Line, "query"> {
  const fields = ids.map(
    (id, index) => `a${index}: ${field}(id: "${id}") { ${selection} }`,
  );
  return { query: `{ ${fields.join(" ")} }` };
}

/** The lines of one part of the budget. */
export type Lines = (world: World) => readonly Line[];
