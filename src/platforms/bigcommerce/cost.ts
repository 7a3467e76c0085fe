import type {
  Asked,
  CustomerCriteria,
  CustomerGroupCriteria,
  LinkCost,
  ListRequest,
  Projection,
  RequestCosts,
} from "../platform";
import type { KnownCount } from "../known-count";
import { planPages } from "../../domain/page-plan";
import { batchRequests, pageRequests } from "../request-counts";
import { maxPageSize } from "./api";
import { maxEmails } from "./customers-by-email";
import { entities } from "./entities";
import { customerGroupFilters } from "./filters";
import { maxPages } from "./group-list";
import { isLocal } from "./plan";

export interface CostSetup {
  readonly projection: Projection;
  /** How many groups the store has. */
  readonly groups: KnownCount;
  readonly assumed: "most" | "usual";
}

/**
 * What one group refers to at the most, on the average of those that are read
 * together: in its rules, its accesses and its assignments, of each kind. The
 * platform sets no bound.
 */
const references = 2;

const referring: Readonly<Record<string, string>> = {
  "BigCommerceCategory.parent": "BigCommerceCategory",
  "BigCommerceCategoryDiscountRule.category": "BigCommerceCategory",
  "BigCommercePriceListAssignment.priceList": "BigCommercePriceList",
  "BigCommercePriceListDiscountRule.priceList": "BigCommercePriceList",
  "BigCommerceProductDiscountRule.product": "BigCommerceProduct",
};

/**
 * What reads of a store cost at the most. What groups refer to is taken to be
 * 250 different things of a kind in the rules of every 62 groups, and as many
 * in their accesses; and assignments of price lists to be 250 to a request.
 */
export function createCosts(setup: CostSetup): RequestCosts {
  const { projection, groups, assumed } = setup;
  const count = groups.atMost();
  const groupPages =
    count === null
      ? assumed === "most"
        ? maxPages
        : 1
      : Math.min(Math.ceil(count / maxPageSize), maxPages);
  const askedOfGroups = projection.fieldsOf(entities.customer_groups.typename);

  return {
    mode: () => 0,
    entities: (kind, asked) =>
      kind === entities.customer_groups.kind
        ? groupsById(asked, groupPages)
        : batchRequests(asked, maxPageSize),
    customerGroups: (request) => listGroups(request, groupPages),
    customers: listCustomers,
    customersByEmail: (asked) => batchRequests(asked, maxEmails),
    customersOf: listCustomers,
    link: (typename, field, asked): LinkCost | null => {
      const kind = referring[`${typename}.${field}`];
      if (kind !== undefined) return { kind, rows: 1 };
      switch (`${typename}.${field}`) {
        case "BigCommerceCustomer.customerGroup":
          return isLocal(askedOfGroups)
            ? null
            : { kind: entities.customer_groups.kind, rows: 1 };
        case "BigCommerceCategoryAccess.categories":
          return { kind: entities.categories.kind, rows: references };
        case "BigCommerceCustomerGroup.discountRules":
          return { along: references };
        case "BigCommerceCustomerGroup.priceListAssignments":
          return {
            requests: batchRequests(asked, maxPageSize),
            rows: references,
          };
        default:
          return null;
      }
    },
  };
}

function listCustomers(request: ListRequest<CustomerCriteria>): number {
  return pageRequests(request, maxPageSize, request.criteria.ids?.length);
}

/** See `findGroups`. */
function groupsById({ rows, turns }: Asked, pages: number): number {
  if (rows <= 1) return rows;
  return pages === 1
    ? turns
    : // The first page and the count; then pages or groups, whichever are fewer.
      2 * turns + Math.min(rows, turns * (pages - 1));
}

/** See `BigCommerceSession.customerGroups`. */
function listGroups(
  { window, needsTotal, criteria }: ListRequest<CustomerGroupCriteria>,
  pages: number,
): number {
  const { offset, count } = window;
  const isFiltered = customerGroupFilters(criteria).length > 0;
  if (count === 0 && !needsTotal) return 0;
  if (criteria.ids) {
    return isFiltered
      ? pages
      : groupsById({ rows: criteria.ids.length, turns: 1 }, pages);
  }
  if (count === 0 && !isFiltered) return 1;
  if (needsTotal && isFiltered) return pages;
  if (needsTotal && offset + count < maxPageSize) return pages === 1 ? 1 : 2;
  return (
    planPages({ offset, count: count + 1 }, maxPageSize).length +
    Number(needsTotal)
  );
}
