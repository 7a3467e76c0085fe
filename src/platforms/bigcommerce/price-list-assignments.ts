import { PlatformError } from "../../domain/errors";
import type { Batch, OperationScope } from "../platform";
import { type Answer, type BigCommerceApi, maxPageSize } from "./api";
import { BigCommercePriceListAssignment } from "./graph/price-list";
import { type V3Page, idOf, isObject } from "./wire";

const path = "/v3/pricelists/assignments";

/** 250 groups do not have more than 5,000 assignments. */
const maxPages = 20;

/**
 * The price lists of groups by channel. Keys are groups' native ids; a group
 * without any has an empty list.
 */
export function createAssignmentsBatch(
  api: BigCommerceApi,
  scope: OperationScope,
  store: string,
): Batch<readonly BigCommercePriceListAssignment[]> {
  return scope.batch<readonly BigCommercePriceListAssignment[]>({
    maxSize: maxPageSize,
    get: async (ids) => {
      const byGroup = new Map<string, BigCommercePriceListAssignment[]>(
        ids.map((id) => [id, []]),
      );
      for (const answer of await readPages(api, ids)) {
        for (const value of answer.value.data) {
          const { group, assignment } = toAssignment(value, answer, store);
          const list = byGroup.get(group);
          if (list) list.push(assignment);
          else byGroup.set(group, [assignment]);
        }
      }
      // Those of groups that nobody asked for mean that the question was
      // ignored: then a group without any is not known to have none.
      if (byGroup.size > ids.length) {
        for (const [id, list] of byGroup) {
          if (list.length === 0) byGroup.delete(id);
        }
      }
      for (const list of byGroup.values()) {
        list.sort((a, b) => Number(a.id) - Number(b.id));
      }
      return byGroup;
    },
    foreignAnswer: (id) =>
      PlatformError.contract(
        api.call(path),
        `asked for assignments by group, it answered those of others and none of "${id}"`,
      ),
  });
}

async function readPages(
  api: BigCommerceApi,
  ids: readonly string[],
): Promise<Answer<V3Page>[]> {
  const get = (page: number) =>
    api.list(path, [
      ["customer_group_id:in", ids.join(",")],
      ["page", String(page)],
      ["limit", String(maxPageSize)],
    ]);
  const first = await get(1);
  const pages = pagesOf(first);
  const later = await Promise.all(
    Array.from({ length: Math.max(0, pages - 1) }, (_, index) =>
      get(index + 2),
    ),
  );
  return [first, ...later];
}

function pagesOf({ value, call }: Answer<V3Page>): number {
  const pages = value.pagination?.totalPages ?? 1;
  if (pages <= maxPages) return pages;
  throw PlatformError.contract(
    call,
    `expected at most ${maxPages} pages of assignments`,
  );
}

function toAssignment(
  value: unknown,
  { call }: Answer<unknown>,
  store: string,
): {
  readonly group: string;
  readonly assignment: BigCommercePriceListAssignment;
} {
  const source = isObject(value) ? value : {};
  const [id, group, priceListId, channelId] = [
    idOf(source["id"]),
    idOf(source["customer_group_id"]),
    idOf(source["price_list_id"]),
    idOf(source["channel_id"]),
  ];
  if (id === null || group === null || priceListId === null) {
    throw PlatformError.contract(
      call,
      "expected an assignment with its id, its group and its price list",
    );
  }
  return {
    group,
    assignment: Object.assign(new BigCommercePriceListAssignment(), {
      storeKey: store,
      id,
      priceListId,
      channelId: channelId === "0" ? null : channelId,
    }),
  };
}
