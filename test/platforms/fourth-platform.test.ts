import { Directive, Field, ID, ObjectType } from "type-graphql";
import { z } from "zod";
import { PlatformError } from "../../src/domain/errors";
import { toGlobalId } from "../../src/domain/global-id";
import { Customer } from "../../src/graph/customer";
import { CustomerGroup } from "../../src/graph/customer-group";
import { Node } from "../../src/graph/node";
import { readJson } from "../../src/http/read-json";
import {
  type UpstreamClient,
  createUpstreamClient,
} from "../../src/http/upstream-client";
import type {
  CustomerAddressRow,
  CustomerCriteria,
  CustomerGroupRow,
  CustomerRow,
  EntityRow,
  ListPage,
  ListRequest,
  MaybePromise,
  OperationScope,
  PageRequest,
  Platform,
  RequestCosts,
  StoreSession,
} from "../../src/platforms/platform";
import { platforms } from "../../src/platforms/registry";
import { batchRequests } from "../../src/platforms/request-counts";
import { upstreamUrl } from "../../src/platforms/settings-fields";
import { startCommerceLayerSandbox } from "../../src/sandbox/commerce-layer";
import { listen } from "../../src/sandbox/listener";
import { Random } from "../../src/sandbox/random";
import type { SandboxServer } from "../../src/sandbox/room";
import { createSettingsAccess } from "../../src/sandbox/settings";
import { type Clientele, dataOf, startClientele } from "../support/clientele";
import type { PlatformFixture, StartedFixture } from "./fixture";
import { promises, withBench } from "./promises";

/*
 * A whole platform, Acme Shop, with its sandbox: what its adding takes, and
 * proof that nothing else has to change for it.
 */

interface Group {
  id: number;
  title: string;
}
interface Person {
  id: number;
  mail: string;
  added: string;
  group: number | null;
  cities: string[];
}

const groups: Group[] = Array.from({ length: 45 }, (_, index) => ({
  id: index + 1,
  title: `Group ${index + 1}`,
}));
const people: Person[] = Array.from({ length: 230 }, (_, index) => ({
  id: 500 + index,
  mail: index === 0 ? "john@example.com" : `person${index}@example.com`,
  added: new Date(Date.UTC(2024, 0, 1) + index * 60_000).toISOString(),
  group: index % 5 === 0 ? null : (index % 45) + 1,
  cities: index % 2 === 0 ? ["Acmeville"] : [],
}));

async function startAcmeSandbox(): Promise<SandboxServer> {
  const settings = { shuffled: false };
  const random = new Random(1);
  const listener = await listen({
    settings: createSettingsAccess(
      settings,
      z.strictObject({ shuffled: z.boolean().optional() }),
    ),
    createHandler: () => ({
      kindOf: () => "api",
      isAuthorized: (headers) => headers["x-acme-key"] === "acme",
      answer: (request) => {
        const query = new Map(request.query);
        const numbers = (name: string) =>
          query.get(name)?.split(",").map(Number);
        const ids = numbers("ids");
        const inGroup = numbers("group");
        const found =
          request.path === "/groups"
            ? groups.filter(({ id }) => ids?.includes(id) ?? true)
            : people.filter(
                ({ id, group, mail }) =>
                  (ids?.includes(id) ?? true) &&
                  (inGroup?.includes(group ?? 0) ?? true) &&
                  mail.includes(query.get("mail") ?? ""),
              );
        const offset = Number(query.get("offset") ?? 0);
        const rows = found.slice(offset, offset + Number(query.get("limit")));
        const ordered = query.has("ids") && settings.shuffled;
        const body = {
          total: found.length,
          rows: ordered ? random.shuffle<unknown>(rows) : rows,
        };
        return { status: 200, headers: {}, body };
      },
    }),
  });
  return {
    platform: "acme-shop",
    storeKey: "acme-demo",
    origin: listener.origin,
    journal: listener.journal,
    faults: listener.faults,
    settingsAccess: listener.settingsAccess,
    storeSettings: { baseUrl: listener.origin, apiKey: "acme" },
    get shuffled() {
      return settings.shuffled;
    },
    set shuffled(shuffled) {
      settings.shuffled = shuffled;
    },
    close: () => listener.close(),
  };
}

