import { type ShapeName, storeKeys } from "../lib/shapes";
import { type Adapter, checkVariables, nativeId } from "./adapter";

/**
 * A shape in the words of a schema that shows the platforms' own answers, as
 * engines make it of REST.
 */
export interface RestShape {
  readonly query: string;
  /** The same with ids. */
  readonly checkQuery: string;
  /** @param variables the shape's. */
  readonly variables: (variables: never) => Variables;
  readonly entries: (data: never, variables: Variables) => readonly Entry[];
}

/** A value by its row and field. */
export type Entry = readonly [key: string, value: string | null];
export type Variables = Record<string, unknown>;

export interface Named {
  readonly name: string;
}

interface NamedRow extends Named {
  readonly id: number;
}

/** A JSON:API document. */
export interface Document<Data> {
  readonly data: Data;
}

/** A JSON:API resource. */
export interface Resource<Attributes> {
  readonly id: string;
  readonly attributes: Attributes;
}

export type CustomerResource = Resource<{ readonly email: string }>;
export type GroupResource = Resource<Named>;

/** What a server cannot be asked is left out. */
export type RestShapes = Readonly<Partial<Record<ShapeName, RestShape>>>;

/** Asks in the words of a schema of its own. */
export function toAdapter(shapes: RestShapes): Adapter {
  return {
    operation: (shape, n) => {
      const known = shapes[shape.name];
      if (!known) return null;
      const variables = known.variables(shape.variables(n) as never);
      return { query: known.query, variables };
    },
    check: (shape, n) => {
      const known = shapes[shape.name];
      if (!known) return null;
      const variables = known.variables(checkVariables(shape, n) as never);
      return {
        operation: { query: known.checkQuery, variables },
        toValues: (data) => new Map(known.entries(data as never, variables)),
      };
    },
  };
}

/** The shapes that need no link, or a link of one row, read the same anywhere. */
export const plainShapes: RestShapes = {
  C6: {
    query: groupWithMembers(""),
    checkQuery: groupWithMembers("id"),
    variables: ({ id }: { id: string }) => ({ id: nativeId(id) }),
    entries: ({ commerceLayerGroup: { data: group } }: GroupWithMembers) => [
      [`group ${group.id}`, group.attributes.name],
      ...group.customers.data.map(({ id, attributes }): Entry => [
        `customer ${id}`,
        attributes.email,
      ]),
    ],
  },
  E2: {
    query: ecwidCustomers("customerGroupId customerGroupName"),
    checkQuery: ecwidCustomers("id customerGroupId customerGroupName"),
    variables: ({ from }: { from: string }) => ({
      from: Date.parse(from) / 1_000,
    }),
    entries: ({ ecwidCustomers: { items } }: EcwidCustomers) =>
      items.flatMap(({ id, customerGroupId, customerGroupName }) =>
        groupOf(String(id), String(customerGroupId), customerGroupName),
      ),
  },
  S2: {
    query: groups("attributes { name }", "name"),
    checkQuery: groups("id attributes { name }", "id name"),
    variables: (variables) => variables,
    entries: (found: FoundGroups) => [
      ...found.commerceLayerGroups.data.map(({ id, attributes }): Entry => [
        `${storeKeys.commerceLayer} group ${id}`,
        attributes.name,
      ]),
      ...found.bigCommerceGroups.map(({ id, name }): Entry => [
        `${storeKeys.bigCommerce} group ${id}`,
        name,
      ]),
      ...found.ecwidGroups.items.map(({ id, name }): Entry => [
        `${storeKeys.ecwid} group ${id}`,
        name,
      ]),
    ],
  },
};

/** A customer's group, as every check names it. */
export function groupOf(
  customer: string,
  id: string | null,
  name: string | null,
): readonly Entry[] {
  const key = `customer ${customer} group`;
  return [
    [`${key} id`, id],
    [`${key} name`, name],
  ];
}

interface GroupWithMembers {
  readonly commerceLayerGroup: Document<
    GroupResource & {
      readonly customers: Document<readonly CustomerResource[]>;
    }
  >;
}

interface EcwidCustomers {
  readonly ecwidCustomers: {
    readonly items: readonly {
      readonly id: number;
      readonly customerGroupId: number;
      readonly customerGroupName: string;
    }[];
  };
}

interface FoundGroups {
  readonly commerceLayerGroups: Document<readonly GroupResource[]>;
  readonly bigCommerceGroups: readonly NamedRow[];
  readonly ecwidGroups: { readonly items: readonly NamedRow[] };
}

function groupWithMembers(id: string): string {
  return `query C6($id: String!) {
    commerceLayerGroup(id: $id) {
      data {
        ${id}
        attributes { name }
        customers(first: 10) { data { ${id} attributes { email } } }
      }
    }
  }`;
}

function ecwidCustomers(fields: string): string {
  return `query E2($from: Int) {
    ecwidCustomers(from: $from, first: 100) { items { ${fields} } }
  }`;
}

function groups(resource: string, fields: string): string {
  return `query S2($part: String) {
    commerceLayerGroups(nameContains: $part, first: 5) { data { ${resource} } }
    bigCommerceGroups(nameContains: $part, first: 5) { ${fields} }
    ecwidGroups(nameContains: $part, first: 5) { items { ${fields} } }
  }`;
}
