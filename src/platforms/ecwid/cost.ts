import type {
  CustomerCriteria,
  CustomerGroupCriteria,
  ListRequest,
  Projection,
  RequestCosts,
} from "../platform";
import type { KnownCount } from "../known-count";
import { batchRequests } from "../request-counts";
import { maxPageSize } from "./api";
import { entities } from "./entities";
import { isOpen } from "./filters";
import { asksOnlyMembers, isToldByCustomers } from "./plan";
import { maxPages } from "./search";

export interface CostSetup {
  readonly projection: Projection;
  /** How many groups the store has. */
  readonly groups: KnownCount;
  readonly assumed: "most" | "usual";
}

/**
 * What reads of a store cost at the most. A search for a whole e-mail address
 * is taken to find 100 customers at the most, and the store to heed the filter
 * of groups by their ids.
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

  const customers = ({
    window,
    needsTotal,
    criteria,
  }: ListRequest<CustomerCriteria>): number => {
    if (window.count === 0 && !needsTotal) return 0;
    if (criteria.ids) return criteria.ids.length;
    if (criteria.email !== undefined || window.count === 0) return 1;
    return Math.ceil(window.count / maxPageSize);
  };

  return {
    mode: () => 0,
    entities: (kind, asked) => {
      if (kind === entities.customers.kind) return asked.rows;
      return asksOnlyMembers(askedOfGroups)
        ? 0
        : batchRequests(asked, maxPageSize);
    },
    customerGroups: ({
      window,
      needsTotal,
      criteria,
    }: ListRequest<CustomerGroupCriteria>): number => {
      if (window.count === 0) {
        if (!needsTotal) return 0;
        if (isOpen(criteria)) return 1;
      }
      return criteria.ids
        ? Math.ceil(criteria.ids.length / maxPageSize)
        : groupPages;
    },
    customers,
    customersByEmail: ({ rows }) => rows,
    customersOf: customers,
    link: (typename, field) =>
      typename === entities.customers.typename &&
      field === "customerGroup" &&
      !isToldByCustomers(askedOfGroups)
        ? { kind: entities.customer_groups.kind, rows: 1 }
        : null,
  };
}
