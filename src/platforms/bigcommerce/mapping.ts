import { type PlatformCall, PlatformError } from "../../domain/errors";
import type { CustomerAddressRow, StoreSignals } from "../platform";
import { type ReadValue, ValueMismatch, text } from "../read-value";
import { withIds } from "../with-ids";
import { type EntityName, entities, reference } from "./entities";
import { BigCommerceCategoryAccess } from "./graph/customer-group";
import type { BigCommerceEntity } from "./graph/entity";
import type { EntityPlan } from "./plan";
import { type WireObject, idOf, isObject } from "./wire";

/** What an object is read for. */
export interface MappingContext {
  readonly storeKey: string;
  readonly signals: StoreSignals;
  /** The request that the object answered, for errors. */
  readonly call: PlatformCall;
}

/**
 * Makes a row of an object: the planned fields, checked.
 *
 * @throws PlatformError `PLATFORM_CONTRACT` when one is not of its type.
 */
export function toRow(
  name: EntityName,
  nativeId: string,
  source: WireObject,
  plan: EntityPlan,
  context: MappingContext,
): BigCommerceEntity {
  const row = bareRow(name, nativeId, context.storeKey);
  const values = row as unknown as Record<string, unknown>;
  if (name === "categories") values["parentId"] = null;
  for (const [field, { wire, read }] of plan.fields) {
    // A category is reached by its parent's id: the field is resolved.
    values[field === "parent" ? "parentId" : field] = explained(
      name,
      nativeId,
      wire,
      read,
      source,
      context,
    );
  }
  if (name === "customers")
    completeCustomer(nativeId, values, source, plan, context);
  if (name === "customer_groups") placeParts(values, context.storeKey);
  return row;
}

/** A row that has its ids, and nothing that has to be read. */
export function bareRow(
  name: EntityName,
  nativeId: string,
  storeKey: string,
): BigCommerceEntity {
  const { kind, create } = entities[name];
  return withIds(create(), { kind, nativeId, storeKey });
}

function explained(
  name: EntityName,
  nativeId: string,
  wire: string,
  read: ReadValue,
  source: WireObject,
  context: MappingContext,
): unknown {
  const explain = (mismatch: unknown) =>
    mismatch instanceof ValueMismatch
      ? PlatformError.contract(
          context.call,
          `"${wire}" of "${nativeId}" in ${name}: ${mismatch.message}`,
        )
      : mismatch;
  try {
    const value = read(source[wire], context.signals);
    return typeof value === "object" ? explain(value) : value;
  } catch (error) {
    throw explain(error);
  }
}

function completeCustomer(
  nativeId: string,
  values: Record<string, unknown>,
  source: WireObject,
  plan: EntityPlan,
  context: MappingContext,
): void {
  const names = [values["firstName"], values["lastName"]].filter(Boolean);
  values["name"] = names.length > 0 ? names.join(" ") : null;
  values["customerGroupId"] = groupOf(nativeId, source, context);
  if (plan.include.includes("addresses")) {
    values["includedAddresses"] = addressesOf(nativeId, source, context);
  }
}

/**
 * The group's id. Every customer tells it, 0 where it is in none (BigCommerce
 * docs, v3 customers): one that does not has not said that it is in none.
 */
function groupOf(
  nativeId: string,
  source: WireObject,
  context: MappingContext,
): unknown {
  return "customer_group_id" in source
    ? explained(
        "customers",
        nativeId,
        "customer_group_id",
        reference,
        source,
        context,
      )
    : PlatformError.contract(
        context.call,
        `expected the customer_group_id of "${nativeId}" in customers`,
      );
}

function addressesOf(
  nativeId: string,
  source: WireObject,
  context: MappingContext,
): (CustomerAddressRow | Error)[] | Error {
  const addresses = source["addresses"];
  return Array.isArray(addresses)
    ? addresses.map((address) => toAddress(nativeId, address, context))
    : PlatformError.contract(
        context.call,
        "expected the addresses that were to be included",
      );
}

/**
 * An address in common terms; one that cannot be read, or says that it is
 * another customer's, is its own error.
 */
function toAddress(
  customerId: string,
  value: unknown,
  { signals, call }: MappingContext,
): CustomerAddressRow | Error {
  if (!isObject(value)) {
    return PlatformError.contract(call, "expected an address");
  }
  if ("customer_id" in value && idOf(value["customer_id"]) !== customerId) {
    return PlatformError.contract(
      call,
      `the addresses of "${customerId}" in customers hold one of another customer`,
    );
  }
  const read = (wire: string) => text(value[wire], signals) as string | null;
  try {
    return {
      name:
        [read("first_name"), read("last_name")].filter(Boolean).join(" ") ||
        null,
      company: read("company"),
      line1: read("address1"),
      line2: read("address2"),
      city: read("city"),
      region: read("state_or_province"),
      postalCode: read("postal_code"),
      countryCode: read("country_code"),
      phone: read("phone"),
    };
  } catch (error) {
    if (!(error instanceof ValueMismatch)) throw error;
    return PlatformError.contract(call, `an address: ${error.message}`);
  }
}

/** Tells the parts of a group where to look up what they refer to. */
function placeParts(values: Record<string, unknown>, storeKey: string): void {
  const { categoryAccess, discountRules } = values;
  if (categoryAccess instanceof BigCommerceCategoryAccess) {
    Object.assign(categoryAccess, { storeKey });
  }
  if (Array.isArray(discountRules)) {
    for (const rule of discountRules) {
      Object.assign(rule as object, { storeKey });
    }
  }
}
