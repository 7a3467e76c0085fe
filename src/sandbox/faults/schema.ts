import { z } from "zod";

/** When a fault takes effect on the way from a request to its answer. */
export type Stage =
  /** Before there is a request: the port itself. */
  | "connection"
  | "delay"
  /** What the room is asked. */
  | "question"
  /** Answers in place of the room. */
  | "answer"
  /** The JSON of the room's answer. */
  | "change"
  /** The bytes of a body. */
  | "body"
  | "coding"
  | "headers"
  /** The way of the bytes to the client. */
  | "delivery";

/** How the faults of one name are checked and where they take effect. */
export interface FaultKind {
  readonly stage: Stage;
  /** Everything that belongs to the fault itself. */
  readonly shape: z.ZodRawShape;
  /** What is wrong with members that are right one by one. */
  readonly contradiction?: (
    fault: Readonly<Record<string, unknown>>,
  ) => string | undefined;
}

/** A whole number within bounds, both included. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER) {
  const message =
    most === Number.MAX_SAFE_INTEGER
      ? `must be a whole number, at least ${least}`
      : `must be a whole number, at least ${least} and at most ${most}`;
  return z.int(message).min(least, message).max(most, message);
}

/** A text. */
export function text() {
  return z.string("must be a text");
}

/** Nothing but `true`: the fault has no value of its own. */
export function on() {
  return z.literal(true, "must be true; leave it out for no such fault");
}

/** One of some words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(
  words: Words,
) {
  return z.enum(words, `must be one of ${words.join(", ")}`);
}

/** An object that has no other members. */
export function object<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? unknownNames(issue.keys, Object.keys(shape))
        : "must be an object",
  });
}

/** Texts by their names. */
export function texts() {
  return z.record(z.string(), text(), "must be an object of texts");
}

/** Any JSON value; kept as it is, whatever its members are called. */
export function anything() {
  return z.custom<unknown>((value) => value !== undefined, "must be there");
}

/** What is wrong, each with where it is: `drip.bytes must be …`. */
export function explain({ issues }: z.ZodError): string {
  const lines = issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join(".")} ${message}`,
  );
  return [...new Set(lines)].join("; ");
}

function unknownNames(wrong: readonly string[], known: readonly string[]) {
  return `has no ${wrong.join(", ")}; known: ${known.join(", ")}`;
}
