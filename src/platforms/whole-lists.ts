import type { Window } from "../domain/page-plan";
import type { EntityRow, ListPage } from "./platform";

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
  load: (id: string) => Promise<Row | null>,
): Promise<ListPage<Row>> {
  const rows = await Promise.all(
    [...ids]
      .sort((a, b) => Number(a) - Number(b))
      .map((id) => load(id).catch(asError)),
  );
  return cutWindow(
    rows.flatMap((row) => (row ? [row] : [])),
    window,
  );
}

/** For a rejection that becomes a row; anything but an error is thrown on. */
export function asError(reason: unknown): Error {
  if (reason instanceof Error) return reason;
  throw reason;
}
