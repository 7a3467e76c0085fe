import { PlatformError } from "../../domain/errors";
import { disputedKey } from "../disputed-keys";
import { readNumberedPages } from "../numbered-pages";
import { cutWindow, listByIds } from "../whole-lists";
import type {
  Batch,
  CustomerAddressRow,
  CustomerCriteria,
  CustomerGroupCriteria,
  CustomerGroupRow,
  CustomerRow,
  EntityRow,
  ListPage,
  ListRequest,
  MaybePromise,
  OperationScope,
  StoreSession,
  StoreSignals,
} from "../platform";
import { type ApiSetup, BigCommerceApi, maxPageSize } from "./api";
import { createEmailBatch } from "./customers-by-email";
import { type EntityName, entities } from "./entities";
import { type Filters, customerFilters, customerGroupFilters } from "./filters";
import { BigCommerceCustomer } from "./graph/customer";
import type { BigCommerceEntity } from "./graph/entity";
import type { BigCommercePriceListAssignment } from "./graph/price-list";
import {
  type Found,
  type GroupWindow,
  isReadable,
  readAllGroups,
  readGroupWindow,
} from "./group-list";
import { bareRow } from "./mapping";
import { misfitOf } from "./misfit";
import { isLocal } from "./plan";
import { createAssignmentsBatch } from "./price-list-assignments";
import { EntityReader, type Row } from "./reader";
import { idOf, isObject } from "./wire";

type PageRequest = Pick<ListRequest<unknown>, "window" | "needsTotal">;

export interface SessionSetup extends ApiSetup {
  readonly signals: StoreSignals;
}

/** The reads of one operation in one BigCommerce store. */
export class BigCommerceSession implements StoreSession {
  readonly #setup: SessionSetup;
  readonly #scope: OperationScope;
  readonly #api: BigCommerceApi;
  readonly #reader: EntityReader;
  readonly #assignments: Batch<readonly BigCommercePriceListAssignment[]>;
  readonly #emails: Batch<readonly Row[]>;

  constructor(setup: SessionSetup, scope: OperationScope) {
    this.#setup = setup;
    this.#scope = scope;
    this.#api = new BigCommerceApi(setup, scope);
    this.#reader = new EntityReader(this.#api, scope, setup);
    this.#emails = createEmailBatch(this.#api, this.#reader, scope);
    this.#assignments = createAssignmentsBatch(this.#api, scope, setup.store);
  }

  /** BigCommerce tells of no environments. */
  mode(): Promise<null> {
    return Promise.resolve(null);
  }

  entity(kind: string, nativeId: string): MaybePromise<EntityRow | null> {
    return this.#reader.load(nameOfKind(kind), nativeId);
  }

