import { BadUserInputError } from "../../domain/errors";
import type {
  CustomerCriteria,
  CustomerGroupCriteria,
  PageRequest,
} from "../../platforms/platform";
import { customerCriteria, customerGroupCriteria } from "../criteria";
import type { CustomerFilter, CustomerGroupFilter } from "../filters";
import type { OperationContext, OperationStore } from "../operation-context";
import type { CostedStore, Rows } from "./arrival";
import type { PageNeeds } from "./page-needs";

/** How many customers of a store have one e-mail address. */
export const customersOfOneAddress = 1;

/** Lists with a filter: all groups, all customers, or a group's customers. */
export type ListName = "customerGroups" | "customers" | "members";

/** One store's part of a list. */
export interface ListPart {
  readonly store: CostedStore;
  /** The object type of its rows. */
  readonly typename: string;
  readonly groups?: NonNullable<Rows["groups"]>;
  /** How many rows it can have, as far as its filter tells. */
  readonly mostRows: number;
  /** The requests of a page of it. */
  readonly cost: (page: PageRequest) => number;
}

/**
 * The stores that a list is of, in its order.
 *
 * @returns none for a filter that cannot be used: the field is an error then.
 */
export function listParts(
  list: ListName,
  filter: unknown,
  context: OperationContext,
  storeOf: (own: OperationStore) => CostedStore,
): readonly ListPart[] {
  try {
    return list === "customerGroups"
      ? customerGroupCriteria(context, filter as CustomerGroupFilter).map(
          ({ store, criteria }) => partOfGroups(storeOf(store), criteria),
        )
      : customerCriteria(context, filter as CustomerFilter).map(
          ({ store, criteria }) =>
            partOfCustomers(storeOf(store), criteria, list),
        );
  } catch (error) {
    if (error instanceof BadUserInputError) return [];
    throw error;
  }
}

function partOfGroups(
  store: CostedStore,
  criteria: CustomerGroupCriteria,
): ListPart {
  return {
    store,
    typename: store.groupType,
    mostRows: criteria.ids?.length ?? Infinity,
    cost: (page) => store.costs.customerGroups({ ...page, criteria }),
  };
}

function partOfCustomers(
  store: CostedStore,
  criteria: CustomerCriteria,
  list: "customers" | "members",
): ListPart {
  const { costs } = store;
  return {
    store,
    typename: store.customerType,
    ...(criteria.customerGroup === undefined
      ? {}
      : { groups: { count: 1, areRead: false } }),
    mostRows:
      criteria.email === undefined
        ? (criteria.ids?.length ?? Infinity)
        : customersOfOneAddress,
    cost: (page) =>
      list === "members"
        ? costs.customersOf({ ...page, criteria })
        : costs.customers({ ...page, criteria }),
  };
}

/** The rows of a page of it, as far as anything is selected of them. */
export function rowsOfPart(
  { typename, groups, mostRows }: ListPart,
  { rowSets, size }: PageNeeds,
): Rows {
  return {
    typename,
    sets: rowSets,
    count: rowSets.length > 0 ? Math.min(size, mostRows) : 0,
    ...(groups ? { groups } : {}),
  };
}
