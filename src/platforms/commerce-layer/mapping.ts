import { type PlatformCall, PlatformError } from "../../domain/errors";
import type { Mode, StoreSignals } from "../platform";
import { ValueMismatch, webAddress } from "../read-value";
import { withIds } from "../with-ids";
import type { CommerceLayerResource, ResourceLinks } from "./graph/resource";
import type { TypePlan } from "./plan";
import { type AttributeRule, resources } from "./resources";
import {
  type Linkage,
  type Resource,
  type ResourceType,
  linkageOf,
  relatedLinkOf,
} from "./wire";

/** What a document is read for. */
export interface MappingContext {
  readonly storeKey: string;
  readonly signals: StoreSignals;
  /** The request that the document answered, for errors. */
  readonly call: PlatformCall;
}

/**
 * Makes a row of a resource object: the planned attributes, checked, and the
 * links.
 *
 * @throws PlatformError `PLATFORM_CONTRACT` when the resource has no
 *   attributes though some were asked for, or one is not of its type.
 */
export function toRow(
  type: ResourceType,
  resource: Resource,
  plan: TypePlan | undefined,
  context: MappingContext,
): CommerceLayerResource {
  if (!resource.attributes && expectsAttributes(plan)) {
    throw PlatformError.contract(
      context.call,
      `the ${type} "${resource.id}" has no attributes`,
    );
  }
  const row = bareRow(type, resource.id, context.storeKey);
  const values = row as unknown as Record<string, unknown>;
  values["links"] = plan ? linksOf(type, resource, plan, context) : noLinks;
  values["mode"] = modeOf(resource);
  if (!plan) return row;
  if (plan.readsSelf) {
    values["url"] = webAddress(resource.links["self"], context.signals);
  }
  for (const [field, rule] of plan.attributes) {
    values[field] = readAttribute(type, resource, rule, context);
  }
  return row;
}

const noLinks: ResourceLinks = { related: {}, linked: {} };

/** Not when all that was asked for are names that the API may not know. */
function expectsAttributes(plan: TypePlan | undefined): boolean {
  return [...(plan?.attributes.values() ?? [])].some(
    ({ wire, mayLack }) => !mayLack && plan?.names.has(wire),
  );
}

/** A row that has its ids, and nothing that has to be read. */
export function bareRow(
  type: ResourceType,
  nativeId: string,
  storeKey: string,
): CommerceLayerResource {
  const { kind, create } = resources[type];
  return withIds(create(), { kind, nativeId, storeKey });
}

/** `meta.mode`: it comes with every resource. */
export function modeOf(resource: Resource): Mode | null {
  switch (resource.meta["mode"]) {
    case "test":
      return "TEST";
    case "live":
      return "LIVE";
    default:
      return null;
  }
}

function readAttribute(
  type: ResourceType,
  resource: Resource,
  { wire, read }: AttributeRule,
  context: MappingContext,
): unknown {
  const explain = (mismatch: unknown) =>
    mismatch instanceof ValueMismatch
      ? PlatformError.contract(
          context.call,
          `attribute "${wire}" of the ${type} "${resource.id}": ${mismatch.message}`,
        )
      : mismatch;
  try {
    const value = read(resource.attributes?.[wire], context.signals);
    return typeof value === "object" ? explain(value) : value;
  } catch (error) {
    throw explain(error);
  }
}

function linksOf(
  type: ResourceType,
  resource: Resource,
  plan: TypePlan,
  context: MappingContext,
): ResourceLinks {
  const related: Record<string, unknown> = {};
  const linked: Record<string, string | readonly string[] | Error | null> = {};
  for (const [wire, target] of plan.links) {
    const link = relatedLinkOf(resource, wire);
    if (link !== undefined) related[wire] = link;
    const linkage = linkageOf(resource, wire);
    if (linkage === undefined) {
      // What is included is named, where nothing is linked by `null` or an
      // empty list (Commerce Layer docs, fetching resources).
      if (plan.included.has(wire)) {
        linked[wire] = PlatformError.contract(
          context.call,
          `expected the ${type} "${resource.id}" to name its ${wire}, which were to be included`,
        );
      }
    } else {
      linked[wire] = idsOf(linkage, target, () =>
        PlatformError.contract(
          context.call,
          `relationship "${wire}" of the ${type} "${resource.id}" names a resource of another type than ${target}`,
        ),
      );
    }
  }
  return { related, linked };
}

function idsOf(
  linkage: Linkage | readonly Linkage[] | null,
  type: ResourceType,
  mismatch: () => PlatformError,
): string | readonly string[] | null {
  if (linkage === null) return null;
  const idOf = (identifier: Linkage) => {
    if (identifier.type !== type) throw mismatch();
    return identifier.id;
  };
  return isOne(linkage) ? idOf(linkage) : linkage.map(idOf);
}

function isOne(linkage: Linkage | readonly Linkage[]): linkage is Linkage {
  return !Array.isArray(linkage);
}
