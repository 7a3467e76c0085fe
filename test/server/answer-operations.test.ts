import { createHash } from "node:crypto";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { ApolloServer } from "@apollo/server";
import {
  type CommerceLayerSandboxServer,
  commerceLayerSandbox,
} from "../../src/sandbox/commerce-layer";
import { KnownOperations } from "../../src/server/known-operations";
import { type Clientele, startClientele } from "../support/clientele";

/** A request, as it is sent. */
interface Case {
  readonly title: string;
  /** An object is sent as JSON. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly as?: "everything" | "groups" | "cached";
  /** Whether Apollo Server is asked every time. Default false. */
  readonly isByApollo?: boolean;
  readonly status?: number;
}

const store = "commerce-layer-demo";
const customers =
  "query Customers($first: Int!) { customers(first: $first) { nodes { email store { key } } } }";
const two =
  "query A { stores { key } } query B($s: Boolean! = false) { b: stores { key platform @skip(if: $s) } }";
const members =
  "query ($n: Int!, $m: Int = 5) { customerGroups(first: $n) { nodes { name customers(first: $m) { nodes { email } } } } }";
const flagged =
  "query ($s: Boolean = true) { stores { key platform @skip(if: $s) } }";
const byId = "query ($id: ID!) { customer(id: $id) { email } stores { key } }";

const accepts: readonly (readonly [accept: string, status: number])[] = [
  ["*/*", 200],
  ["application/json", 200],
  ["application/json; charset=utf-8", 200],
  ["application/*", 200],
  ["application/graphql-response+json", 200],
  ["application/graphql-response+json, application/json;q=0.9", 200],
  ["application/graphql-response+json;q=0.1, application/json", 200],
  ["application/json;q=0, application/graphql-response+json", 200],
  ["multipart/mixed; deferSpec=20220824, application/json", 200],
  [`${"text/x-none, ".repeat(20)}application/json`, 200],
  ["text/html", 406],
  ["application/json;q=0", 406],
  ["nonsense", 406],
  ["", 200],
];

