import type { Projection } from "../platform";
import { type EntityName, type FieldRule, entities } from "./entities";

/** What to read of an entity, and what to ask for it. */
export interface EntityPlan {
  /** By the field's name in the schema. */
  readonly fields: ReadonlyMap<string, FieldRule>;
  /** `include_fields`, where the list takes it. */
  readonly includeFields: readonly string[];
  /** `include`, for customers. */
  readonly include: readonly string[];
}

/** Fields that are made of others. */
const sources: Readonly<Record<string, readonly string[]>> = {
  "customers.name": ["firstName", "lastName"],
};

/** Fields that a reference answers without being read. */
const localFields = new Set(["id", "nativeId", "store"]);

/** Whether an entity's id alone answers all that is asked of its type. */
export function isLocal(asked: ReadonlySet<string>): boolean {
  return [...asked].every((field) => localFields.has(field));
}

/** Plans the reads of an entity from what the operation asks of its type. */
export function planEntity(
  projection: Projection,
  name: EntityName,
): EntityPlan {
  const rule = entities[name];
  const asked = projection.fieldsOf(rule.typename);
  const fields = new Map<string, FieldRule>();
  for (const field of asked) {
    for (const source of sources[`${name}.${field}`] ?? [field]) {
      const found = rule.fields[source];
      if (found) fields.set(source, found);
    }
  }
  const wire = new Set([...fields.values()].map((field) => field.wire));
  return {
    fields,
    includeFields: rule.isSparse ? [rule.id, ...[...wire].sort()] : [],
    include:
      name === "customers"
        ? [
            ...(asked.has("addresses") ? ["addresses"] : []),
            ...(asked.has("storeCredit") ? ["storecredit"] : []),
          ]
        : [],
  };
}
