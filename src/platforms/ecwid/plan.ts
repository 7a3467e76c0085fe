import type { Projection } from "../platform";
import type { Collection } from "./api";
import { type FieldRule, entities } from "./entities";

/** What to read of an entry, and what to ask for it. */
export interface EntityPlan {
  /** By the field's name in the schema. */
  readonly fields: ReadonlyMap<string, FieldRule>;
  /** The same in the grammar of `responseFields`, the id always among it. */
  readonly responseFields: string;
  readonly readsGroup: boolean;
  readonly readsAddresses: boolean;
}

const addressFields =
  "name,companyName,street,city,countryCode,postalCode,stateOrProvinceCode,stateOrProvinceName,phone";

/** Fields of a group that need no read of the group itself. */
const withoutRead = new Set(["id", "nativeId", "store", "customers"]);
/** Fields of a group that stand in each of its customers. */
const inCustomer = new Set([
  ...["id", "nativeId", "store", "name", "isDefault"],
  ...["createdAt", "updatedAt", "customers"],
]);

/**
 * Whether nothing is asked of groups but their members, which are found by the
 * group's id alone.
 */
export function asksOnlyMembers(asked: ReadonlySet<string>): boolean {
  return asked.has("customers") && isWithin(asked, withoutRead);
}

/** Whether each customer tells all that is asked of its group. */
export function isToldByCustomers(asked: ReadonlySet<string>): boolean {
  return isWithin(asked, inCustomer);
}

function isWithin(
  fields: ReadonlySet<string>,
  known: ReadonlySet<string>,
): boolean {
  return [...fields].every((field) => known.has(field));
}

/** Plans the reads of a collection from what the operation asks of its type. */
export function planEntity(
  projection: Projection,
  collection: Collection,
): EntityPlan {
  const rule = entities[collection];
  const asked = projection.fieldsOf(rule.typename);
  const fields = new Map(
    [...asked].flatMap((field) => {
      const found = rule.fields[field];
      return found ? [[field, found] as const] : [];
    }),
  );
  const isCustomer = collection === "customers";
  const readsGroup = isCustomer && asked.has("customerGroup");
  const readsAddresses = isCustomer && asked.has("addresses");
  const wanted = new Set(["id"]);
  for (const field of fields.values()) {
    for (const name of field.fields) wanted.add(name);
  }
  if (readsGroup) wanted.add("customerGroupId").add("customerGroupName");
  if (readsAddresses) {
    wanted.delete("billingPerson(name)");
    wanted
      .add(`shippingAddresses(${addressFields})`)
      .add(`billingPerson(${addressFields})`);
  }
  return {
    fields,
    responseFields: [...wanted].join(","),
    readsGroup,
    readsAddresses,
  };
}