@Directive('@key(fields: "id")')
@ObjectType("AcmeShopCustomerGroup", {
  implements: [CustomerGroup, Node],
  description: "A group of an Acme Shop.",
  simpleResolvers: true,
})
class AcmeShopCustomerGroup extends CustomerGroup {}

@Directive('@key(fields: "id")')
@ObjectType("AcmeShopCustomer", {
  implements: [Customer, Node],
  description: "A customer of an Acme Shop.",
  simpleResolvers: true,
})
class AcmeShopCustomer extends Customer {
  readonly group!: string | null;
  readonly cities!: readonly string[];

  @Field(() => ID, { description: "The customer's number at the counter." })
  readonly counterNumber!: string;
}

const answerShape = z.object({
  total: z.number().int().min(0),
  rows: z.array(z.object({ id: z.number().int() }).loose()),
});
const groupShape = z.object({ id: z.number(), title: z.string() });
const personShape = z.object({
  id: z.number(),
  mail: z.string(),
  added: z.string(),
  group: z.number().nullable(),
  cities: z.array(z.string()),
});

type Kind = "CustomerGroup" | "Customer";
type Found = z.infer<typeof answerShape>;

class AcmeSession implements StoreSession {
  readonly #batches;

  constructor(
    private readonly setup: { client: UpstreamClient; base: URL; key: string },
    private readonly scope: OperationScope,
  ) {
    const batch = (kind: Kind) =>
      scope.batch<EntityRow>({
        maxSize: 50,
        get: async (ids) => {
          const { rows } = await this.#get(kind, { ids: ids.join(",") });
          return new Map(
            rows.map((row) => [String(row.id), this.#row(kind, row)]),
          );
        },
        foreignAnswer: (id) =>
          PlatformError.contract(this.#call(kind), `"${id}" was not answered`),
      });
    this.#batches = {
      CustomerGroup: batch("CustomerGroup"),
      Customer: batch("Customer"),
    };
  }

  mode = () => Promise.resolve(null);

  entity = (kind: string, id: string) => this.#batches[kind as Kind].load(id);

  reference(kind: string, nativeId: string): EntityRow {
    const row =
      kind === "Customer"
        ? new AcmeShopCustomer()
        : new AcmeShopCustomerGroup();
    return Object.assign(row, {
      id: toGlobalId(kind, this.setup.key, nativeId),
      nativeId,
      storeKey: this.setup.key,
    });
  }

  customerGroups = (request: ListRequest<object>) =>
    this.#list<CustomerGroupRow>("CustomerGroup", request, {});

  customers = (request: ListRequest<CustomerCriteria>) =>
    this.#list<CustomerRow>("Customer", request, {
      ...(request.criteria.email ? { mail: request.criteria.email } : {}),
    });

  customersOf = (group: EntityRow, request: ListRequest<CustomerCriteria>) =>
    this.#list<CustomerRow>("Customer", request, { group: group.nativeId });

