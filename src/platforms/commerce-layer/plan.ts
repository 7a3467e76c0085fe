import type { Projection } from "../platform";
import { type AttributeRule, type LinkRule, resources } from "./resources";
import type { ResourceType } from "./wire";

/** What to ask of a resource type and of those that come with it. */
export interface ReadPlan {
  /** `include`: paths of relationships. */
  readonly include: ReadonlySet<string>;
  readonly types: ReadonlyMap<ResourceType, TypePlan>;
  /**
   * A type that is included with less than the operation selects of it, for
   * its id alone: it must not answer for the whole.
   */
  readonly partial?: ResourceType;
}

/** What to ask of one type in an answer. */
export interface TypePlan {
  /** `fields[type]`: names on the wire. */
  readonly names: Set<string>;
  /** Whether the type must be asked for without `fields[type]`. */
  unlisted: boolean;
  /** Whether the resource's own address is wanted. */
  readsSelf: boolean;
  /** What to read of each document, by the field's name in the schema. */
  readonly attributes: Map<string, AttributeRule>;
  /** Relationships to note, by their names on the wire: where each leads. */
  readonly links: Map<string, ResourceType>;
  /** Those of them that are included: each document names where they lead. */
  readonly included: Set<string>;
}

/** Names that a store's API has said it does not know. */
export interface UnknownNames {
  /** Whether there is none. */
  readonly isEmpty: boolean;
  has(type: ResourceType, name: string): boolean;
}

const plans = new WeakMap<Projection, Map<ResourceType, ReadPlan>>();

/**
 * {@link planRead}, once for each projection. Not where names are unknown: what
 * a store has learned it forgets again.
 */
export function planReadOnce(
  projection: Projection,
  root: ResourceType,
  unknown: UnknownNames,
): ReadPlan {
  if (!unknown.isEmpty) return planRead(projection, root, unknown);
  let known = plans.get(projection);
  if (!known) {
    known = new Map<ResourceType, ReadPlan>();
    plans.set(projection, known);
  }
  let plan = known.get(root);
  if (!plan) known.set(root, (plan = planRead(projection, root, unknown)));
  return plan;
}

/**
 * Plans a read of a type from what the operation asks of it: its attributes,
 * the links that have to be known to be followed later, and what comes
 * included. Names that the store's API does not know are left out.
 */
export function planRead(
  projection: Projection,
  root: ResourceType,
  unknown: UnknownNames,
): ReadPlan {
  const include = new Set<string>();
  const types = new Map<ResourceType, TypePlan>();

  const typePlan = (type: ResourceType): TypePlan => {
    let plan = types.get(type);
    if (!plan) {
      plan = emptyPlan();
      types.set(type, plan);
    }
    return plan;
  };

  const planAttribute = (type: ResourceType, field: string) => {
    const rule = resources[type].attributes[field];
    if (!rule) return;
    const plan = typePlan(type);
    plan.attributes.set(field, rule);
    if (!unknown.has(type, rule.wire)) plan.names.add(rule.wire);
  };

  const planLink = (
    type: ResourceType,
    field: string,
    rule: LinkRule,
    path: string,
  ) => {
    const [step] = rule.path;
    if (!step || unknown.has(type, step.wire)) return;
    const plan = typePlan(type);
    plan.links.set(step.wire, step.target);
    if (rule.reach === "unlisted") {
      plan.unlisted = true;
      return;
    }
    plan.names.add(step.wire);
    if (rule.reach !== "include") return;
    let owner = type;
    let prefix = path;
    for (const step of rule.path) {
      const { wire, target } = step;
      if (unknown.has(owner, wire)) return;
      typePlan(owner).names.add(wire);
      typePlan(owner).links.set(wire, target);
      typePlan(owner).included.add(wire);
      include.add(prefix + wire);
      prefix += `${wire}.`;
      owner = target;
      typePlan(owner);
    }
    planType(owner, prefix);
    if (rule.paged) planAttribute(owner, "createdAt");
  };

  const planType = (type: ResourceType, path: string) => {
    const rule = resources[type];
    const plan = typePlan(type);
    const fields = projection.fieldsOf(rule.typename);
    plan.readsSelf ||= fields.has("url") && !rule.attributes["url"];
    for (const field of fields) {
      planAttribute(type, field);
      const link = rule.links[field];
      if (link) planLink(type, field, link, path);
    }
  };

  planType(root, "");
  return { include, types };
}

/**
 * Adds the way back to the owner, so that each child says whose it is: only
 * what is included is named in a document.
 */
export function withOwner(
  plan: ReadPlan,
  child: ResourceType,
  { owner, ownerType }: OwnerLink,
): ReadPlan {
  if (plan.include.has(owner)) return plan;
  const types = new Map(plan.types);
  const childPlan = types.get(child) ?? emptyPlan();
  types.set(child, {
    ...childPlan,
    names: new Set([...childPlan.names, owner]),
  });
  types.set(ownerType, emptyPlan());
  return {
    include: new Set([...plan.include, owner]),
    types,
    partial: ownerType,
  };
}

/** Adds an attribute, whether it is selected or not, to hold rows against it. */
export function withAttribute(
  plan: ReadPlan,
  type: ResourceType,
  name: string,
): ReadPlan {
  const typePlan = plan.types.get(type) ?? emptyPlan();
  if (typePlan.names.has(name)) return plan;
  const names = new Set([...typePlan.names, name]);
  const types = new Map(plan.types).set(type, { ...typePlan, names });
  return { ...plan, types };
}

/** The way from a child to its owner. */
export interface OwnerLink {
  /** The child's relationship. */
  readonly owner: string;
  readonly ownerType: ResourceType;
}

function emptyPlan(): TypePlan {
  return {
    names: new Set(),
    unlisted: false,
    readsSelf: false,
    attributes: new Map(),
    links: new Map(),
    included: new Set(),
  };
}

const queries = new WeakMap<ReadPlan, string>();

type QueryParameter = readonly [name: string, value: string];

/** The plan as a part of a query, encoded; empty when it asks for all there is. */
export function toQuery(plan: ReadPlan): string {
  let query = queries.get(plan);
  if (query === undefined) {
    query = writeQuery(parametersOf(plan));
    queries.set(plan, query);
  }
  return query;
}

/** Parameters as a part of a query, encoded. */
export function writeQuery(parameters: readonly QueryParameter[]): string {
  return new URLSearchParams(
    parameters.map(([name, value]): [string, string] => [name, value]),
  ).toString();
}

function parametersOf(plan: ReadPlan): QueryParameter[] {
  const query: QueryParameter[] = [];
  if (plan.include.size > 0) {
    query.push(["include", leavesOf(plan.include).join(",")]);
  }
  for (const [type, { names, unlisted }] of plan.types) {
    if (unlisted) continue;
    // An empty list is not documented; `id` stands for "nothing else".
    const list = names.size > 0 ? [...names].sort().join(",") : "id";
    query.push([`fields[${type}]`, list]);
  }
  return query;
}

/** A path brings in the resources on its way: those need no path of their own. */
function leavesOf(paths: ReadonlySet<string>): string[] {
  return [...paths]
    .filter((path) => ![...paths].some((other) => other.startsWith(`${path}.`)))
    .sort();
}
