import { type PlatformCall, PlatformError } from "../../domain/errors";
import type {
  CustomerCriteria,
  CustomerGroupCriteria,
  DateTimeInterval,
} from "../platform";
import type { Parameter } from "./api";

/** Conditions on a list: `filter[q][<name>]` with its value. */
export type Filters = readonly Parameter[];

/** @throws PlatformError `UNSUPPORTED_BY_PLATFORM`. */
export function customerGroupFilters(
  criteria: CustomerGroupCriteria,
  call: PlatformCall,
): Filters {
  for (const field of ["isDefault", "isGroupForGuests"] as const) {
    if (criteria[field] !== undefined) {
      throw PlatformError.unsupported(
        call,
        `filter.${field}`,
        `Commerce Layer has neither a default group nor one for guests; leave out filter.${field} or restrict filter.stores`,
      );
    }
  }
  return compact([
    ["id_in", criteria.ids?.join(",")],
    ["name_eq", criteria.name],
    ["name_i_cont", criteria.nameContains],
    ...intervalFilters("created_at", criteria.createdAt),
    ...intervalFilters("updated_at", criteria.updatedAt),
  ]);
}

export function customerFilters(criteria: CustomerCriteria): Filters {
  return compact([
    ["id_in", criteria.ids?.join(",")],
    ["customer_group_id_eq", criteria.customerGroup],
    ["email_eq", criteria.email],
    // Commerce Layer keeps no names of customers: only the e-mail is searched.
    ["email_i_cont", criteria.search],
    ...intervalFilters("created_at", criteria.createdAt),
    ...intervalFilters("updated_at", criteria.updatedAt),
  ]);
}

function intervalFilters(
  attribute: string,
  interval: DateTimeInterval | undefined,
): [string, string | undefined][] {
  return [
    [`${attribute}_gteq`, interval?.min],
    [`${attribute}_lteq`, interval?.max],
  ];
}

function compact(
  parameters: readonly (readonly [string, string | undefined])[],
): Filters {
  return parameters.flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
}
