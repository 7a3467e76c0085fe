import { foldPhone, toIndexed, type IndexedCustomer } from "./customer-index";
import type { EcwidData } from "./data/create-data";
import { ApiError, WrongParameter } from "./errors";
import { customerFields, customerSearchFields } from "./fields";
import {
  anyIdIn,
  anyTextHas,
  anyTextIn,
  anyTextIs,
  booleanIs,
  dateIs,
  fold,
  numberIs,
  selectRows,
  wordIs,
  type Filter,
  type Filters,
} from "./filters";
import { pagingParameters, toPage, toWindow } from "./paging";
import { toWord, type Query } from "./query";
import type { Route } from "./route";
import { createSorted, sortings, type SortBy } from "./sorting";

const DEFAULT_SORTING: SortBy = "NAME_ASC";
const EXACT_EMAIL = "useExactEmailMatch";

const atLeast = (actual: number, wanted: number) => actual >= wanted;
const atMost = (actual: number, wanted: number) => actual <= wanted;
const emailHas = anyTextHas<IndexedCustomer>((one) => [one.email]);
const emailIs = anyTextIs<IndexedCustomer>((one) => [one.email]);
const groupIn = anyIdIn<IndexedCustomer>(({ row }) => [row.customerGroupId]);

const filters: Filters<IndexedCustomer> = {
  keyword: anyTextHas((one) => [one.name, one.email]),
  name: anyTextHas((one) => [one.name]),
  email: emailHas,
  phone: hasPhone(),
  city: anyTextHas((one) => one.cities),
  postalCode: anyTextIs((one) => one.postalCodes),
  stateOrProvinceCode: anyTextIs((one) => one.states),
  countryCodes: anyTextIn((one) => one.countries),
  companyName: anyTextHas((one) => one.companies),
  // Where nothing is said, mails may be sent (Ecwid's docs of 2020).
  acceptMarketing: booleanIs(({ row }) => row.acceptMarketing ?? true),
  taxExempt: booleanIs(({ row }) => row.taxExempt ?? false),
  lang: anyTextIs(({ row }) =>
    row.lang === undefined ? [] : [fold(row.lang)],
  ),
  customerGroupIds: groupIn,
  // The filter of Ecwid's docs of 2020, which its Java client still sends.
  customerGroup: groupIn,
  minOrderCount: numberIs((one) => one.orders, atLeast),
  maxOrderCount: numberIs((one) => one.orders, atMost),
  minSalesValue: numberIs((one) => one.salesValue, atLeast),
  maxSalesValue: numberIs((one) => one.salesValue, atMost),
  purchasedProductIds: anyIdIn((one) => one.productIds),
  b2b_b2c: wordIs(({ row }) => row.b2b_b2c, ["b2b", "b2c"]),
  createdFrom: dateIs((one) => one.registeredAt, atLeast),
  createdTo: dateIs((one) => one.registeredAt, atMost),
  updatedFrom: dateIs((one) => one.updatedAt, atLeast),
  updatedTo: dateIs((one) => one.updatedAt, atMost),
  fiscalCode: anyTextIs(({ row }) => [fold(row.fiscalCode ?? "")]),
  electronicInvoicePecEmail: anyTextIs(({ row }) => [
    fold(row.electronicInvoicePecEmail ?? ""),
  ]),
  electronicInvoiceSdiCode: anyTextIs(({ row }) => [
    fold(row.electronicInvoiceSdiCode ?? ""),
  ]),
};

const parameters = [
  ...Object.keys(filters),
  ...pagingParameters,
  EXACT_EMAIL,
  "sortBy",
  // Only Ecwid's Java client has these, without a word on what they do.
  "checkOnlyCustomerId",
  "usePrecalculatedOrderCount",
];

/** Searching customers and reading one. */
export function createCustomerRoutes({
  customers,
  purchasedProductIds,
}: EcwidData): readonly Route[] {
  const rowsById = new Map(customers.map((row) => [row.id, row]));
  const sorted = createSorted(
    customers.map((row) =>
      toIndexed(row, purchasedProductIds.get(row.id) ?? []),
    ),
  );
  return [
    {
      path: "customers",
      isAboutGroups: false,
      parameters,
      fields: customerSearchFields,
      answer: ({ query, settings, arrange }) => {
        const window = toWindow(query, settings);
        const found = selectRows(
          sorted(toSorting(query)),
          { ...filters, email: wantsExactEmail(query) ? emailIs : emailHas },
          query,
        );
        const items = toPage(found, window).map(({ row }) => row);
        return {
          total: found.length,
          count: items.length,
          ...window,
          items: query.has("sortBy") ? items : arrange(items),
          allCustomerCount: customers.length,
        };
      },
    },
    {
      path: "customers/{id}",
      isAboutGroups: false,
      parameters: [],
      fields: customerFields,
      answer: ({ id }) => {
        const row = rowsById.get(id);
        if (!row) throw new ApiError(404, `Customer #${id} not found`);
        // Only searches show it in the documentation's examples.
        return Object.fromEntries(
          Object.entries(row).filter(([name]) => name !== "totalOrderCount"),
        );
      },
    },
  ];
}

function toSorting(query: Query): SortBy {
  return toWord(query.get("sortBy") ?? DEFAULT_SORTING, "sortBy", sortings);
}

function wantsExactEmail(query: Query): boolean {
  const text = query.get(EXACT_EMAIL) ?? "false";
  const isExact = toWord(text, EXACT_EMAIL, ["true", "false"]) === "true";
  if (isExact && !query.has("email"))
    throw new WrongParameter(EXACT_EMAIL, "needs email");
  return isExact;
}

function hasPhone(): Filter<IndexedCustomer> {
  return (value, name) => {
    const part = foldPhone(fold(value));
    if (part === "") throw new WrongParameter(name, "must have a digit");
    return (one) => one.phones.some((phone) => phone.includes(part));
  };
}
