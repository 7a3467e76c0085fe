import { type PlatformCall, PlatformError } from "../../domain/errors";
import type {
  CustomerCriteria,
  CustomerGroupCriteria,
  DateTimeInterval,
} from "../platform";
import type { Parameter } from "./api";

/** Conditions on a list, as query parameters. */
export type Filters = readonly Parameter[];

/** Conditions on groups but `ids`: the list of groups has no filter by id. */
export function customerGroupFilters(criteria: CustomerGroupCriteria): Filters {
  return compact([
    ["name", criteria.name],
    ["name:like", criteria.nameContains],
    ["is_default", criteria.isDefault?.toString()],
    ["is_group_for_guests", criteria.isGroupForGuests?.toString()],
    ...intervalFilters("date_created", criteria.createdAt),
    ...intervalFilters("date_modified", criteria.updatedAt),
  ]);
}

/** @throws PlatformError `UNSUPPORTED_BY_PLATFORM`. */
export function customerFilters(
  criteria: CustomerCriteria,
  call: PlatformCall,
): Filters {
  if (criteria.email?.includes(",")) {
    throw PlatformError.unsupported(
      call,
      "filter.email",
      "BigCommerce separates e-mail addresses by commas, so it cannot look for one that holds a comma",
    );
  }
  return compact([
    ["id:in", criteria.ids?.join(",")],
    ["customer_group_id:in", criteria.customerGroup],
    ["email:in", criteria.email],
    ["name:like", criteria.search],
    ...intervalFilters("date_created", criteria.createdAt),
    ...intervalFilters("date_modified", criteria.updatedAt),
  ]);
}

function intervalFilters(
  name: string,
  interval: DateTimeInterval | undefined,
): [string, string | undefined][] {
  return [
    [`${name}:min`, interval?.min && wholeSecond(interval.min, Math.ceil)],
    [`${name}:max`, interval?.max && wholeSecond(interval.max, Math.floor)],
  ];
}

/**
 * Dates are kept in whole seconds, and filters take them without a zone: an
 * end between two seconds moves to the one inside the interval.
 */
function wholeSecond(time: string, round: (seconds: number) => number): string {
  const seconds = round(Date.parse(time) / 1_000);
  return new Date(seconds * 1_000).toISOString().slice(0, 19);
}

function compact(
  parameters: readonly (readonly [string, string | undefined])[],
): Filters {
  return parameters.flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
}
