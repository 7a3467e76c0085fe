import { PlatformError } from "../../domain/errors";
import type {
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
import { cutWindow, listByIds } from "../whole-lists";
import { type ApiSetup, type Collection, EcwidApi } from "./api";
import { entities } from "./entities";
import {
  type Filters,
  customerFilters,
  customerGroupFilters,
  isOpen,
} from "./filters";
import { EcwidCustomer } from "./graph/customer";
import { EcwidCustomerGroup } from "./graph/customer-group";
import { type EcwidEntity, bareRow } from "./mapping";
import { asksOnlyMembers, isToldByCustomers } from "./plan";
import { EntityReader, type Row } from "./reader";
import { type Found, byId, searchAll, searchWindow } from "./search";
import { idOf, isObject } from "./wire";

export interface SessionSetup extends ApiSetup {
  readonly signals: StoreSignals;
}

/** The order of lists: customers that are added later come last. */
const order = ["sortBy", "REGISTERED_DATE_ASC"] as const;

/** The reads of one operation in one Ecwid store. */
export class EcwidSession implements StoreSession {
  readonly #setup: SessionSetup;
  readonly #scope: OperationScope;
  readonly #api: EcwidApi;
  readonly #reader: EntityReader;

  constructor(setup: SessionSetup, scope: OperationScope) {
    this.#setup = setup;
    this.#scope = scope;
    this.#api = new EcwidApi(setup, scope);
    this.#reader = new EntityReader(this.#api, scope, setup);
  }

  /** Ecwid tells of no environments. */
  mode(): Promise<null> {
    return Promise.resolve(null);
  }

  entity(kind: string, nativeId: string): MaybePromise<EntityRow | null> {
    const collection = collectionOf(kind);
    const asked = this.#scope.projection.fieldsOf(
      entities[collection].typename,
    );
    // A group of which nothing is asked but its members is not read itself:
    // the members are found by its id.
    return collection === "customer_groups" && asksOnlyMembers(asked)
      ? this.reference(kind, nativeId)
      : this.#reader.load(collection, nativeId);
  }

  reference(kind: string, nativeId: string): EcwidEntity {
    return bareRow(collectionOf(kind), nativeId, this.#setup.store);
  }

  async customerGroups({
    window,
    needsTotal,
    criteria,
  }: ListRequest<CustomerGroupCriteria>): Promise<ListPage<CustomerGroupRow>> {
    const call = this.#api.call("customer_groups");
    const filters = customerGroupFilters(criteria, call);
    if (window.count === 0 && !needsTotal) {
      return { rows: [], totalCount: null, hasNextPage: true };
    }
    if (window.count === 0 && isOpen(criteria)) {
      const total = await this.#api.count("customer_groups", filters);
      return {
        rows: [],
        totalCount: total,
        hasNextPage: window.offset < total,
      };
    }
    // No order is promised and none can be asked for: a window would not be
    // the same from one request to the next. All of them are few.
    const { responseFields } = this.#reader.plan("customer_groups");
    const found = await searchAll(
      this.#api,
      "customer_groups",
      filters,
      criteria.name === undefined ? responseFields : `${responseFields},name`,
    );
    return this.#cut(
      "customer_groups",
      byId(found).filter(({ value }) => meets(value, criteria)),
      window,
    );
  }

  async customers(
    request: ListRequest<CustomerCriteria>,
  ): Promise<ListPage<CustomerRow>> {
    const { window, needsTotal, criteria } = request;
    const filters = customerFilters(criteria, this.#api.call("customers"));
    if (window.count === 0 && !needsTotal) {
      return { rows: [], totalCount: null, hasNextPage: true };
    }
    if (criteria.ids) {
      return listByIds(
        criteria.ids,
        window,
        (id) =>
          this.#reader.load("customers", id) as Promise<EcwidCustomer | null>,
      );
    }
    const { responseFields } = this.#reader.plan("customers");
    const group = criteria.customerGroup;
    // Each row says which group it is in: a filter may have been ignored.
    const fields =
      group === undefined
        ? responseFields
        : `${responseFields},customerGroupId`;
    if (criteria.email === undefined) {
      const page = await this.#listed([...filters, order], window, fields);
      return {
        ...page,
        rows: page.rows.map((row) => this.#memberOf(group, row)),
      };
    }
    // Stores that do not know the exact match yet find parts of addresses too.
    const found = await searchAll(
      this.#api,
      "customers",
      [...filters, order],
      `${fields},email`,
    );
    const page = this.#cut<CustomerRow>(
      "customers",
      found.filter(
        ({ value }) =>
          isObject(value) && sameText(value["email"], criteria.email),
      ),
      window,
    );
    return {
      ...page,
      rows: page.rows.map((row) => this.#memberOf(group, row)),
    };
  }

  /** Without the exact match, which may heed the case of letters. */
  async customersByEmail(
    email: string,
  ): Promise<readonly (CustomerRow | Error)[]> {
    const found = await searchAll(
      this.#api,
      "customers",
      [["email", email], order],
      this.#reader.plan("customers").responseFields,
    );
    return this.#taken(
      "customers",
      found.filter(
        ({ value }) => isObject(value) && sameText(value["email"], email),
      ),
    );
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
    const { groupId, groupName } = narrow(customer);
    if (groupId instanceof Error) throw groupId;
    if (groupId === undefined || groupId === null) return null;
    const { kind, typename } = entities.customer_groups;
    const asked = this.#scope.projection.fieldsOf(typename);
    const isKnown = !asked.has("name") || typeof groupName === "string";
    return isToldByCustomers(asked) && isKnown
      ? (Object.assign(this.reference(kind, groupId), {
          name: groupName,
        }) as CustomerGroupRow)
      : (this.#reader.load(
          "customer_groups",
          groupId,
        ) as MaybePromise<EcwidCustomerGroup | null>);
  }

  addressesOf(
    customer: CustomerRow,
  ): readonly (CustomerAddressRow | Error)[] | null {
    return narrow(customer).knownAddresses ?? null;
  }

  async #listed(
    filters: Filters,
    window: ListRequest<unknown>["window"],
    fields: string,
  ): Promise<ListPage<CustomerRow>> {
    if (window.count === 0) {
      const total = await this.#api.count("customers", filters);
      return {
        rows: [],
        totalCount: total,
        hasNextPage: window.offset < total,
      };
    }
    const { rows, total } = await searchWindow(
      this.#api,
      "customers",
      filters,
      window,
      fields,
    );
    return {
      rows: this.#taken("customers", rows),
      totalCount: total,
      hasNextPage: window.offset + window.count < total,
    };
  }

  /** Cuts a window out of rows that are all there. */
  #cut<T extends EntityRow>(
    collection: Collection,
    found: readonly Found[],
    window: ListRequest<unknown>["window"],
  ): ListPage<T> {
    const page = cutWindow(found, window);
    return {
      ...page,
      rows: this.#taken(collection, page.rows) as readonly (T | Error)[],
    };
  }

  #taken(collection: Collection, found: readonly Found[]): Row[] {
    return found.map(({ value, answer }) =>
      this.#reader.take(collection, value, answer),
    );
  }

  /** @param group that the list was to be of; any when absent. */
  #memberOf(
    group: string | undefined,
    member: CustomerRow | Error,
  ): CustomerRow | Error {
    if (member instanceof Error || group === undefined) return member;
    return narrow(member).groupId === group
      ? member
      : PlatformError.contract(
          this.#api.call("customers"),
          `asked for the members of group "${group}", it answered one of another group`,
        );
  }
}

function meets(value: unknown, criteria: CustomerGroupCriteria): boolean {
  if (!isObject(value)) return true;
  const id = idOf(value["id"]);
  const { ids, name, isDefault } = criteria;
  return (
    (ids === undefined || (id !== null && ids.includes(id))) &&
    (name === undefined || value["name"] === name) &&
    (isDefault === undefined || (id === "0") === isDefault)
  );
}

function sameText(value: unknown, text: string | undefined): boolean {
  return (
    typeof value === "string" &&
    text !== undefined &&
    value.toLowerCase() === text.toLowerCase()
  );
}

function collectionOf(kind: string): Collection {
  return kind === entities.customers.kind ? "customers" : "customer_groups";
}

function narrow(row: EntityRow): EcwidCustomer {
  if (row instanceof EcwidCustomer) return row;
  throw new Error("A row of another platform came to an Ecwid store.");
}