const cases: readonly Case[] = [
  { title: "a query", body: { query: "{ stores { key } }" } },
  {
    title: "one with variables",
    body: { query: customers, variables: { first: 3 } },
  },
  {
    title: "nulls beside the query",
    body: {
      query: "{ stores { key } }",
      variables: null,
      operationName: null,
      extensions: null,
    },
  },
  {
    title: "a member that nobody knows",
    body: { query: "{ stores { key } }", id: "x", doc_id: 5 },
  },
  {
    title: "variables that nobody declared",
    body: {
      query: customers,
      variables: { first: 2, other: 1, constructor: 2 },
    },
  },
  {
    title: "variables of odd names",
    body: `{"query":${JSON.stringify(customers)},"variables":{"first":2,"__proto__":{"first":1}}}`,
  },
  {
    title: "errors beside data",
    body: { query: byId, variables: { id: "no id" } },
  },
  {
    title: "a customer that is not there",
    body: {
      query: byId,
      variables: { id: `gid://clientele/Customer/${store}/nobody` },
    },
  },
  {
    title: "data that are null",
    body: { query: '{ customersByEmail(email: "no address") { id } }' },
  },
  {
    title: "an introspection",
    body: {
      query:
        '{ __typename __schema { queryType { name } } __type(name: "Store") { fields { name } } }',
    },
  },
  {
    title: "an alias like a method",
    body: { query: "{ __proto__: stores { toString: key } }" },
  },
  {
    title: "a flag",
    body: { query: flagged, variables: { s: false } },
  },
  { title: "the other flag", body: { query: flagged } },
  { title: "no flag", body: { query: flagged, variables: { s: null } } },
  { title: "the first of two", body: { query: two, operationName: "A" } },
  {
    title: "the second of two",
    body: { query: two, operationName: "B", variables: { s: true } },
  },
  {
    title: "neither of two",
    body: { query: two },
    isByApollo: true,
    status: 400,
  },
  {
    title: "a third of two",
    body: { query: two, operationName: "C" },
    isByApollo: true,
    status: 400,
  },
  {
    title: "a name that no operation has",
    body: { query: "{ stores { key } }", operationName: "A" },
    isByApollo: true,
    status: 400,
  },
  {
    title: "an empty name",
    body: { query: "{ stores { key } }", operationName: "" },
    isByApollo: true,
    status: 400,
  },
  {
    title: "no variables",
    body: { query: customers },
    isByApollo: true,
    status: 400,
  },
  {
    title: "a variable that is null",
    body: { query: customers, variables: { first: null } },
    isByApollo: true,
    status: 400,
  },
  {
    title: "a variable of another type",
    body: { query: customers, variables: { first: "3" } },
    isByApollo: true,
    status: 400,
  },
  {
    title: "a variable that is too large",
    body: { query: customers, variables: { first: 2 ** 31 } },
    isByApollo: true,
    status: 400,
  },
  {
    title: "a page that is too large",
    body: { query: customers, variables: { first: 100_000 } },
    isByApollo: true,
  },
  {
    title: "what is not too much",
    body: { query: members, variables: { n: 1, m: 1 } },
  },
  {
    title: "what is too much",
    body: { query: members, variables: { n: 100 } },
    isByApollo: true,
    status: 400,
  },
  {
    title: "what is forbidden in part",
    body: { query: members, variables: { n: 2 } },
    as: "groups",
  },
  {
    title: "what is forbidden",
    body: { query: customers, variables: { first: 1 } },
    as: "groups",
  },
  {
    title: "what is forbidden, the whole of it",
    body: { query: '{ customersByEmail(email: "john@example.com") { id } }' },
    as: "groups",
  },
  {
    title: "what may be kept",
    body: { query: customers, variables: { first: 1 } },
    as: "cached",
  },
  {
    title: "what may not be kept, with its errors",
    body: { query: byId, variables: { id: "no id" } },
    as: "cached",
  },
  {
    title: "what it costs",
    body: { query: customers, variables: { first: 1 } },
    headers: { "clientele-debug": "upstream" },
  },
  {
    title: "what it costs, for whoever may not know",
    body: { query: "{ stores { key } }" },
    headers: { "clientele-debug": "upstream" },
    as: "groups",
  },
  {
    title: "empty extensions",
    body: { query: "{ stores { key } }", extensions: {} },
    isByApollo: true,
  },
  {
    title: "a persisted query",
    body: {
      query: "{ stores { key } }",
      extensions: {
        persistedQuery: { version: 1, sha256Hash: "0".repeat(64) },
      },
    },
    isByApollo: true,
  },
  ...["text", 5, []].map((extensions): Case => ({
    title: `extensions that are ${JSON.stringify(extensions)}`,
    body: { query: "{ stores { key } }", extensions },
    isByApollo: true,
    status: 400,
  })),
  ...["{}", 5, [], [1], true].map((variables): Case => ({
    title: `variables that are ${JSON.stringify(variables)}`,
    body: { query: "{ stores { key } }", variables },
    isByApollo: true,
    status: 400,
  })),
  ...[5, {}, true].map((operationName): Case => ({
    title: `a name that is ${JSON.stringify(operationName)}`,
    body: { query: "{ stores { key } }", operationName },
    isByApollo: true,
    status: 400,
  })),
  ...[5, null, "", {}, ["{ stores { key } }"], undefined].map(
    (query): Case => ({
      title: `a query that is ${JSON.stringify(query)}`,
      body: { query, variables: {} },
      isByApollo: true,
      status: 400,
    }),
  ),
  ...[{}, [], [{ query: "{ stores { key } }" }], "text", null, 5].map(
    (body): Case => ({
      title: `a body that is ${JSON.stringify(body)}`,
      body: JSON.stringify(body),
      isByApollo: true,
      status: 400,
    }),
  ),
  ...[
    "{ stores { key }",
    "{ nothing }",
    "mutation { stores { key } }",
    "subscription { stores { key } }",
    "fragment a on Store { key }",
    `{ ${Array.from({ length: 150 }, (_, index) => `a${index}: stores { key }`).join(" ")} }`,
  ].map((query): Case => ({
    title: `a wrong document: ${query.slice(0, 30)}`,
    body: { query },
    isByApollo: true,
    status: 400,
  })),
  ...accepts.flatMap(([accept, status]): Case[] => {
    const isByApollo = status !== 200 || accept.length > 200;
    return [
      {
        title: `accept ${accept}`,
        body: { query: "{ stores { key } }" },
        headers: { accept },
        isByApollo,
        status,
      },
      {
        title: `accept ${accept} of wrong variables`,
        body: { query: customers },
        headers: { accept },
        isByApollo: true,
      },
      {
        title: `accept ${accept} of null`,
        body: { query: '{ customersByEmail(email: "no address") { id } }' },
        headers: { accept },
        isByApollo,
        status,
      },
    ];
  }),
  {
    title: "a charset",
    body: { query: "{ stores { key } }" },
    headers: { "content-type": "application/json; charset=UTF-8" },
  },
  {
    title: "another media type",
    body: { query: "{ stores { key } }" },
    headers: { "content-type": "text/plain" },
    isByApollo: true,
    status: 400,
  },
];

