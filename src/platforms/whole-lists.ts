import type { Window } from "../domain/page-plan";
import type { EntityRow, ListPage, MaybePromise } from "./platform";

/** Cuts a window out of a list whose rows are all there. */
export function cutWindow<Row>(
  rows: readonly Row[],
  { offset, count }: Window,
): {
  readonly rows: readonly Row[];
  readonly totalCount: number;
  readonly hasNextPage: boolean;
} {
  const end = offset + count;
  return {
    rows: rows.slice(offset, end),
    totalCount: rows.length,
    hasNextPage: end < rows.length,
  };
}

/**
 * A list of entities that are read by their numeric ids, in the order of the
 * ids: for platforms whose lists have no filter by id. What does not exist is
 * left out; what cannot be read is its own row's error.
 */
export async function listByIds<Row extends EntityRow>(
  ids: readonly string[],
  window: Window,
  load: (id: string) => MaybePromise<Row | null>,
): Promise<ListPage<Row>> {
  const rows = await Promise.all(
    [...ids]
      .sort((a, b) => Number(a) - Number(b))
      .map((id) => orError(() => load(id))),
  );
  return cutWindow(
    rows.flatMap((row) => (row ? [row] : [])),
    window,
  );
}

/**
 * A row, or in its place the error that it could not be read for. Anything
 * else that is thrown is thrown on.
 */
export async function orError<Value>(
  load: () => MaybePromise<Value>,
): Promise<Value | Error> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}
