import type { GraphQLError } from "graphql";

/** A place in an answer, as `info.path` of a resolver. */
export interface Path {
  readonly prev: Path | undefined;
  readonly key: string | number;
  readonly typename: string | undefined;
}

/**
 * The errors of an answer. One that comes below a place which an earlier error
 * made null is left out: the client sees no such place.
 */
export class CollectedErrors {
  readonly errors: GraphQLError[] = [];
  #nulled: Set<Path | undefined> | undefined;

  /** @param path undefined for the whole answer. */
  add(error: GraphQLError, path: Path | undefined): void {
    const nulled = (this.#nulled ??= new Set());
    if (nulled.has(undefined)) return;
    for (let place = path; place; place = place.prev) {
      if (nulled.has(place)) return;
    }
    nulled.add(path);
    this.errors.push(error);
  }
}
