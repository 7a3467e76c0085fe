import { Directive } from "type-graphql";

/**
 * Marks a field, or a condition of a filter, that holds a customer's personal
 * data: `@tag(name: "personal-data")`. A supergraph's contract variant leaves
 * them all out by this one name.
 */
export function PersonalData(): ReturnType<typeof Directive> {
  return Directive('@tag(name: "personal-data")');
}
