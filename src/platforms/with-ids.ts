import { toGlobalId } from "../domain/global-id";

/** What every row of an entity carries. */
export interface RowIds {
  /** The kind in its global id. */
  readonly kind: string;
  readonly nativeId: string;
  readonly storeKey: string;
}

/** Gives a row its ids. Field by field: rows are made by the thousand. */
export function withIds<Row extends object>(row: Row, ids: RowIds): Row {
  const values = row as Record<string, unknown>;
  values["id"] = toGlobalId(ids.kind, ids.storeKey, ids.nativeId);
  values["nativeId"] = ids.nativeId;
  values["storeKey"] = ids.storeKey;
  return row;
}
