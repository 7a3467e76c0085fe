import { type PlatformCall, PlatformError } from "../../domain/errors";
import { rowCountOf } from "../row-count";

/** The resource types that are read, as the API names them. */
export type ResourceType =
  | "customer_groups"
  | "customers"
  | "markets"
  | "price_lists"
  | "attachments"
  | "customer_addresses"
  | "addresses"
  | "customer_payment_sources"
  | "customer_subscriptions"
  | "orders"
  | "order_subscriptions"
  | "returns";

type JsonObject = Readonly<Record<string, unknown>>;

/** A JSON:API resource object; its shape is known, its attributes are not yet. */
export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly attributes: JsonObject | undefined;
  readonly relationships: JsonObject;
  readonly links: JsonObject;
  readonly meta: JsonObject;
}

/** A JSON:API resource identifier object. */
export interface Linkage {
  readonly type: string;
  readonly id: string;
}

/** A document with one resource. */
export interface ResourceDocument {
  readonly data: unknown;
  readonly included: readonly unknown[];
}

/** A document with a page of resources. */
export interface CollectionDocument {
  readonly data: readonly unknown[];
  readonly included: readonly unknown[];
  /** `meta.record_count`: the rows of the whole list; `null` when it does not tell. */
  readonly recordCount: number | null;
}

/**
 * @throws PlatformError `PLATFORM_CONTRACT` when the text is no JSON:API
 *   document with one resource or `null`.
 */
export function narrowResourceDocument(
  json: unknown,
  call: PlatformCall,
): ResourceDocument {
  if (!isObject(json) || !("data" in json) || Array.isArray(json["data"])) {
    throw PlatformError.contract(
      call,
      "expected a JSON:API document with one resource under data",
    );
  }
  return { data: json["data"], included: arrayOf(json["included"]) };
}

/**
 * @throws PlatformError `PLATFORM_CONTRACT` when the text is no JSON:API
 *   document with a list of resources.
 */
export function narrowCollectionDocument(
  json: unknown,
  call: PlatformCall,
): CollectionDocument {
  if (!isObject(json) || !Array.isArray(json["data"])) {
    throw PlatformError.contract(
      call,
      "expected a JSON:API document with a list of resources under data",
    );
  }
  return {
    data: json["data"],
    included: arrayOf(json["included"]),
    recordCount: rowCountOf(objectOf(json["meta"])["record_count"]),
  };
}

/** @returns `undefined` when the value is no resource object with type and id. */
export function narrowResource(value: unknown): Resource | undefined {
  if (!isObject(value)) return undefined;
  const { type, id, attributes } = value;
  if (typeof type !== "string" || typeof id !== "string") return undefined;
  return {
    type,
    id,
    attributes: isObject(attributes) ? attributes : undefined,
    relationships: objectOf(value["relationships"]),
    links: objectOf(value["links"]),
    meta: objectOf(value["meta"]),
  };
}

/** The id of what may be a resource object. */
export function idOf(value: unknown): string | undefined {
  return textIn(value, "id");
}

/** The type of what may be a resource object. */
export function typeOf(value: unknown): string | undefined {
  return textIn(value, "type");
}

function textIn(value: unknown, name: string): string | undefined {
  const text = isObject(value) ? value[name] : undefined;
  return typeof text === "string" ? text : undefined;
}

/** The `related` link of a relationship; absent when the document carries none. */
export function relatedLinkOf(resource: Resource, name: string): unknown {
  const relationship = objectOf(resource.relationships[name]);
  const related = objectOf(relationship["links"])["related"];
  // JSON:API allows a link object in the place of the address itself.
  return isObject(related) && "href" in related ? related["href"] : related;
}

/**
 * The linkage of a relationship: an identifier, a list of them, or `null` for
 * an empty to-one relationship. `undefined` when the document carries none,
 * which it does unless the relationship was included.
 */
export function linkageOf(
  resource: Resource,
  name: string,
): Linkage | readonly Linkage[] | null | undefined {
  const relationship = objectOf(resource.relationships[name]);
  if (!("data" in relationship)) return undefined;
  const { data } = relationship;
  if (data === null) return null;
  if (Array.isArray(data)) return data.filter(isLinkage);
  return isLinkage(data) ? data : undefined;
}

/** The id that a to-one relationship names; `undefined` when it names none. */
export function ownerOf(resource: Resource, name: string): string | undefined {
  const linkage = linkageOf(resource, name);
  return linkage && "id" in linkage ? linkage.id : undefined;
}

/**
 * The codes of a JSON:API error document (`INVALID_TOKEN`), empty when the
 * body is none. Only well-formed codes: they are shown to operators.
 */
export function errorCodesOf(body: Buffer): string[] {
  return errorsOf(body).flatMap(({ code }) =>
    typeof code === "string" && /^[A-Z][A-Z_]{0,63}$/.test(code) ? [code] : [],
  );
}

/**
 * The names that an error document says the API does not know, as fields of a
 * type or as relationships to include: `{ type: "customer_groups", name: "code" }`.
 */
export function unknownNamesIn(body: Buffer): { type: string; name: string }[] {
  return errorsOf(body).flatMap(({ code, detail }) => {
    if (code !== "INVALID_FIELD" && code !== "INVALID_INCLUDE") return [];
    const match =
      typeof detail === "string" &&
      /^(\w+) is not a valid (?:field for|includable relationship of) (\w+)\.?$/.exec(
        detail,
      );
    return match ? [{ name: match[1] ?? "", type: match[2] ?? "" }] : [];
  });
}

/** A longer body is no error document. */
const maxErrorBytes = 64 * 1024;

function errorsOf(body: Buffer): JsonObject[] {
  if (body.length > maxErrorBytes) return [];
  try {
    const { errors } = objectOf(JSON.parse(body.toString("utf8")));
    // The token endpoint has been seen to send a single object.
    return (Array.isArray(errors) ? errors : [errors]).filter(isObject);
  } catch {
    return [];
  }
}

function isLinkage(value: unknown): value is Linkage {
  return (
    isObject(value) &&
    typeof value["type"] === "string" &&
    typeof value["id"] === "string"
  );
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
