import {
  type CommerceLayerSandboxServer,
  commerceLayerSandbox,
} from "../../src/sandbox/commerce-layer";
import { type Clientele, startClientele } from "../support/clientele";

const good = "gid://clientele/CustomerGroup/commerce-layer-demo/xYZkjABcde";

const badIds = [
  "",
  "xYZkjABcde",
  "gid://clientele/CustomerGroup/commerce-layer-demo/",
  "gid://clientele/CustomerGroup/commerce-layer-demo/a/b",
  "gid://clientele/CustomerGroup/commerce-layer-demo/a%2Fb",
  "gid://clientele/CustomerGroup/commerce-layer-demo/a%2fb",
  "gid://clientele/CustomerGroup/commerce-layer-demo/a?b",
  "gid://clientele/CustomerGroup/commerce-layer-demo/a%3Fb",
  "gid://clientele/CustomerGroup/commerce-layer-demo/a#b",
  "gid://clientele/CustomerGroup/commerce-layer-demo/..",
  "gid://clientele/CustomerGroup/commerce-layer-demo/%2e%2e",
  "gid://clientele/CustomerGroup/commerce-layer-demo/../orders",
  "gid://clientele/CustomerGroup/commerce-layer-demo/a\r\nX: 1",
  "gid://clientele/CustomerGroup/commerce-layer-demo/a%00",
  "gid://clientele/CustomerGroup/commerce-layer-demo/a%2Cb",
  "gid://clientele/CustomerGroup/commerce-layer-demo/%F0%9F%98%80",
  `gid://clientele/CustomerGroup/commerce-layer-demo/${"a".repeat(200_000)}`,
  "gid://clientele/CustomerGroup/nowhere/xYZkjABcde",
  "gid://clientele/Customer/commerce-layer-demo/xYZkjABcde",
  "gid://clientele/Nonsense/commerce-layer-demo/xYZkjABcde",
  "gid://clientele/Store/commerce-layer-demo",
  "GID://clientele/CustomerGroup/commerce-layer-demo/xYZkjABcde",
  `${good} `,
];

describe("bad input", () => {
  let sandbox: CommerceLayerSandboxServer;
  let clientele: Clientele;

  beforeAll(async () => {
    sandbox = (await commerceLayerSandbox.start(
      {},
    )) as CommerceLayerSandboxServer;
    clientele = await startClientele([{ server: sandbox }]);
  });
  afterAll(async () => {
    await clientele.stop();
    await sandbox.close();
  });
  beforeEach(() => {
    sandbox.journal.clear();
  });

  it.each(badIds.map((id) => [id.slice(0, 70), id]))(
    "refuses the id %j and answers the rest",
    async (_, id) => {
      const answer = await clientele.send(
        "query ($id: ID!) { bad: customerGroup(id: $id) { name } stores { key } }",
        { id },
      );
      expect(answer.status).toBe(200);
      expect(answer.data).toEqual({
        bad: null,
        stores: [{ key: "commerce-layer-demo" }],
      });
      expect(answer.errors).toMatchObject([
        {
          path: ["bad"],
          extensions: { code: "BAD_USER_INPUT", argument: "id" },
        },
      ]);
      expect(answer.errors?.[0]?.message).toContain('"id"');
      expect(answer.errors?.[0]?.message.length).toBeLessThan(300);
      expect(sandbox.journal.requests()).toHaveLength(0);
    },
  );

  it("refuses one of many ids alone", async () => {
    const answer = await clientele.send(
      "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
      { ids: [good, "nonsense", good] },
    );
    expect(answer.data).toEqual({ nodes: [{ id: good }, null, { id: good }] });
    expect(answer.errors).toMatchObject([
      {
        path: ["nodes", 1],
        extensions: { code: "BAD_USER_INPUT", argument: "ids[1]" },
      },
    ]);
  });

  it("refuses one of many representations alone", async () => {
    const answer = await clientele.send(
      "query ($r: [_Any!]!) { _entities(representations: $r) { ... on CustomerGroup { name } } }",
      {
        r: [
          { __typename: "CustomerGroup", id: good },
          { __typename: "CustomerGroup", id: { $gt: "" } },
          { __typename: "CustomerGroup", id: "../orders?x=1" },
          { __typename: "CustomerGroup" },
          { __typename: "CustomerGroup", id: null },
          {
            __typename: "CommerceLayerMarket",
            id: good,
          },
          { __typename: "CommerceLayerCustomerGroup", id: good },
        ],
      },
    );
    expect(answer.data._entities).toEqual([
      { name: "VIP" },
      null,
      null,
      null,
      null,
      null,
      { name: "VIP" },
    ]);
    expect(answer.errors).toHaveLength(5);
    for (const { extensions } of answer.errors ?? []) {
      expect(extensions.code).toBe("BAD_USER_INPUT");
    }
    expect(sandbox.journal.requests("api")).toHaveLength(1);
  });

  it("answers null for what does not exist", async () => {
    const answer = await clientele.send(
      `{ a: customerGroup(id: "${good.slice(0, -1)}Z") { name } b: node(id: "gid://clientele/CommerceLayerOrder/commerce-layer-demo/zzzzzzzzzz") { id } }`,
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({ a: null, b: null });
  });

  it("names an unknown store", async () => {
    const answer = await clientele.send('{ store(key: "nowhere") { key } }');
    expect(answer.data).toEqual({ store: null });
    expect(answer.errors).toMatchObject([
      { extensions: { code: "BAD_USER_INPUT", argument: "key" } },
    ]);
  });

  it("refuses more ids than it takes", async () => {
    const answer = await clientele.send(
      "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
      { ids: Array.from({ length: 101 }, () => good) },
    );
    expect(answer.errors).toMatchObject([
      { extensions: { code: "BAD_USER_INPUT", argument: "ids" } },
    ]);
    expect(sandbox.journal.requests()).toHaveLength(0);
  });

  it("refuses a date that is none", async () => {
    const answer = await clientele.send(
      '{ customers(filter: { createdAt: { min: "yesterday" } }) { totalCount } }',
    );
    expect(answer.status).toBe(400);
    expect(answer.errors?.[0]?.message).toContain("RFC 3339");
    expect(sandbox.journal.requests()).toHaveLength(0);
  });

  it("answers names of prototypes as any others", async () => {
    const answer = await clientele.send(
      `query ($__proto__: ID!) { __proto__: customerGroup(id: $__proto__) { constructor: name } }`,
      JSON.parse(`{ "__proto__": "${good}" }`) as Record<string, unknown>,
    );
    expect(answer.status).toBeLessThan(500);
    expect(({} as Record<string, unknown>)["constructor"]).toBe(Object);
  });
});
