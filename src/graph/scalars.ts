import { GraphQLScalarType, Kind } from "graphql";
import { toDateTime } from "../domain/date-time";

const rfc3339 =
  /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;

function parseDateTime(value: unknown): string {
  const time =
    typeof value === "string" && rfc3339.test(value)
      ? toDateTime(value.toUpperCase())
      : null;
  if (time === null) {
    throw new TypeError(
      "DateTime takes an RFC 3339 text with a zone, such as 2026-01-31T12:00:00Z.",
    );
  }
  return time;
}

/** Rows hold RFC 3339 UTC texts already: nothing is converted on the way out. */
export const DateTime = new GraphQLScalarType<string, string>({
  name: "DateTime",
  description:
    "A point in time as an RFC 3339 text. What the server gives is always in UTC with milliseconds, e.g. `2018-01-01T12:00:00.000Z`; what it takes may be in any zone.",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc3339",
  serialize: String,
  parseValue: parseDateTime,
  parseLiteral: (node) =>
    parseDateTime(node.kind === Kind.STRING ? node.value : undefined),
});

/** Output only: no argument takes it. */
export const Decimal = new GraphQLScalarType<string, string>({
  name: "Decimal",
  description:
    'An exact decimal number as a text, e.g. `"5.0000"`: digits are never lost to floating point, and trailing zeros are kept as the platform sent them.',
  serialize: String,
});

/** Output only: no argument takes it. */
export const JSONObject = new GraphQLScalarType({
  name: "JSONObject",
  description:
    "A JSON object of any shape, as the shop's own staff or systems filled it.",
  serialize: (value) => value,
});

/** Output only: no argument takes it. */
export const URLScalar = new GraphQLScalarType<string, string>({
  name: "URL",
  description: "An absolute URL as a text.",
  serialize: String,
});
