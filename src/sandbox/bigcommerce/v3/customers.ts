import { fromDate } from "../dates";
import {
  anyTextLike,
  dateFilters,
  foldedTextIn,
  idIn,
  textIn,
} from "../filters";
import { BadParameter } from "../errors";
import { getWords, type Query } from "../query";
import { customerScopes, type Route } from "../route";
import type { CustomerAddressRow, CustomerRow } from "../rows";
import { createList } from "./list";

const includes = [
  "addresses",
  "storecredit",
  "attributes",
  "formfields",
  "shopper_profile_id",
  "segment_ids",
] as const;
const sortFields = ["date_created", "last_name", "date_modified"] as const;
const shared = { version: "v3", scopes: customerScopes } as const;

/** Customers and their addresses. A single customer has no path of its own. */
export function createCustomerRoutes(
  rows: readonly CustomerRow[],
  addresses: readonly CustomerAddressRow[],
): readonly Route[] {
  return [
    {
      ...shared,
      path: "/customers",
      answer: createList<CustomerRow>({
        rows,
        id: (row) => row.id,
        cursors: "ignores page",
        filters: {
          "id:in": idIn(rows, (row) => row.id),
          "email:in": foldedTextIn(rows, (row) => row.email),
          "customer_group_id:in": idIn(rows, (row) => row.customer_group_id),
          "company:in": textIn(rows, (row) => row.company),
          "phone:in": textIn(rows, (row) => row.phone),
          "registration_ip_address:in": textIn(
            rows,
            (row) => row.registration_ip_address,
          ),
          "name:in": textIn(rows, toFullName),
          "name:like": anyTextLike(toFullName),
          ...dateFilters("date_created", (row: CustomerRow) =>
            fromDate(row.date_created),
          ),
          ...dateFilters("date_modified", (row: CustomerRow) =>
            fromDate(row.date_modified),
          ),
        },
        parameters: ["include", "sort"],
        order: toOrder,
        present: toPresentCustomer,
      }),
    },
    {
      ...shared,
      path: "/customers/addresses",
      answer: createList<CustomerAddressRow>({
        rows: addresses,
        id: (row) => row.id,
        cursors: "none",
        filters: {
          "id:in": idIn(addresses, (row) => row.id),
          "customer_id:in": idIn(addresses, (row) => row.customer_id),
          "company:in": textIn(addresses, (row) => row.company),
          "name:in": textIn(addresses, toFullName),
        },
        parameters: ["include"],
        present: (query) => {
          const withFields =
            getWords(query, "include", ["formfields"]).length > 0;
          return (row) => toPresentAddress(row, withFields);
        },
      }),
    },
  ];
}

function toFullName(row: CustomerRow | CustomerAddressRow): string {
  return `${row.first_name} ${row.last_name}`;
}

function toOrder(query: Query) {
  const sort = query.get("sort");
  if (sort === undefined) return undefined;
  const [name, direction] = sort.split(":");
  const field = sortFields.find((field) => field === name);
  if (!field || (direction !== "asc" && direction !== "desc"))
    throw new BadParameter(
      "sort",
      `must be one of ${sortFields.join(", ")} with :asc or :desc`,
    );
  const sign = direction === "asc" ? 1 : -1;
  return (a: CustomerRow, b: CustomerRow) =>
    a[field] < b[field] ? -sign : a[field] > b[field] ? sign : a.id - b.id;
}

function toPresentCustomer(query: Query) {
  const wanted = new Set(getWords(query, "include", includes));
  return (row: CustomerRow) => {
    const {
      addresses,
      attributes,
      form_fields,
      store_credit_amounts,
      shopper_profile_id,
      segment_ids,
      ...own
    } = row;
    const withFields = wanted.has("formfields");
    return {
      ...own,
      ...(wanted.has("addresses")
        ? { addresses: addresses.map((a) => toPresentAddress(a, withFields)) }
        : {}),
      ...(wanted.has("attributes") ? { attributes } : {}),
      ...(withFields ? { form_fields } : {}),
      ...(wanted.has("storecredit") ? { store_credit_amounts } : {}),
      ...(wanted.has("shopper_profile_id") ? { shopper_profile_id } : {}),
      ...(wanted.has("segment_ids") ? { segment_ids } : {}),
    };
  };
}

function toPresentAddress(row: CustomerAddressRow, withFields: boolean) {
  const { form_fields, ...address } = row;
  return withFields ? { ...address, form_fields } : address;
}
