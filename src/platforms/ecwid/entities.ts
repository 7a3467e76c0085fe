import {
  type ReadValue,
  boolean,
  dateTime,
  integer,
  requiredText,
  text,
} from "../read-value";
import type { Collection } from "./api";
import { EcwidCustomer } from "./graph/customer";
import { EcwidCustomerGroup } from "./graph/customer-group";
import { type WireObject, isObject } from "./wire";

/** How a field of a GraphQL type stands on the wire. */
export interface FieldRule {
  /** What to ask for, in the grammar of `responseFields`. */
  readonly fields: readonly string[];
  readonly read: (source: WireObject, signals: Signals) => unknown;
}

type Signals = Parameters<ReadValue>[1];

export interface EntityRule {
  /** As it stands in a global id. */
  readonly kind: string;
  /** The object type in the schema. */
  readonly typename: string;
  /** The right that a caller needs to read one by its id. */
  readonly scope: "read:groups" | "read:customers";
  readonly create: () => EcwidCustomerGroup | EcwidCustomer;
  /** What a native id looks like. */
  readonly nativeId: RegExp;
  /** By the field's name in the schema. */
  readonly fields: Readonly<Record<string, FieldRule>>;
}

/** A member that is read as it stands. */
function member(wire: string, read: ReadValue): FieldRule {
  return {
    fields: [wire],
    read: (source, signals) => read(source[wire], signals),
  };
}

/** Everything that is read. What does not stand here is never asked for. */
export const entities: Readonly<Record<Collection, EntityRule>> = {
  customer_groups: {
    kind: "CustomerGroup",
    typename: "EcwidCustomerGroup",
    scope: "read:groups",
    create: () => new EcwidCustomerGroup(),
    nativeId: /^(0|[1-9]\d{0,14})$/,
    fields: {
      name: member("name", requiredText),
      externalReferenceId: member("externalReferenceId", text),
    },
  },
  customers: {
    kind: "Customer",
    typename: "EcwidCustomer",
    scope: "read:customers",
    create: () => new EcwidCustomer(),
    nativeId: /^[1-9]\d{0,14}$/,
    fields: {
      email: member("email", text),
      // Some answers lack the copy that stands beside the billing person.
      name: {
        fields: ["name", "billingPerson(name)"],
        read: (source, signals) =>
          text(source["name"], signals) ??
          text(memberOf(source["billingPerson"], "name"), signals),
      },
      createdAt: member("registered", dateTime),
      updatedAt: member("updated", dateTime),
      orderCount: {
        fields: ["totalOrderCount", "stats(numberOfOrders)"],
        read: (source, signals) =>
          integer(memberOf(source["stats"], "numberOfOrders"), signals) ??
          integer(source["totalOrderCount"], signals),
      },
      taxExempt: member("taxExempt", boolean),
      acceptMarketing: member("acceptMarketing", boolean),
      language: member("lang", text),
    },
  },
};

function memberOf(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}
