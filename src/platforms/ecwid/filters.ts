import { type PlatformCall, PlatformError } from "../../domain/errors";
import type {
  CustomerCriteria,
  CustomerGroupCriteria,
  DateTimeInterval,
} from "../platform";
import type { Parameter } from "./api";

/** Conditions on a list, as query parameters. */
export type Filters = readonly Parameter[];

/**
 * Conditions on groups that the search takes. The whole name and being the
 * default are not among them: what was found is sifted for those.
 *
 * @throws PlatformError `UNSUPPORTED_BY_PLATFORM`.
 */
export function customerGroupFilters(
  criteria: CustomerGroupCriteria,
  call: PlatformCall,
): Filters {
  for (const field of ["createdAt", "updatedAt"] as const) {
    if (criteria[field]) {
      throw PlatformError.unsupported(
        call,
        `filter.${field}`,
        `Ecwid keeps no dates of groups; leave out filter.${field} or restrict filter.stores`,
      );
    }
  }
  if (criteria.isGroupForGuests !== undefined) {
    throw PlatformError.unsupported(
      call,
      "filter.isGroupForGuests",
      "Ecwid has no group for guests; leave out filter.isGroupForGuests or restrict filter.stores",
    );
  }
  return compact([
    ["keyword", criteria.nameContains ?? criteria.name],
    ["customerGroupIds", criteria.ids?.join(",")],
  ]);
}

/** Whether only counting is needed to count: nothing has to be sifted. */
export function isOpen({
  ids,
  name,
  isDefault,
}: CustomerGroupCriteria): boolean {
  return ids === undefined && name === undefined && isDefault === undefined;
}

/**
 * Conditions on customers but `ids`: the search has no filter by id.
 *
 * @throws PlatformError `UNSUPPORTED_BY_PLATFORM`.
 */
export function customerFilters(
  criteria: CustomerCriteria,
  call: PlatformCall,
): Filters {
  if (criteria.ids && Object.keys(criteria).length > 1) {
    throw PlatformError.unsupported(
      call,
      "filter.ids",
      "Ecwid has no filter by ids, so filter.ids stands with no other condition",
    );
  }
  return compact([
    ["customerGroupIds", criteria.customerGroup],
    ["email", criteria.email],
    ["useExactEmailMatch", criteria.email === undefined ? undefined : "true"],
    ["keyword", criteria.search],
    ...intervalFilters("created", criteria.createdAt),
    ...intervalFilters("updated", criteria.updatedAt),
  ]);
}

/**
 * Dates are kept in whole seconds and asked for as seconds since 1970, as the
 * vendor's own client does: an end between two seconds moves to the one inside
 * the interval.
 */
function intervalFilters(
  name: string,
  interval: DateTimeInterval | undefined,
): [string, string | undefined][] {
  const seconds = (time: string, round: (seconds: number) => number) =>
    String(round(Date.parse(time) / 1_000));
  return [
    [`${name}From`, interval?.min && seconds(interval.min, Math.ceil)],
    [`${name}To`, interval?.max && seconds(interval.max, Math.floor)],
  ];
}

function compact(
  parameters: readonly (readonly [string, string | undefined])[],
): Filters {
  return parameters.flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
}
