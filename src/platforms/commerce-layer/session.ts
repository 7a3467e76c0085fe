import type { CancelSignal } from "../../domain/cancellation";
import { type PlatformCall, PlatformError } from "../../domain/errors";
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
  Mode,
  OperationScope,
  StoreSession,
  StoreSignals,
} from "../platform";
import { cutWindow, orError } from "../whole-lists";
import { type Answer, type ApiSetup, CommerceLayerApi } from "./api";
import { type Filters, customerFilters, customerGroupFilters } from "./filters";
import { CommerceLayerAddress } from "./graph/address";
import { CommerceLayerCustomer } from "./graph/customer";
import { CommerceLayerCustomerGroup } from "./graph/customer-group";
import type { CommerceLayerResource } from "./graph/resource";
import { bareRow, modeOf } from "./mapping";
import { type Children, createChildrenBatch } from "./owned-children";
import { type PageRequest, onlyIdsOf, readWindow } from "./paged-list";
import {
  type OwnerLink,
  type ReadPlan,
  withAttribute,
  withOwner,
} from "./plan";
import { ResourceReader, type Row } from "./reader";
import { type LinkRule, resources } from "./resources";
import { type ResourceType, narrowResource, ownerOf } from "./wire";

export interface SessionSetup extends ApiSetup {
  readonly signals: StoreSignals;
  /** The environment that the credential opens, where its token tells. */
  readonly tokenMode: (signal: CancelSignal) => Promise<Mode | null>;
}

/** Few addresses contain another one whole: a page will do for all of them. */
const emailsAtOnce = 25;
/** More customers than this do not hold one whole address in theirs. */
const maxEmails = 500;

/** The reads of one operation in one Commerce Layer account. */
export class CommerceLayerSession implements StoreSession {
  readonly #setup: SessionSetup;
  readonly #scope: OperationScope;
  readonly #api: CommerceLayerApi;
  readonly #reader: ResourceReader;
  readonly #children = new Map<LinkRule, Batch<Children>>();

  constructor(setup: SessionSetup, scope: OperationScope) {
    this.#setup = setup;
    this.#scope = scope;
    this.#api = new CommerceLayerApi(setup, scope);
    this.#reader = new ResourceReader(this.#api, scope, setup);
  }

