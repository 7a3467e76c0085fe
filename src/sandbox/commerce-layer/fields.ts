import { invalidField, invalidFieldFormat, invalidResource } from "./errors";
import type { Parameter } from "./paging";
import type { ResourceType } from "./schema";

/** The names asked for by type; a type that is not in it is served in full. */
export type Fields = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Reads the parameters `fields[type]`.
 *
 * @throws ApiError when the type is missing or unknown, or a name is.
 */
export function toFields(
  parameters: readonly Parameter[],
  schema: ReadonlyMap<string, ResourceType>,
): Fields {
  return new Map(
    parameters.map(({ keys, value }) => {
      const [name] = keys;
      if (name === undefined || keys.length > 1) throw invalidFieldFormat();
      const type = schema.get(name);
      if (!type) throw invalidResource(name);
      const fields = value === "" ? [] : value.split(",");
      for (const field of fields)
        if (
          field !== "id" &&
          !type.attributes.has(field) &&
          !type.relationships.has(field)
        )
          throw invalidField(field, name);
      return [name, new Set(fields)];
    }),
  );
}
