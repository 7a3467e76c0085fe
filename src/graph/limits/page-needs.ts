import { type SelectionSetNode, getNamedType } from "graphql";
import { positionsOf } from "../../domain/cursor";
import type { PageRequest } from "../../platforms/platform";
import { type PageArguments, pageSizeOf } from "../arguments";
import type { SelectedField, Selections } from "./selected-fields";

/** What an operation needs of a page, as `resolveConnection` reads it. */
export interface PageNeeds {
  readonly size: number;
  readonly after: string | null;
  /** Whether a page is read at all, if only to tell whether others follow. */
  readonly needsPage: boolean;
  /** Whether the page has to be counted. */
  readonly countsPage: boolean;
  /** Whether every store has to be counted. */
  readonly needsTotal: boolean;
  /** What is selected of a row. */
  readonly rowSets: readonly SelectionSetNode[];
}

/** Whether a field gives a page of a list. */
export function isConnection({ definition }: SelectedField): boolean {
  return getNamedType(definition.type).name.endsWith("Connection");
}

/**
 * Tells what is needed of a connection.
 *
 * @throws BadUserInputError for a page size out of bounds.
 */
export function pageNeedsOf(
  selections: Selections,
  field: SelectedField,
  args: PageArguments,
): PageNeeds {
  const connection = getNamedType(field.definition.type).name;
  const size = pageSizeOf(args);
  let needsTotal = false;
  let needsPageInfo = false;
  let needsRows = false;
  const rowSets: SelectionSetNode[] = [];
  for (const { name, definition, sets } of selections.fieldsOf(
    connection,
    field.sets,
  )) {
    switch (name) {
      case "totalCount":
        needsTotal = true;
        break;
      case "pageInfo":
        needsPageInfo = true;
        break;
      case "nodes":
        needsRows = true;
        rowSets.push(...sets);
        break;
      case "edges":
        needsRows = true;
        for (const below of selections.fieldsOf(
          getNamedType(definition.type).name,
          sets,
        )) {
          if (below.name === "node") rowSets.push(...below.sets);
        }
    }
  }
  return {
    size,
    after: args.after ?? null,
    needsPage: needsRows || needsPageInfo,
    countsPage: needsTotal || (size === 0 && needsPageInfo),
    needsTotal,
    rowSets,
  };
}

/** Equal for the same page, whatever is selected of its rows. */
export function pageKeyOf(needs: PageNeeds): string {
  const { size, after, needsPage, countsPage, needsTotal } = needs;
  return [size, after, needsPage, countsPage, needsTotal].join(" ");
}

/**
 * Where each store of a list is read from: as `resolveConnection` begins after
 * a cursor.
 *
 * @param keys of the stores, in the order of the list.
 * @returns offsets in the same order, `null` for a store that the cursor has
 *   passed; nothing at all for a cursor that cannot be used.
 */
export function offsetsAfter(
  after: string | null,
  keys: readonly string[],
): readonly (number | null)[] | null {
  if (after === null) return keys.map(() => 0);
  const positions = positionsOf(after);
  if (!positions?.every(({ store }) => keys.includes(store))) return null;
  const begun = new Map(positions.map(({ store, next }) => [store, next]));
  const frontier = keys.findLastIndex((key) => begun.has(key));
  return keys.map(
    (key, index) => begun.get(key) ?? (index > frontier ? 0 : null),
  );
}

/** The requests of a list of one store: its page, or else its count. */
export function pageRequestsOf(
  needs: PageNeeds,
  offset: number,
  cost: (request: PageRequest) => number,
): number {
  if (needs.needsPage) {
    const window = { offset, count: needs.size };
    return cost({ window, needsTotal: needs.countsPage });
  }
  return needs.needsTotal ? countRequestsOf(cost) : 0;
}

/** The requests that count a list of one store. */
export function countRequestsOf(
  cost: (request: PageRequest) => number,
): number {
  return cost({ window: { offset: 0, count: 0 }, needsTotal: true });
}
