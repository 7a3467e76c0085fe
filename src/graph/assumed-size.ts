import { Directive } from "type-graphql";

/**
 * Tells routers how many rows to expect of a list that takes no `first`:
 * `@listSize(assumedSize:)`. What a router's demand control asks for it grows
 * with it, so rather too many than too few.
 */
export function AssumedSize(rows: number): ReturnType<typeof Directive> {
  return Directive(`@listSize(assumedSize: ${rows})`);
}