describe("a known operation", () => {
  let sandbox: CommerceLayerSandboxServer;
  let clientele: Clientele;

  beforeAll(async () => {
    sandbox = (await commerceLayerSandbox.start(
      {},
    )) as CommerceLayerSandboxServer;
    const keyOf = (name: string, scopes: readonly string[], others = {}) => ({
      name,
      scopes,
      sha256: createHash("sha256").update(`key-of-${name}`).digest("hex"),
      ...others,
    });
    clientele = await startClientele([{ server: sandbox }], {
      coalesce: false,
      limits: { maxUpstreamRequests: 8 },
      auth: {
        mode: "apiKeys",
        keys: [
          keyOf("everything", ["read:groups", "read:customers", "debug"]),
          keyOf("groups", ["read:groups"]),
          keyOf("cached", ["read:groups", "read:customers"], {
            cacheMaxAgeSeconds: 60,
          }),
        ],
      },
    });
  });
  afterAll(async () => {
    await clientele.stop();
    await sandbox.close();
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const linesSince = (before: number): any[] =>
    clientele.log
      .slice(before)
      .map((line) => JSON.parse(line) as { msg: string; refused?: number })
      .filter(({ msg, refused }) => !refused && msg !== "operations refused");

  /** Sends a case and gives everything that can be told of it. */
  const send = async ({ body, headers, as = "everything" }: Case) => {
    const { hostname, port } = new URL(clientele.url);
    const before = clientele.log.length;
    const asked = sandbox.journal.requests().length;
    const response = await new Promise<{
      readonly status: number | undefined;
      readonly headers: unknown;
      readonly body: string;
    }>((resolve, reject) => {
      request(
        {
          hostname,
          port,
          path: "/graphql",
          method: "POST",
          headers: {
            "content-type": "application/json",
            authorization: `Bearer key-of-${as}`,
            ...headers,
          },
        },
        (message) => {
          text(message).then((body) => {
            const {
              date,
              "content-length": length,
              ...others
            } = message.headers;
            expect(date).toBeDefined();
            expect(Number(length)).toBe(Buffer.byteLength(body));
            resolve({
              status: message.statusCode,
              headers: others,
              body: body
                .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "(id)")
                .replace(/"(ms|waitedMs)":[\d.]+/g, '"$1":0'),
            });
          }, reject);
        },
      )
        .on("error", reject)
        .end(typeof body === "string" ? body : JSON.stringify(body));
    });
    return {
      ...response,
      // Of refusals only so many in a second have a line.
      log: linesSince(before).map((line) => {
        const { time, ms, id, upstream, ...others } = line;
        expect(["undefined", "string"]).toContain(typeof id);
        expect([typeof time, typeof ms]).toContain("number");
        for (const account of Object.values<any>(upstream?.byStore ?? {})) {
          account.waitedMs = 0;
        }
        return { ...others, upstream };
      }),
      asked: sandbox.journal
        .requests()
        .slice(asked)
        .map(({ path, query }) => ({ path, query })),
    };
  };

  it.each(cases)("is answered as Apollo Server does: $title", async (each) => {
    const byApollo = jest.spyOn(
      ApolloServer.prototype,
      "executeHTTPGraphQLRequest",
    );
    const forgotten = jest
      .spyOn(KnownOperations.prototype, "get")
      .mockReturnValue(undefined);
    await send(each);
    const expected = await send(each);
    expect(byApollo).toHaveBeenCalledTimes(2);
    forgotten.mockRestore();
    byApollo.mockClear();
    if (each.status !== undefined) expect(expected.status).toBe(each.status);
    for (let time = 0; time < 3; time += 1) {
      expect(await send(each)).toEqual(expected);
    }
    expect(byApollo).toHaveBeenCalledTimes(each.isByApollo ? 3 : 0);
  });

  it("is known from its first time on", async () => {
    const byApollo = jest.spyOn(
      ApolloServer.prototype,
      "executeHTTPGraphQLRequest",
    );
    const each = {
      title: "",
      body: { query: "query First { stores { platform key } }" },
      headers: { accept: "application/json, first/time" },
    };
    const [first, ...later] = [
      await send(each),
      await send(each),
      await send(each),
    ];
    for (const answer of later) expect(answer).toEqual(first);
    expect(byApollo).toHaveBeenCalledTimes(1);
  });

  it("is not, when it is asked for by GET", async () => {
    const byApollo = jest.spyOn(
      ApolloServer.prototype,
      "executeHTTPGraphQLRequest",
    );
    const url = new URL(clientele.url);
    url.searchParams.set("query", "{ stores { key } }");
    for (let time = 0; time < 2; time += 1) {
      const response = await fetch(url, {
        headers: {
          authorization: "Bearer key-of-everything",
          "apollo-require-preflight": "yes",
        },
      });
      expect(await response.json()).toEqual({
        data: { stores: [{ key: store }] },
      });
    }
    expect(byApollo).toHaveBeenCalledTimes(2);
  });

  it("is forgotten when a thousand others came", async () => {
    const each = { title: "", body: { query: "{ stores { name: key } }" } };
    await send(each);
    for (let number = 0; number < 1_000; number += 1) {
      await send({
        title: "",
        body: { query: `{ __typename } # ${number}` },
        as: "groups",
      });
    }
    const byApollo = jest.spyOn(
      ApolloServer.prototype,
      "executeHTTPGraphQLRequest",
    );
    await send(each);
    expect(byApollo).toHaveBeenCalledTimes(1);
    await send(each);
    expect(byApollo).toHaveBeenCalledTimes(1);
  });
});
