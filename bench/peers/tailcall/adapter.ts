import { nativeId } from "../adapter";
import {
  type CustomerResource,
  type Document,
  type Entry,
  type GroupResource,
  type Variables,
  groupOf,
  plainShapes,
  toAdapter,
} from "../rest-shapes";

type Customer = CustomerResource & {
  readonly customerGroup: Document<GroupResource | null>;
};

interface Customers {
  readonly commerceLayerCustomers: Document<readonly Customer[]>;
}

interface Entities {
  readonly _entities: readonly Document<Customer>[];
}

interface Reference {
  readonly id: string;
}

/**
 * For Tailcall. It has no B5: it repeats a parameter for each id, of which
 * BigCommerce reads one, and a rule without a product fails the whole answer.
 */
export const tailcallAdapter = toAdapter({
  ...plainShapes,
  C3: {
    query: customers("customerGroup { data { attributes { name } } }"),
    checkQuery: customers(
      "id customerGroup { data { id attributes { name } } }",
    ),
    variables: (variables) => variables,
    entries: ({ commerceLayerCustomers: { data } }: Customers) =>
      data.flatMap(({ id, customerGroup }) => toGroup(id, customerGroup)),
  },
  entities: {
    query: entities(""),
    checkQuery: entities("id"),
    variables: ({
      representations,
    }: {
      representations: readonly Reference[];
    }) => ({
      representations: representations.map(({ id }) => ({
        __typename: "CommerceLayerCustomerDocument",
        id: nativeId(id),
      })),
    }),
    entries: ({ _entities: found }: Entities, variables: Variables) =>
      (variables["representations"] as readonly Reference[]).flatMap(
        ({ id }, place): readonly Entry[] => {
          const customer = found[place]?.data;
          return [
            [`customer ${id}`, customer?.attributes.email ?? null],
            ...toGroup(id, customer?.customerGroup),
          ];
        },
      ),
  },
});

function customers(fields: string): string {
  return `query C3($from: String) {
    commerceLayerCustomers(from: $from, first: 25) { data { ${fields} } }
  }`;
}

function entities(id: string): string {
  return `query Entities($representations: [_Any!]!) {
    _entities(representations: $representations) {
      ... on CommerceLayerCustomerDocument {
        data { attributes { email } customerGroup { data { ${id} attributes { name } } } }
      }
    }
  }`;
}

function toGroup(
  customer: string,
  group: Document<GroupResource | null> | undefined,
): readonly Entry[] {
  const { id = null, attributes = null } = group?.data ?? {};
  return groupOf(customer, id, attributes?.name ?? null);
}