  async customersByEmail(mail: string) {
    const { rows } = await this.#get("Customer", { mail });
    return rows
      .map((row) => this.#row("Customer", row) as CustomerRow)
      .filter(({ email }) => email === mail);
  }

  customerGroupOf(
    customer: CustomerRow,
  ): MaybePromise<CustomerGroupRow | null> {
    const { group } = customer as AcmeShopCustomer;
    return group === null ? null : this.#batches.CustomerGroup.load(group);
  }

  addressesOf(customer: CustomerRow): Promise<CustomerAddressRow[]> {
    const nothing = {
      ...{ name: null, company: null, line1: null, line2: null },
      ...{ region: null, postalCode: null, countryCode: null, phone: null },
    };
    return Promise.resolve(
      (customer as AcmeShopCustomer).cities.map((city) => ({
        ...nothing,
        city,
      })),
    );
  }

  async #list<Row extends EntityRow>(
    kind: Kind,
    { window, needsTotal }: ListRequest<unknown>,
    conditions: Record<string, string>,
  ): Promise<ListPage<Row>> {
    if (window.count === 0 && !needsTotal) {
      return { rows: [], totalCount: null, hasNextPage: true };
    }
    const { rows, total } = await this.#get(kind, {
      ...conditions,
      offset: String(window.offset),
      limit: String(Math.max(1, window.count)),
    });
    const shown = window.count === 0 ? [] : rows;
    return {
      rows: shown.map((row) => {
        const made = this.#row(kind, row);
        this.#batches[kind].prime(String(row.id), made);
        return made as Row;
      }),
      totalCount: total,
      hasNextPage: window.offset + window.count < total,
    };
  }

  #row(kind: Kind, source: unknown): EntityRow {
    if (kind === "CustomerGroup") {
      const { id, title } = groupShape.parse(source);
      return Object.assign(this.reference(kind, String(id)), {
        name: title,
        createdAt: null,
        updatedAt: null,
      });
    }
    const { id, mail, added, group, cities } = personShape.parse(source);
    return Object.assign(this.reference(kind, String(id)), {
      ...{ email: mail, name: null, createdAt: added, updatedAt: null, cities },
      group: group === null ? null : String(group),
      counterNumber: String(id),
    });
  }

  #call(kind: Kind) {
    const path = kind === "Customer" ? "/people" : "/groups";
    const { key } = this.setup;
    return { store: key, platform: "acme-shop", operation: `GET ${path}` };
  }

  async #get(kind: Kind, query: Record<string, string>): Promise<Found> {
    const call = this.#call(kind);
    const url = new URL(
      kind === "Customer" ? "/people" : "/groups",
      this.setup.base,
    );
    url.search = new URLSearchParams({ limit: "100", ...query }).toString();
    const { signal, deadlineAt, ledger } = this.scope;
    const response = await this.setup.client.send({
      ...{ method: "GET", url, headers: {}, call },
      ...{ signal, deadlineAt, ledger },
    });
    if (response.status !== 200) {
      throw PlatformError.unavailable(call, `HTTP ${response.status}`);
    }
    const answer = answerShape.safeParse(readJson(response, call));
    if (!answer.success) throw PlatformError.contract(call, "expected rows");
    return answer.data;
  }
}

/** Any page of a list, and any count, is one request. */
const oneRequest = ({ window, needsTotal }: PageRequest) =>
  Number(window.count > 0 || needsTotal);

const acmeCosts: RequestCosts = {
  mode: () => 0,
  entities: (_, asked) => batchRequests(asked, 50),
  customerGroups: oneRequest,
  customers: oneRequest,
  customersByEmail: ({ rows }) => rows,
  customersOf: oneRequest,
  link: (_, field) =>
    field === "customerGroup" ? { kind: "CustomerGroup", rows: 1 } : null,
};

const isNativeId = (text: string) => /^[1-9]\d{0,8}$/.test(text);

const acmeSettings = z.strictObject({
  baseUrl: upstreamUrl("https://shop.example.com"),
  apiKey: z.string(),
});

const acmeShop: Platform<z.infer<typeof acmeSettings>> = {
  name: "acme-shop",
  enumValue: "ACME_SHOP",
  title: "Acme Shop",
  settings: acmeSettings,
  limits: { timeoutMs: 2_000, maxConcurrency: 5, attempts: 2 },
  kinds: [
    {
      ...{ kind: "CustomerGroup", typename: "AcmeShopCustomerGroup" },
      ...{ scope: "read:groups", isNativeId },
    },
    {
      ...{ kind: "Customer", typename: "AcmeShopCustomer" },
      ...{ scope: "read:customers", isNativeId },
    },
  ],
  graph: { types: [AcmeShopCustomer, AcmeShopCustomerGroup], resolvers: [] },
  connect: ({ key, settings, limits }) => {
    const headers = { "x-acme-key": settings.apiKey };
    const client = createUpstreamClient({
      limits,
      credentials: { headers: () => headers, hasExpired: () => false },
    });
    return {
      open: (scope) =>
        new AcmeSession({ client, base: settings.baseUrl, key }, scope),
      costs: () => acmeCosts,
      quota: () => [],
      state: () => client.state(),
      close: () => client.close(),
    };
  },
};

