import DataLoader from "dataloader";

/** A loader of rows by id, for one operation. */
export type RowLoader<Row> = DataLoader<string, Row | null>;

/**
 * Loads many rows by their ids in one request, and gives each to whom it
 * belongs.
 *
 * @param batchSize how many the platform gives in a page.
 * @param idOf the id that a row carries.
 */
export function createRowLoader<Row>(
  batchSize: number,
  load: (ids: readonly string[]) => Promise<readonly Row[]>,
  idOf: (row: Row) => string,
): RowLoader<Row> {
  return new DataLoader<string, Row | null>(
    async (ids) => {
      const rows = new Map(
        (await load(ids)).map((row) => [idOf(row), row] as const),
      );
      return ids.map((id) => rows.get(id) ?? null);
    },
    { maxBatchSize: batchSize },
  );
}
