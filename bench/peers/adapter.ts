import type { Operation } from "../lib/load";
import type { Shape } from "../lib/shapes";
import type { Values } from "./values";

/** How a server is asked for the shapes, and how its answers are read. */
export interface Adapter {
  /** The n-th operation of a shape; `null` where it cannot be asked. */
  operation(shape: Shape, n: number): Operation | null;
  /** The same with ids, so that every value can be told by its row. */
  check(shape: Shape, n: number): Check | null;
}

/** An operation whose values are known by the row that they are of. */
export interface Check {
  readonly operation: Operation;
  /** @param data of the answer. */
  toValues(data: unknown): Values;
}

/** How many checks of a shape there are that differ. */
export const checkVariants = 20;

const monthsApart = 4;

/**
 * The variables of the n-th check: those of the shape, but with bounds among the
 * rows, so that lists of other rows come.
 */
export function checkVariables(
  shape: Shape,
  n: number,
): Record<string, unknown> {
  const variables = shape.variables(n) as Record<string, unknown>;
  if (!("from" in variables)) return variables;
  const from = new Date(Date.UTC(2018, (n % checkVariants) * monthsApart));
  return { ...variables, from: from.toISOString() };
}

/** The platform's own id: what stands behind the last slash. */
export function nativeId(id: string | number): string {
  const text = String(id);
  return text.slice(text.lastIndexOf("/") + 1);
}