  reference(kind: string, nativeId: string): EntityRow {
    return bareRow(nameOfKind(kind), nativeId, this.#setup.store);
  }

  async customerGroups(
    request: ListRequest<CustomerGroupCriteria>,
  ): Promise<ListPage<CustomerGroupRow>> {
    const { window, needsTotal, criteria } = request;
    const filters = customerGroupFilters(criteria);
    if (window.count === 0 && !needsTotal) {
      return { rows: [], totalCount: null, hasNextPage: true };
    }
    if (criteria.ids && filters.length === 0) {
      return listByIds(criteria.ids, window, (id) =>
        this.#reader.load("customer_groups", id),
      );
    }
    const page = criteria.ids
      ? await this.#groupsByIds(criteria.ids, filters, request)
      : await readGroupWindow(this.#api, filters, window, needsTotal);
    return {
      rows: page.rows.map(({ value, answer }) =>
        this.#reader.take("customer_groups", value, answer),
      ),
      totalCount: page.totalCount,
      hasNextPage: page.hasNextPage,
    };
  }

  async customers(
    request: ListRequest<CustomerCriteria>,
  ): Promise<ListPage<CustomerRow>> {
    const call = this.#api.call(entities.customers.path);
    return this.#listCustomers(
      customerFilters(request.criteria, call),
      request,
    );
  }

  async customersByEmail(
    email: string,
  ): Promise<readonly (CustomerRow | Error)[]> {
    // A comma would make two addresses of it; none holds one here.
    if (email.includes(",")) return [];
    const rows = await this.#emails.load(email);
    return rows ?? [];
  }

  async customersOf(
    group: CustomerGroupRow,
    request: ListRequest<CustomerCriteria>,
  ): Promise<ListPage<CustomerRow>> {
    const { customerGroup } = request.criteria;
    return customerGroup !== undefined && customerGroup !== group.nativeId
      ? { rows: [], totalCount: 0, hasNextPage: false }
      : this.customers({
          ...request,
          criteria: { ...request.criteria, customerGroup: group.nativeId },
        });
  }

  customerGroupOf(
    customer: CustomerRow,
  ): MaybePromise<CustomerGroupRow | null> {
    const { customerGroupId } = narrow(customer);
    if (customerGroupId instanceof Error) throw customerGroupId;
    if (customerGroupId === null) return null;
    const { typename, kind } = entities.customer_groups;
    const asked = this.#scope.projection.fieldsOf(typename);
    // The customer itself says which group it is in: its id is known.
    return isLocal(asked)
      ? this.reference(kind, customerGroupId)
      : this.#reader.load("customer_groups", customerGroupId);
  }

  addressesOf(
    customer: CustomerRow,
  ): readonly (CustomerAddressRow | Error)[] | null {
    const { includedAddresses } = narrow(customer);
    if (includedAddresses instanceof Error) throw includedAddresses;
    return includedAddresses ?? null;
  }

  /**
   * Reads what a group's rules, accesses and categories refer to; references
   * of the same turn share requests.
   *
   * @returns `null` when it has been deleted.
   */
  referred<T extends BigCommerceEntity>(
    name: EntityName,
    id: string,
  ): MaybePromise<T | null> {
    return this.#reader.load(name, id) as MaybePromise<T | null>;
  }

  /** The price lists of a group by channel, in the order of their ids. */
  async priceListAssignmentsOf(
    group: EntityRow,
  ): Promise<readonly BigCommercePriceListAssignment[]> {
    return (await this.#assignments.load(group.nativeId)) ?? [];
  }

  /** The list of groups has no filter by id: it is read, and the ids picked. */
  async #groupsByIds(
    ids: readonly string[],
    filters: Filters,
    { window }: PageRequest,
  ): Promise<GroupWindow> {
    const wanted = new Set(ids);
    const isWanted = ({ value }: Found) =>
      isObject(value) && wanted.has(idOf(value["id"]) ?? "");
    const isWhole = (rows: readonly Found[]) =>
      rows.filter(isWanted).length === wanted.size;
    const all = await readAllGroups(this.#api, filters, isWhole);
    // A row that cannot be read may be the one that is missing.
    const isShown = isWhole(all)
      ? isWanted
      : (row: Found) => isWanted(row) || !isReadable(row.value);
    return cutWindow(all.filter(isShown), window);
  }

  async #listCustomers(
    filters: Filters,
    { window, needsTotal, criteria }: ListRequest<CustomerCriteria>,
  ): Promise<ListPage<CustomerRow>> {
    if (window.count === 0 && !needsTotal) {
      return { rows: [], totalCount: null, hasNextPage: true };
    }
    const isCount = window.count === 0;
    const list = await readNumberedPages(
      isCount ? { offset: 0, count: 1 } : window,
      maxPageSize,
      async ({ number, size }) => {
        const answer = await this.#api.list(entities.customers.path, [
          ...filters,
          // No order is promised otherwise; customers added later come last.
          ["sort", "date_created:asc"],
          ["page", String(number)],
          ["limit", String(size)],
          ...(isCount ? [] : this.#reader.parameters("customers")),
        ]);
        const { pagination, data } = answer.value;
        if (!pagination) {
          throw PlatformError.contract(
            answer.call,
            "expected meta.pagination with the total",
          );
        }
        return {
          total: pagination.total,
          call: answer.call,
          rows: data.map((value) => ({ value, answer })),
        };
      },
      keyOf,
    );
    const { rows = [], total = 0, disputed } = list ?? {};
    return {
      rows: isCount
        ? []
        : rows.map((row) =>
            disputed?.has(keyOf(row) ?? "")
              ? disputedKey(row.answer.call)
              : (misfitOf(row.value, criteria, row.answer.call) ??
                this.#reader.take("customers", row.value, row.answer)),
          ),
      totalCount: total,
      hasNextPage: window.offset + window.count < total,
    };
  }
}

function keyOf({ value }: Found): string | undefined {
  return isObject(value) ? (idOf(value["id"]) ?? undefined) : undefined;
}

function nameOfKind(kind: string): EntityName {
  const found = Object.entries(entities).find(
    ([, entity]) => entity.kind === kind,
  );
  if (!found) throw new Error(`There is no kind "${kind}" here.`);
  return found[0] as EntityName;
}

function narrow(row: EntityRow): BigCommerceCustomer {
  if (row instanceof BigCommerceCustomer) return row;
  throw new Error("A row of another platform came to a BigCommerce store.");
}
