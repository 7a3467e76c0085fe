import { type PlatformCall, PlatformError } from "../../domain/errors";
import type { CustomerAddressRow, StoreSignals } from "../platform";
import { ValueMismatch, text } from "../read-value";
import { withIds } from "../with-ids";
import type { Collection } from "./api";
import { entities } from "./entities";
import type { EcwidCustomer } from "./graph/customer";
import type { EcwidCustomerGroup } from "./graph/customer-group";
import type { EntityPlan } from "./plan";
import { type WireObject, idOf, isObject } from "./wire";

export type EcwidEntity = EcwidCustomerGroup | EcwidCustomer;

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
  collection: Collection,
  nativeId: string,
  source: WireObject,
  plan: EntityPlan,
  context: MappingContext,
): EcwidEntity {
  const row = bareRow(collection, nativeId, context.storeKey);
  const values = row as unknown as Record<string, unknown>;
  const explain = (field: string, mismatch: ValueMismatch) =>
    PlatformError.contract(
      context.call,
      `"${field}" of "${nativeId}" in ${collection}: ${mismatch.message}`,
    );
  for (const [field, { read }] of plan.fields) {
    try {
      const value = read(source, context.signals);
      values[field] =
        value instanceof ValueMismatch ? explain(field, value) : value;
    } catch (error) {
      throw error instanceof ValueMismatch ? explain(field, error) : error;
    }
  }
  if ("customerGroupId" in source) {
    const group = source["customerGroupId"] ?? null;
    values["groupId"] = idOf(group);
    if (group !== null && values["groupId"] === null) {
      throw explain("customerGroupId", new ValueMismatch("an id"));
    }
    const name = source["customerGroupName"];
    values["groupName"] = typeof name === "string" ? name : null;
  } else if (plan.readsGroup) {
    // A customer in no other group is in group 0 and says so (Ecwid docs,
    // search customers): one without the member has told nothing.
    values["groupId"] = explain("customerGroupId", new ValueMismatch("an id"));
  }
  if (plan.readsAddresses) {
    values["knownAddresses"] = addressesOf(source, context);
  }
  return row;
}

/** A row that has its ids, and nothing that has to be read. */
export function bareRow(
  collection: Collection,
  nativeId: string,
  storeKey: string,
): EcwidEntity {
  const { kind, create } = entities[collection];
  const row = withIds(create(), { kind, nativeId, storeKey });
  if (collection === "customer_groups") {
    Object.assign(row, { isDefault: nativeId === "0" });
  }
  return row;
}

/** The saved shipping addresses; where there are none, the billing address. */
function addressesOf(
  source: WireObject,
  context: MappingContext,
): (CustomerAddressRow | Error)[] {
  const saved = source["shippingAddresses"] ?? [];
  if (!Array.isArray(saved)) {
    throw PlatformError.contract(
      context.call,
      '"shippingAddresses" is no list of addresses',
    );
  }
  if (saved.length > 0) {
    return saved.map((address) => toAddress(address, context));
  }
  const billing = source["billingPerson"];
  return isObject(billing) && hasPlace(billing)
    ? [toAddress(billing, context)]
    : [];
}

function hasPlace(person: WireObject): boolean {
  return ["street", "city", "postalCode", "countryCode"].some(
    (name) => typeof person[name] === "string" && person[name] !== "",
  );
}

/** An address in common terms; one that cannot be read is its own error. */
function toAddress(
  value: unknown,
  { signals, call }: MappingContext,
): CustomerAddressRow | Error {
  if (!isObject(value)) {
    return PlatformError.contract(call, "expected an address");
  }
  const read = (name: string) => text(value[name], signals) as string | null;
  try {
    const [line1 = null, ...rest] = read("street")?.split("\n") ?? [];
    return {
      name: read("name"),
      company: read("companyName"),
      line1: line1 || null,
      line2: rest.join(", ") || null,
      city: read("city"),
      region: read("stateOrProvinceCode") ?? read("stateOrProvinceName"),
      postalCode: read("postalCode"),
      countryCode: read("countryCode"),
      phone: read("phone"),
    };
  } catch (error) {
    if (!(error instanceof ValueMismatch)) throw error;
    return PlatformError.contract(call, `an address: ${error.message}`);
  }
}
