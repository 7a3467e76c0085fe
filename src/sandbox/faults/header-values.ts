import { z } from "zod";

const NOT_SENDABLE = "must be a text that a header can carry";
const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
// Tabs, and all printing characters of ISO-8859-1.
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Values of headers; several of one name are sent one after the other. */
export type HeaderValues = Readonly<Record<string, string | readonly string[]>>;

/** A value that an HTTP header can carry. */
export function headerValue() {
  return z.string(NOT_SENDABLE).regex(VALUE, NOT_SENDABLE);
}

/** Headers by their names. */
export function headerValues() {
  return z.record(
    z.string().regex(NAME),
    z.union([headerValue(), z.array(headerValue())], NOT_SENDABLE),
    {
      error: ({ code }) =>
        code === "invalid_key"
          ? "is no name of a header"
          : "must be an object of headers",
    },
  );
}
