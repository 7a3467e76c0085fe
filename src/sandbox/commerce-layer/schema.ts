import {
  type TypeDeclaration,
  typeDeclarations,
  type TypeName,
  typeNames,
} from "./type-declarations";

/**
 * The ages that the API has had: `current`; `seed`, as its documentation showed
 * it about 2022; `legacy`, as it did in the middle of 2019.
 */
export const ages = ["current", "seed", "legacy"] as const;

/** One of the ages of the API. */
export type Age = (typeof ages)[number];

/** An attribute as the API of one age knows it. */
export interface Attribute {
  readonly name: string;
  readonly kind: "text" | "date" | "number" | "boolean" | "json";
  readonly filterable: boolean;
  readonly sortable: boolean;
}

/** A relationship as the API of one age knows it. */
export interface Relationship {
  readonly name: string;
  readonly many: boolean;
  /** Undefined when the room serves no records of that type. */
  readonly target: TypeName | undefined;
  readonly filterable: boolean;
  readonly sortable: boolean;
  readonly includable: boolean;
}

/** A type as the API of one age knows it; the order is that of documents. */
export interface ResourceType {
  readonly name: TypeName;
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly relationships: ReadonlyMap<string, Relationship>;
}

/** What records from before the newer names have: see `Row.old`. */
export const oldNames: Readonly<Record<string, readonly string[]>> = {
  customer_groups: [
    ...["name", "created_at", "updated_at", "reference", "reference_origin"],
    ...["metadata", "customers", "markets", "attachments"],
  ],
  customers: [
    ...["email", "status", "has_password", "created_at", "updated_at"],
    ...["reference", "reference_origin", "metadata", "customer_group"],
    ...["customer_addresses", "customer_payment_sources"],
    ...["customer_subscriptions", "orders", "order_subscriptions", "returns"],
    "attachments",
  ],
};

const cache = new Map<Age, ReadonlyMap<string, ResourceType>>();

/** The types of one age by name, the same object every time. */
export function getSchema(age: Age): ReadonlyMap<string, ResourceType> {
  let schema = cache.get(age);
  if (!schema) {
    schema = new Map(
      typeNames.map((name) => [name, toType(name, declarationOf(name, age))]),
    );
    cache.set(age, schema);
  }
  return schema;
}

function declarationOf(name: TypeName, age: Age): TypeDeclaration {
  const { attributes, relationships }: TypeDeclaration = typeDeclarations[name];
  if (age === "current") return { attributes, relationships };
  if (age === "legacy" && name === "customer_groups")
    // The order of the table in Commerce Layer's documentation of 2019.
    return {
      attributes: {
        name: "text filter sort",
        id: "text",
        created_at: "date filter sort",
        updated_at: "date filter sort",
        reference: "text filter sort",
        metadata: "json filter",
      },
      relationships: {
        price_list: "one price_lists",
        customers: "many customers",
      },
    };
  const known = oldNames[name];
  const existed = ([field]: [string, unknown]) =>
    (known?.includes(field) ?? true) &&
    field !== "event_stores" &&
    // A group had no markets then, so a market had no group.
    !(age === "legacy" && name === "markets" && field === "customer_group");
  return {
    attributes: Object.fromEntries(Object.entries(attributes).filter(existed)),
    relationships: Object.fromEntries(
      Object.entries(relationships).filter(existed),
    ),
  };
}

function toType(name: TypeName, declared: TypeDeclaration): ResourceType {
  return {
    name,
    attributes: new Map(
      Object.entries(declared.attributes).map(([name, words]) => {
        const [kind, ...flags] = words.split(" ");
        return [
          name,
          {
            name,
            kind: kind as Attribute["kind"],
            filterable: flags.includes("filter"),
            sortable: flags.includes("sort"),
          },
        ];
      }),
    ),
    relationships: new Map(
      Object.entries(declared.relationships).map(([name, words]) => {
        const [count, target, ...flags] = words.split(" ");
        return [
          name,
          {
            name,
            many: count === "many",
            target: typeNames.find((type) => type === target),
            filterable: flags.includes("filter"),
            sortable: flags.includes("sort"),
            includable: !flags.includes("bare"),
          },
        ];
      }),
    ),
  };
}
