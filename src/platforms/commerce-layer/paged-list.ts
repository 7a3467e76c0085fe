import { PlatformError } from "../../domain/errors";
import type { NumberedPage } from "../../domain/page-plan";
import { disputedKey } from "../disputed-keys";
import { readNumberedPages } from "../numbered-pages";
import type { ListPage, ListRequest, Projection } from "../platform";
import { type Answer, type Parameter, maxPageSize } from "./api";
import type { Filters } from "./filters";
import type { CommerceLayerResource } from "./graph/resource";
import { type ReadPlan, type UnknownNames, planReadOnce } from "./plan";
import type { ResourceReader } from "./reader";
import { type CollectionDocument, type ResourceType, idOf } from "./wire";

/** A page that is wanted, without what narrows the list. */
export type PageRequest = Pick<ListRequest<unknown>, "window" | "needsTotal">;

/** Asks for one page of a list; `null` when the list's owner is gone. */
export type GetPage = (
  plan: () => ReadPlan,
  parameters: readonly Parameter[],
) => Promise<Answer<CollectionDocument> | null>;

/** A list that is read page by page. */
export interface PagedList {
  readonly type: ResourceType;
  readonly plan: () => ReadPlan;
  readonly filters: Filters;
  readonly get: GetPage;
  /**
   * Looks whether a row belongs to what was asked for.
   *
   * @returns why it does not.
   */
  readonly misfit?: (
    value: unknown,
    answer: Answer<unknown>,
  ) => Error | undefined;
}

/**
 * Reads a window of a list.
 *
 * @returns `null` when the list's owner is gone.
 */
export async function readWindow(
  reader: ResourceReader,
  { type, plan, filters, get, misfit }: PagedList,
  { window, needsTotal }: PageRequest,
): Promise<ListPage<CommerceLayerResource> | null> {
  if (window.count === 0) {
    return needsTotal
      ? countRows(type, filters, window.offset, get)
      : { rows: [], totalCount: null, hasNextPage: true };
  }
  const list = await readNumberedPages(
    window,
    maxPageSize,
    async (page) => {
      const answer = await get(plan, parametersOf(filters, page));
      if (!answer) return null;
      reader.takeIncluded(answer);
      return {
        total: recordCountOf(answer),
        call: answer.call,
        rows: answer.document.data.map((value) => ({ value, answer })),
      };
    },
    ({ value }) => idOf(value),
  );
  return (
    list && {
      rows: list.rows.map(
        ({ value, answer }) =>
          (list.disputed.has(idOf(value) ?? "")
            ? disputedKey(answer.call)
            : misfit?.(value, answer)) ?? reader.take(type, value, answer),
      ),
      totalCount: list.total,
      hasNextPage: window.offset + window.count < list.total,
    }
  );
}

/** The length of a list, from the smallest page there is. */
async function countRows(
  type: ResourceType,
  filters: Filters,
  offset: number,
  get: GetPage,
): Promise<ListPage<never> | null> {
  const answer = await get(
    onlyIdsOf(type),
    parametersOf(filters, { number: 1, size: 1 }),
  );
  if (!answer) return null;
  const total = recordCountOf(answer);
  return { rows: [], totalCount: total, hasNextPage: offset < total };
}

const onlyIds: Projection = { fieldsOf: () => new Set() };
const noneUnknown: UnknownNames = { isEmpty: true, has: () => false };

/** A plan that asks for no more than ids. */
export function onlyIdsOf(type: ResourceType): () => ReadPlan {
  return () => planReadOnce(onlyIds, type, noneUnknown);
}

/**
 * How many rows a whole list has.
 *
 * @throws PlatformError `PLATFORM_CONTRACT` when its document does not tell.
 */
export function recordCountOf({
  document,
  call,
}: Answer<CollectionDocument>): number {
  if (document.recordCount !== null) return document.recordCount;
  throw PlatformError.contract(
    call,
    "expected meta.record_count to be a count of rows",
  );
}

function parametersOf(filters: Filters, page: NumberedPage): Parameter[] {
  return [
    ...filters.map(([name, value]) => [`filter[q][${name}]`, value] as const),
    // The key of creation: rows that are added later come last.
    ["sort", "id"],
    ["page[number]", String(page.number)],
    ["page[size]", String(page.size)],
  ];
}
