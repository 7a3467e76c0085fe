import type { UpstreamStore } from "../lib/upstream";
import { Rest } from "./rest";
import {
  type EmailAttributes,
  type JsonApiDocument,
  type NameAttributes,
  type Named,
  type Resource,
  toNamed,
} from "./wire";

type Group = Resource<NameAttributes, "customers">;
type Customer = Resource<EmailAttributes, "customer_group">;
type Customers = JsonApiDocument<readonly Customer[], Group>;

interface Settings {
  readonly baseUrl: string;
  readonly credentials: {
    readonly tokenUrl: string;
    readonly clientId: string;
    readonly clientSecret: string;
  };
}

/** The most ids in a request, as a page has no more rows. */
const pageSize = 25;

const namesOfGroups = query([["fields[customer_groups]", "name"]]);
const idsOfGroups = query([["fields[customer_groups]", "id"]]);
const withGroup = (fields: string) =>
  query([
    ["include", "customer_group"],
    ["fields[customers]", fields],
  ]);
const listTail = `&${query([
  ["sort", "id"],
  ["page[number]", "1"],
  ["page[size]", "25"],
])}&${withGroup("customer_group")}&${namesOfGroups}`;
const byIdTail = `&${query([
  ["page[number]", "1"],
  ["page[size]", "25"],
])}&${withGroup("customer_group,email")}&${namesOfGroups}`;
const membersTail = `?${query([
  ["sort", "id"],
  ["page[number]", "1"],
  ["page[size]", "10"],
])}&${withGroup("customer_group,email")}&${idsOfGroups}`;
const groupTail = `?${query([["fields[customer_groups]", "customers,name"]])}`;
const groupsTail = `&${query([
  ["sort", "id"],
  ["page[number]", "1"],
  ["page[size]", "5"],
])}&${namesOfGroups}`;

const listFilter = `/api/customers?${name("filter[q][created_at_gteq]")}=`;
const byIdFilter = `/api/customers?${name("filter[q][id_in]")}=`;
const groupsFilter = `/api/customer_groups?${name("filter[q][name_i_cont]")}=`;

/** @returns the address of C3 in its store. */
export function customersPath(from: string): string {
  return listFilter + encodeURIComponent(from) + listTail;
}

/** The shapes' reads of a Commerce Layer store. */
export class CommerceLayerFloor {
  readonly #rest: Rest;
  readonly #origin: string;

  private constructor(origin: string, token: string) {
    this.#origin = origin;
    this.#rest = new Rest(origin, [
      ...["accept", "application/vnd.api+json"],
      ...["authorization", `Bearer ${token}`],
    ]);
  }

  /** Fetches a token, once. */
  static async connect(store: UpstreamStore): Promise<CommerceLayerFloor> {
    const { baseUrl, credentials } = store.settings as unknown as Settings;
    const answer = await fetch(credentials.tokenUrl, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        grant_type: "client_credentials",
        client_id: credentials.clientId,
        client_secret: credentials.clientSecret,
      }),
    });
    const token = (await answer.json()) as { access_token: string };
    return new CommerceLayerFloor(baseUrl, token.access_token);
  }

  /** C3. */
  async customers(from: string) {
    const page = await this.#rest.read<Customers>(customersPath(from));
    const groups = groupsOf(page);
    return page.data.map((customer) => ({
      customerGroup: groupOf(customer, groups),
    }));
  }

  /** C6: the members are where the group's link leads. */
  async groupWithMembers(id: string) {
    const { data: group } = await this.#rest.read<JsonApiDocument<Group>>(
      `/api/customer_groups/${id}${groupTail}`,
    );
    const link = group.relationships.customers.links?.related ?? "";
    if (!link.startsWith(this.#origin)) throw new Error("A foreign link.");
    const members = await this.#rest.read<Customers>(
      link.slice(this.#origin.length) + membersTail,
    );
    return {
      ...toNamed(group.attributes),
      customers: {
        nodes: members.data.map(({ attributes }) => ({
          email: attributes.email || null,
        })),
      },
    };
  }

  /** The Commerce Layer part of S2. */
  async groups(part: string): Promise<readonly Named[]> {
    const page = await this.#rest.read<JsonApiDocument<readonly Group[]>>(
      groupsFilter + encodeURIComponent(part) + groupsTail,
    );
    return page.data.map(({ attributes }) => toNamed(attributes));
  }

  /** The entities, in the order of the ids. */
  async customersById(ids: readonly string[]) {
    const reads: Promise<Customers>[] = [];
    for (let from = 0; from < ids.length; from += pageSize)
      reads.push(
        this.#rest.read<Customers>(
          byIdFilter + ids.slice(from, from + pageSize).join("%2C") + byIdTail,
        ),
      );
    const found = new Map<string, object>();
    for (const page of await Promise.all(reads)) {
      const groups = groupsOf(page);
      for (const customer of page.data)
        found.set(customer.id, {
          email: customer.attributes.email || null,
          customerGroup: groupOf(customer, groups),
        });
    }
    return ids.map((id) => found.get(id) ?? null);
  }
}

function groupsOf({ included = [] }: Customers): ReadonlyMap<string, Named> {
  const groups = new Map<string, Named>();
  for (const { id, attributes } of included)
    groups.set(id, toNamed(attributes));
  return groups;
}

function groupOf(
  { relationships }: Customer,
  groups: ReadonlyMap<string, Named>,
): Named | null {
  const group = relationships.customer_group.data;
  return group ? (groups.get(group.id) ?? null) : null;
}

function name(text: string): string {
  return encodeURIComponent(text);
}

function query(parameters: readonly (readonly [string, string])[]): string {
  return parameters
    .map(([key, value]) => `${name(key)}=${encodeURIComponent(value)}`)
    .join("&");
}