const acmeFixture: PlatformFixture = {
  platform: acmeShop,
  start: async () => ({
    server: await startAcmeSandbox(),
    facts: {
      groups: groups.map(({ id, title }) => ({
        ...{ nativeId: String(id), name: title },
        ...{ createdAt: null, updatedAt: null },
        members: people
          .filter(({ group }) => group === id)
          .map((row) => String(row.id)),
      })),
      customers: people.map((row) => ({
        ...{ nativeId: String(row.id), email: row.mail },
        ...{ createdAt: row.added, updatedAt: null },
        group: row.group === null ? null : String(row.group),
        cities: row.cities,
      })),
      missingId: "99999",
      groupsPerRequest: 50,
      customersPerRequest: 50,
    },
  }),
};

describe("a fourth platform", () => {
  let started: StartedFixture;

  beforeAll(async () => {
    started = await acmeFixture.start();
  });
  afterAll(() => started.server.close());

  it.each(promises.map((promise) => [promise.id, promise] as const))(
    "keeps promise %s",
    async (_, promise) => {
      await withBench(acmeFixture, started, (bench) => promise.check(bench));
    },
  );

  describe("beside the others", () => {
    let other: SandboxServer;
    let clientele: Clientele;

    beforeAll(async () => {
      other = await startCommerceLayerSandbox();
      clientele = await startClientele(
        [{ server: other }, { server: started.server }],
        {},
        [...platforms, acmeShop],
      );
    });
    afterAll(async () => {
      await clientele.stop();
      await other.close();
    });

    it("answers queries of its own type", async () => {
      const answer = await clientele.send(
        '{ customer(id: "gid://clientele/Customer/acme-demo/504") { __typename email customerGroup { name } addresses { city } ... on AcmeShopCustomer { counterNumber } } }',
      );
      expect(dataOf(answer)).toEqual({
        customer: {
          __typename: "AcmeShopCustomer",
          email: "person4@example.com",
          customerGroup: { name: "Group 5" },
          addresses: [{ city: "Acmeville" }],
          counterNumber: "504",
        },
      });
    });

    it("stands in lists of all stores", async () => {
      const answer = await clientele.send(
        "{ stores { key platform } customerGroups(first: 0) { totalCount } customers(first: 1, filter: { platforms: [ACME_SHOP] }) { nodes { email store { key } } } }",
      );
      const data = dataOf(answer);
      expect(data.stores).toContainEqual({
        key: "acme-demo",
        platform: "ACME_SHOP",
      });
      expect(data.customers.nodes).toEqual([
        { email: "john@example.com", store: { key: "acme-demo" } },
      ]);
      expect(data.customerGroups.totalCount).toBeGreaterThan(groups.length);
    });

    it("is found where the same customer is", async () => {
      const answer = await clientele.send(
        '{ customersByEmail(email: "John@Example.com") { store { key } sameEmail { store { key } } } }',
      );
      expect(dataOf(answer).customersByEmail).toEqual([
        {
          store: { key: "commerce-layer-demo" },
          sameEmail: [{ store: { key: "acme-demo" } }],
        },
        {
          store: { key: "acme-demo" },
          sameEmail: [{ store: { key: "commerce-layer-demo" } }],
        },
      ]);
    });

    it("answers a gateway's references", async () => {
      const answer = await clientele.send(
        "query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on CustomerGroup { name } } }",
        {
          r: [
            {
              __typename: "CustomerGroup",
              id: "gid://clientele/CustomerGroup/acme-demo/7",
            },
            {
              __typename: "AcmeShopCustomerGroup",
              id: "gid://clientele/CustomerGroup/acme-demo/99",
            },
          ],
        },
      );
      expect(dataOf(answer)).toEqual({
        _entities: [
          { __typename: "AcmeShopCustomerGroup", name: "Group 7" },
          null,
        ],
      });
    });
  });
});
