import type { Asked, PageRequest, RequestCosts } from "../platform";
import { batchRequests, pageRequests } from "../request-counts";
import { maxPageSize } from "./api";
import { maxOwners } from "./owned-children";
import { type LinkRule, resources } from "./resources";

export interface CostSetup {
  /** Whether the credential itself says which environment it opens. */
  readonly tellsMode: boolean;
  readonly assumed: "most" | "usual";
}

/**
 * What reads of an account cost at the most. An e-mail address is taken to
 * stand in those of 25 customers at the most, so that one page finds them all.
 */
export function createCosts({ tellsMode, assumed }: CostSetup): RequestCosts {
  return {
    mode: () => (tellsMode ? 0 : 1),
    entities: (_, asked) => batchRequests(asked, maxPageSize),
    customerGroups: pagesOf,
    customers: pagesOf,
    customersByEmail: ({ rows }) => rows,
    customersOf: pagesOf,
    link: (typename, field, asked, page) => {
      const reach = linkRules.get(typename)?.[field]?.reach;
      const children = page?.window.count ?? 1;
      const pages = page ? pagesOf(page) : 1;
      switch (reach) {
        case undefined:
          return null;
        case "include":
          return { along: children };
        case "unlisted":
        case "related":
          return { requests: asked.rows * pages, rows: children };
        case "owned":
          return {
            requests: ownedRequests(asked, pages, assumed),
            rows: children,
          };
      }
    },
  };
}

const linkRules: ReadonlyMap<
  string,
  Readonly<Record<string, LinkRule>>
> = new Map(
  Object.values(resources).map(({ typename, links }) => [typename, links]),
);

function pagesOf(
  request: PageRequest & {
    readonly criteria?: { readonly ids?: readonly string[] };
  },
): number {
  return pageRequests(request, maxPageSize, request.criteria?.ids?.length);
}

/**
 * Children of many owners are read together, or else each owner's alone when
 * those are fewer requests; see `createChildrenBatch`.
 *
 * @param pages of one owner's children that are asked for.
 */
function ownedRequests(
  asked: Asked,
  pages: number,
  assumed: CostSetup["assumed"],
): number {
  const { rows } = asked;
  if (rows <= 1) return rows * pages;
  const together = batchRequests(asked, maxOwners);
  return assumed === "most"
    ? together + rows * Math.max(1, pages)
    : // An owner has a child, or there and then some.
      together + rows / maxPageSize;
}
