import { createHash } from "node:crypto";
import {
  type CommerceLayerSandboxServer,
  commerceLayerSandbox,
} from "../../src/sandbox/commerce-layer";
import {
  type Answer,
  type Clientele,
  dataOf,
  startClientele,
} from "../support/clientele";

const keyOf = (
  name: string,
  scopes: readonly string[],
  stores?: readonly string[],
) => ({
  name,
  sha256: createHash("sha256").update(`key-of-${name}`).digest("hex"),
  scopes,
  ...(stores ? { stores } : {}),
});

describe("callers", () => {
  let sandbox: CommerceLayerSandboxServer;
  let clientele: Clientele;

  beforeAll(async () => {
    sandbox = (await commerceLayerSandbox.start(
      {},
    )) as CommerceLayerSandboxServer;
    clientele = await startClientele(
      [
        { key: "first", server: sandbox },
        { key: "second", server: sandbox },
      ],
      {
        auth: {
          mode: "apiKeys",
          keys: [
            keyOf("everything", ["read:groups", "read:customers", "debug"]),
            keyOf("groups", ["read:groups"]),
            keyOf("first", ["read:groups", "read:customers"], ["first"]),
          ],
        },
      },
    );
  });
  afterAll(async () => {
    await clientele.stop();
    await sandbox.close();
  });
  beforeEach(() => {
    sandbox.journal.clear();
  });

  const as = (
    name: string,
    query: string,
    variables = {},
  ): Promise<Answer<any>> =>
    clientele.send(query, variables, {
      authorization: `Bearer key-of-${name}`,
      "clientele-debug": "upstream",
    });
  const idIn = (store: string, kind = "Customer") =>
    `gid://clientele/${kind}/${store}/xYZkjABcde`;

  it("turns away whoever has no key", async () => {
    for (const headers of [
      {},
      { authorization: "Bearer wrong" },
      { authorization: "Basic a2V5LW9mLWV2ZXJ5dGhpbmc=" },
    ]) {
      const answer = await clientele.send("{ stores { key } }", {}, headers);
      expect(answer.status).toBe(401);
      expect(answer.errors).toMatchObject([
        { extensions: { code: "UNAUTHENTICATED" } },
      ]);
    }
  });

  it.each([
    `{ customer(id: "${idIn("first")}") { email } }`,
    `{ customers { nodes { email } } }`,
    `{ customers(first: 0) { totalCount } }`,
    `{ stores { customers { totalCount } } }`,
    `{ node(id: "${idIn("first")}") { ... on Customer { email } } }`,
    `{ nodes(ids: ["${idIn("first", "CommerceLayerOrder")}"]) { id } }`,
    `{ _entities(representations: [{ __typename: "Customer", id: "${idIn("first")}" }]) { ... on Customer { email } } }`,
  ])("fetches no customer without the right: %s", async (query) => {
    const answer = await as("groups", query);
    expect(answer.errors?.length).toBeGreaterThan(0);
    for (const { extensions } of answer.errors ?? []) {
      expect(extensions).toMatchObject({
        code: "FORBIDDEN",
        scope: "read:customers",
      });
    }
    expect(JSON.stringify(answer.data)).not.toContain("@");
    expect(sandbox.journal.requests()).toHaveLength(0);
  });

  it("gives groups, and their customers to none", async () => {
    const answer = await as(
      "groups",
      `{ customerGroup(id: "${idIn("first", "CustomerGroup")}") { name customers { nodes { email } } } }`,
    );
    expect(answer.data).toEqual({
      customerGroup: { name: "VIP", customers: null },
    });
    expect(answer.errors).toMatchObject([
      {
        path: ["customerGroup", "customers"],
        extensions: { code: "FORBIDDEN" },
      },
    ]);
    expect(sandbox.journal.requests("api")).toHaveLength(1);
  });

  it.each([
    `{ x: store(key: "second") { key } }`,
    `{ x: customer(id: "${idIn("second")}") { email } }`,
    `{ x: node(id: "${idIn("second")}") { id } }`,
    `{ x: node(id: "gid://clientele/Store/second") { id } }`,
    `{ x: customers(filter: { stores: ["second"] }) { totalCount } }`,
    `{ x: customers(filter: { ids: ["${idIn("second")}"] }) { totalCount } }`,
    `{ x: customers(filter: { customerGroup: "${idIn("second", "CustomerGroup")}" }) { totalCount } }`,
  ])("shows no store outside the list: %s", async (query) => {
    const answer = await as("first", query);
    expect(answer.data).toEqual({ x: null });
    expect(answer.errors).toMatchObject([
      { extensions: { code: "BAD_USER_INPUT" } },
    ]);
    // The same words as for a store that nobody has.
    const unknown = await as("first", query.replaceAll("second", "nowhere"));
    expect(answer.errors?.[0]?.message).toBe(unknown.errors?.[0]?.message);
    expect(sandbox.journal.requests()).toHaveLength(0);
  });

  it("lists and counts visible stores only", async () => {
    const answer = await as(
      "first",
      "{ stores { key } customers(first: 0) { totalCount } }",
    );
    expect(dataOf(answer)).toEqual({
      stores: [{ key: "first" }],
      customers: { totalCount: sandbox.data.customers.length },
    });
    const both = await as(
      "everything",
      "{ customers(first: 0) { totalCount } }",
    );
    expect(dataOf(both).customers.totalCount).toBe(
      2 * sandbox.data.customers.length,
    );
  });

  it("shows the cost to whoever may debug", async () => {
    const query = "{ stores { key } }";
    expect((await as("everything", query)).extensions).toHaveProperty(
      "upstream.requests",
      0,
    );
    expect((await as("first", query)).extensions).toBeUndefined();
  });

  it("pages from one store into the next", async () => {
    const total = sandbox.data.customerGroups.length;
    const names = sandbox.data.customerGroups.map(({ name }) => name);
    const seen: { store: string; name: string }[] = [];
    let after: string | null = null;
    do {
      sandbox.journal.clear();
      const page: Answer<any> = await as(
        "everything",
        "query ($after: String) { customerGroups(first: 25, after: $after) { nodes { name store { key } } pageInfo { hasNextPage endCursor } } }",
        { after },
      );
      const { nodes, pageInfo } = dataOf(page).customerGroups;
      for (const node of nodes) {
        seen.push({ store: node.store.key, name: node.name });
      }
      expect(sandbox.journal.requests("api").length).toBeLessThanOrEqual(3);
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual([
      ...names.map((name) => ({ store: "first", name })),
      ...names.map((name) => ({ store: "second", name })),
    ]);
    expect(seen).toHaveLength(2 * total);
  });
});