  async mode(): Promise<Mode | null> {
    const told = await this.#setup.tokenMode(this.#scope.signal);
    if (told) return told;
    // Every resource says it too: one row, of whatever group, will do.
    const { document } = await this.#api.list(
      "customer_groups",
      onlyIdsOf("customer_groups"),
      [["page[size]", "1"]],
    );
    const resource = narrowResource(document.data[0]);
    return resource ? modeOf(resource) : null;
  }

  entity(kind: string, nativeId: string): MaybePromise<EntityRow | null> {
    return this.#reader.load(typeOfKind(kind), nativeId);
  }

  reference(kind: string, nativeId: string): EntityRow {
    return bareRow(typeOfKind(kind), nativeId, this.#setup.store);
  }

  async customerGroups(
    request: ListRequest<CustomerGroupCriteria>,
  ): Promise<ListPage<CustomerGroupRow>> {
    const filters = customerGroupFilters(
      request.criteria,
      this.#call("customer_groups"),
    );
    return this.#list("customer_groups", filters, request, {
      ids: request.criteria.ids,
    });
  }

  async customers(
    request: ListRequest<CustomerCriteria>,
  ): Promise<ListPage<CustomerRow>> {
    const { ids, customerGroup, email } = request.criteria;
    return this.#list("customers", customerFilters(request.criteria), request, {
      ids,
      customerGroup,
      email,
    });
  }

  /**
   * Only one address at a time: the search that leaves the case of letters
   * aside (`i_cont`) takes one, and those that take several heed it.
   */
  async customersByEmail(
    email: string,
  ): Promise<readonly (CustomerRow | Error)[]> {
    const rows: (CustomerRow | Error)[] = [];
    for (let offset = 0; ; offset += emailsAtOnce) {
      const page = await this.customers({
        window: { offset, count: emailsAtOnce },
        needsTotal: false,
        criteria: { search: email },
      });
      rows.push(...page.rows);
      if (!page.hasNextPage) break;
      if (rows.length >= maxEmails) {
        throw PlatformError.contract(
          this.#call("customers"),
          `searched for one e-mail address, it found more than ${maxEmails} customers`,
        );
      }
    }
    return rows.filter(
      (row) => row instanceof Error || row.email?.toLowerCase() === email,
    );
  }

  async customersOf(
    group: CustomerGroupRow,
    request: ListRequest<CustomerCriteria>,
  ): Promise<ListPage<CustomerRow> | null> {
    const owner = narrow(group, CommerceLayerCustomerGroup);
    const { customerGroup, ...others } = request.criteria;
    return this.#relatedPage(
      owner,
      "customer_groups",
      "customers",
      customerFilters(
        customerGroup === owner.nativeId ? others : request.criteria,
      ),
      request,
      { ids: others.ids, email: others.email },
    );
  }

  customerGroupOf(
    customer: CustomerRow,
  ): MaybePromise<CustomerGroupRow | null> {
    return this.linkedOne(
      narrow(customer, CommerceLayerCustomer),
      "customers",
      "customerGroup",
    );
  }

  async addressesOf(
    customer: CustomerRow,
  ): Promise<readonly (CustomerAddressRow | Error)[] | null> {
    const owner = narrow(customer, CommerceLayerCustomer);
    const entries = owner.links.linked["customer_addresses"];
    if (entries instanceof Error) throw entries;
    if (!Array.isArray(entries)) return null;
    const addresses = await Promise.all(
      entries.map((id: string) => orError(() => this.#addressOf(id))),
    );
    return addresses.flatMap((address) => (address ? [address] : []));
  }

  /**
   * A to-one link of a resource.
   *
   * @param field the field's name in the schema.
   * @returns `null` when nothing is linked, or the API has no such link.
   */
  linkedOne<T extends CommerceLayerResource>(
    owner: CommerceLayerResource,
    type: ResourceType,
    field: string,
  ): MaybePromise<T | null> {
    const [{ wire, target }] = linkOf(type, field).path;
    const linked = owner.links.linked[wire];
    if (linked instanceof Error) throw linked;
    if (linked === null) return null;
    if (typeof linked === "string") {
      return this.#reader.load(target, linked) as MaybePromise<T | null>;
    }
    const link = owner.links.related[wire];
    return link === undefined
      ? null
      : this.#relatedOne(owner, type, { wire, target }, link);
  }

  async #relatedOne<T extends CommerceLayerResource>(
    owner: CommerceLayerResource,
    type: ResourceType,
    { wire, target }: { readonly wire: string; readonly target: ResourceType },
    link: unknown,
  ): Promise<T | null> {
    const answer = await this.#api.relatedOne(
      { type, id: owner.nativeId, name: wire, link },
      this.#reader.plan(target),
    );
    if (!answer || answer.document.data === null) return null;
    this.#reader.takeIncluded(answer);
    const row = this.#reader.take(target, answer.document.data, answer);
    if (row instanceof Error) throw row;
    return row as T;
  }

  /**
   * A page of a to-many link of a resource.
   *
   * @param field the field's name in the schema.
   * @returns `null` when the API has no such link.
   */
  async linkedPage(
    owner: CommerceLayerResource,
    type: ResourceType,
    field: string,
    request: PageRequest,
  ): Promise<ListPage<CommerceLayerResource> | null> {
    const link = linkOf(type, field);
    const [{ wire, target }] = link.path;
    if (link.reach === "include") {
      const ids = owner.links.linked[wire];
      if (ids instanceof Error) throw ids;
      return Array.isArray(ids)
        ? cutWindow(
            await this.#inOrder(target, ids as string[]),
            request.window,
          )
        : null;
    }
    if (owner.links.related[wire] === undefined) return null;
    if (link.reach === "owned") {
      const children = await this.#childrenOf(owner, type, link);
      if (children?.rows) return cutWindow(children.rows, request.window);
    }
    return this.#relatedPage(owner, type, field, [], request);
  }

  #call(operation: string): PlatformCall {
    return this.#api.call(`GET /api/${operation}`);
  }

  async #list<T extends EntityRow>(
    type: ResourceType,
    filters: Filters,
    request: PageRequest,
    asked: Asked,
  ): Promise<ListPage<T>> {
    const { customerGroup } = asked;
    const ownerLink =
      customerGroup === undefined ? undefined : ownGroup(customerGroup);
    const page = await readWindow(
      this.#reader,
      {
        type,
        plan: this.#planOf(type, ownerLink, asked),
        filters,
        get: (plan, parameters) => this.#api.list(type, plan, parameters),
        misfit: (value, answer) =>
          misfitOf(value, answer, asked) ??
          (ownerLink && strangerOf(value, answer, ownerLink)),
      },
      request,
    );
    // Without an owner there is none that can be gone.
    return page as unknown as ListPage<T>;
  }

  /** @returns `null` when the owner is gone, or its document has no such link. */
  async #relatedPage(
    owner: CommerceLayerResource,
    type: ResourceType,
    field: string,
    filters: Filters,
    request: PageRequest,
    asked: Asked = {},
  ): Promise<ListPage<CommerceLayerResource> | null> {
    const rule = linkOf(type, field);
    const [{ wire, target }] = rule.path;
    const link = owner.links.related[wire];
    if (link === undefined) return null;
    const id = owner.nativeId;
    const ownerLink =
      "owner" in rule
        ? { owner: rule.owner, ownerType: type, ownerId: id }
        : undefined;
    return readWindow(
      this.#reader,
      {
        type: target,
        plan: this.#planOf(target, ownerLink, asked),
        filters,
        get: (plan, parameters) =>
          this.#api.relatedList(
            { type, id, name: wire, link },
            plan,
            parameters,
          ),
        misfit: (value, answer) =>
          misfitOf(value, answer, asked) ??
          (ownerLink && strangerOf(value, answer, ownerLink)),
      },
      request,
    );
  }

  /** What to ask of a list's rows, and what it takes to see that they fit. */
  #planOf(
    type: ResourceType,
    ownerLink: OwnerLink | undefined,
    { email }: Asked,
  ): () => ReadPlan {
    const plan = this.#reader.plan(type);
    const owned = ownerLink ? () => withOwner(plan(), type, ownerLink) : plan;
    return email === undefined
      ? owned
      : () => withAttribute(owned(), type, "email");
  }

  #childrenOf(
    owner: CommerceLayerResource,
    type: ResourceType,
    link: Extract<LinkRule, { reach: "owned" }>,
  ): MaybePromise<Children | null> {
    let batch = this.#children.get(link);
    if (!batch) {
      batch = createChildrenBatch(
        this.#api,
        this.#reader,
        this.#scope,
        type,
        link,
      );
      this.#children.set(link, batch);
    }
    return batch.load(owner.nativeId);
  }

  async #addressOf(
    customerAddressId: string,
  ): Promise<CommerceLayerAddress | null> {
    const entry = await this.#reader.load(
      "customer_addresses",
      customerAddressId,
    );
    return (
      entry &&
      this.linkedOne<CommerceLayerAddress>(
        entry,
        "customer_addresses",
        "address",
      )
    );
  }

  /** Included rows, by creation: the order of an include is not promised. */
  async #inOrder(type: ResourceType, ids: readonly string[]): Promise<Row[]> {
    const rows = await Promise.all(
      [...new Set(ids)].map((id) => orError(() => this.#reader.load(type, id))),
    );
    const keyOf = (row: Row) =>
      row instanceof Error ? "" : `${row.createdAt ?? ""} ${row.nativeId}`;
    return rows
      .flatMap((row) => (row ? [row] : []))
      .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }
}

/** What of the rows of a list was asked for, as far as they can be held to it. */
interface Asked {
  readonly ids?: readonly string[] | undefined;
  /** A group's native id. */
  readonly customerGroup?: string | undefined;
  readonly email?: string | undefined;
}

/** Whose the rows of a list have to be. */
interface WantedOwner extends OwnerLink {
  readonly ownerId: string;
}

function ownGroup(ownerId: string): WantedOwner {
  return { owner: "customer_group", ownerType: "customer_groups", ownerId };
}

/**
 * Why a row is none of those that were asked for by their ids or their e-mail
 * address: a filter may have been ignored. Whether the case of letters counts
 * in an address is the platform's matter.
 */
function misfitOf(
  value: unknown,
  { call }: Answer<unknown>,
  { ids, email }: Asked,
): PlatformError | undefined {
  const resource = narrowResource(value);
  if (!resource) return undefined;
  if (ids?.includes(resource.id) === false) {
    return PlatformError.contract(
      call,
      "asked for certain ids, it answered another one",
    );
  }
  const own = resource.attributes?.["email"];
  if (
    email !== undefined &&
    (typeof own !== "string" || own.toLowerCase() !== email.toLowerCase())
  ) {
    return PlatformError.contract(
      call,
      "asked for one e-mail address, it answered another one",
    );
  }
  return undefined;
}

/** Why a row is not the owner's that it was asked for of. */
function strangerOf(
  value: unknown,
  { call }: Answer<unknown>,
  { owner, ownerType, ownerId }: WantedOwner,
): PlatformError | undefined {
  const resource = narrowResource(value);
  if (!resource || ownerOf(resource, owner) === ownerId) return undefined;
  return PlatformError.contract(
    call,
    `asked for what belongs to "${ownerId}" of ${ownerType}, it answered a resource that does not name it as its ${owner}`,
  );
}

function linkOf(type: ResourceType, field: string): LinkRule {
  const link = resources[type].links[field];
  if (!link) throw new Error(`${type} has no link for field "${field}".`);
  return link;
}

function typeOfKind(kind: string): ResourceType {
  const found = Object.entries(resources).find(
    ([, resource]) => resource.kind === kind,
  );
  if (!found) throw new Error(`There is no kind "${kind}" here.`);
  return found[0] as ResourceType;
}

function narrow<T>(row: EntityRow, type: abstract new () => T): T {
  if (row instanceof type) return row;
  throw new Error("A row of another platform came to a Commerce Layer store.");
}
