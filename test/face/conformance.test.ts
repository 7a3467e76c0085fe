import { auditServer } from "graphql-http";
import {
  type CommerceLayerSandboxServer,
  commerceLayerSandbox,
} from "../../src/sandbox/commerce-layer";
import { type Clientele, startClientele } from "../support/clientele";
import { whenCalm } from "../support/when-calm";

const json = "application/json";
const graphqlResponse = "application/graphql-response+json";

/** GraphQL over HTTP, by its own audits and beyond them. */
describe("conformance", () => {
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
    sandbox.faults.clear();
    sandbox.journal.clear();
  });

  const send = async (
    init: RequestInit,
    path = "/graphql",
  ): Promise<{ status: number; headers: Headers; text: string }> => {
    const response = await fetch(new URL(path, clientele.url), init);
    return {
      status: response.status,
      headers: response.headers,
      text: await response.text(),
    };
  };
  const post = (body: string, headers: Record<string, string> = {}) =>
    send({
      method: "POST",
      headers: { "content-type": json, ...headers },
      body,
    });
  const query = (text: string, more = {}) =>
    JSON.stringify({ query: text, ...more });

  it("P1 passes graphql-http's audits", async () => {
    const results = await auditServer({ url: clientele.url, fetchFn: fetch });
    expect(results).toHaveLength(61);
    const others = results.filter(({ status }) => status !== "ok");
    expect(others.filter(({ status }) => status === "error")).toEqual([]);
    // Apollo Server answers 400 to a wrong document in application/json too,
    // and takes no GET that a foreign page could send by itself.
    const known = ["572B", "FDE2", "7B9B", "5A70", "D6D5", "6A70"];
    expect(others.map(({ id }) => id).sort()).toEqual(known.sort());
  }, 30_000);

  it("P2 passes them without introspection but for three", async () => {
    const closed = await startClientele([{ server: sandbox }], {
      introspection: false,
    });
    const results = await auditServer({ url: closed.url, fetchFn: fetch });
    await closed.stop();
    expect(results).toHaveLength(61);
    const failed = results.filter(({ status }) => status === "error");
    // Their documents ask for __type.
    const known = ["BF61", "28B9", "2EA1"];
    expect(known).toEqual(expect.arrayContaining(failed.map(({ id }) => id)));
  });

  it("P3 refuses a media type it does not speak", async () => {
    const { status } = await post(query("{ __typename }"), {
      accept: "application/xml",
    });
    expect(status).toBe(406);
  });

  it.each([
    ["a syntax error", query("{")],
    ["an unknown field", query("{ nothing }")],
    [
      "a bad variable",
      query("query ($n: Int!) { customers(first: $n) { totalCount } }", {
        variables: { n: "ten" },
      }),
    ],
  ])("P4 answers %s with 400 and no data", async (_title, body) => {
    const answer = await post(body, { accept: graphqlResponse });
    expect(answer.status).toBe(400);
    expect(answer.headers.get("content-type")).toMatch(graphqlResponse);
    const parsed = JSON.parse(answer.text) as object;
    expect(parsed).toHaveProperty("errors");
    expect(parsed).not.toHaveProperty("data");
    expect(sandbox.journal.requests()).toEqual([]);
  });

  it("P5 answers a field's error beside the data", async () => {
    const [row] = sandbox.data.customerGroups;
    const good = `gid://clientele/CustomerGroup/commerce-layer-demo/${row!.id}`;
    const answer = await post(
      query("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {
        variables: { ids: [good, good, "wrong"] },
      }),
      { accept: graphqlResponse },
    );
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({
      data: { nodes: [{ id: good }, { id: good }, null] },
      errors: [{ path: ["nodes", 2] }],
    });
  });

  it.each(["PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])(
    "P6 refuses %s and tells what it takes",
    async (method) => {
      const { status, headers } = await send({
        method,
        headers: { "content-type": json },
        ...(method === "HEAD" ? {} : { body: query("{ __typename }") }),
      });
      expect(status).toBe(405);
      expect(headers.get("allow")).toBe("GET, POST");
    },
  );

  it.each(["PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "REPORT"])(
    "P6 refuses %s without a content type or a body in the same way",
    async (method) => {
      const { status, headers } = await send({ method });
      expect(status).toBe(405);
      expect(headers.get("allow")).toBe("GET, POST");
    },
  );

  it("P6 refuses a mutation by GET", async () => {
    const { status, headers } = await send(
      { headers: { accept: json, "content-type": json } },
      "/graphql?query=mutation%7Bx%7D",
    );
    // There are no mutations at all: the document is wrong before the method.
    expect([400, 405]).toContain(status);
    expect(headers.get("content-type")).toMatch(/json/);
  });

  it.each([
    ["300 KB", query(`{ __typename } #${"x".repeat(300_000)}`), 413],
    ["null", "null", 400],
    ["a number", "1", 400],
    ["an empty list", "[]", 400],
    ["a list", `[${query("{ __typename }")}]`, 400],
    ["nothing", "", 400],
    ["half a document", '{"query": "{ __ty', 400],
    ["a query that is no text", '{"query": {"a": 1}}', 400],
  ])("P7 refuses a body of %s", async (_title, body, status) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toMatch(/json/);
    expect(JSON.parse(answer.text)).toHaveProperty("errors");
  });

  it.each([
    ["none", undefined],
    ["text/plain", "text/plain"],
    ["a form", "application/x-www-form-urlencoded"],
    ["multipart", "multipart/form-data; boundary=x"],
  ])("P8 refuses the content type: %s", async (_title, type) => {
    const answer = await send({
      method: "POST",
      headers: type === undefined ? {} : { "content-type": type },
      body: Buffer.from(query("{ stores { key } customers { totalCount } }")),
    });
    expect([400, 415]).toContain(answer.status);
    expect(sandbox.journal.requests()).toEqual([]);
  });

  it("P8 refuses a GET that a foreign page could send", async () => {
    for (const headers of [{}, { "content-type": "message/partial" }]) {
      const answer = await send(
        { headers: { accept: json, ...headers } },
        "/graphql?query=%7B__typename%7D",
      );
      expect([400, 415]).toContain(answer.status);
    }
  });

  it("P9 takes UTF-8 and refuses odd charsets", async () => {
    const typed = (charset: string) =>
      post(query("{ __typename }"), {
        "content-type": `${json}; charset=${charset}`,
      });
    expect((await typed("utf-8")).status).toBe(200);
    expect((await typed('"UTF-8"')).status).toBe(200);
    expect((await typed("x-mac-cyrillic")).status).toBe(415);
  });

  it("P10 ignores unknown members of the request", async () => {
    const answer = await post(
      query("{ __typename }", { colour: "red", extensions: { a: 1 } }),
    );
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({ data: { __typename: "Query" } });
  });

  it.each([
    ["no name", {}],
    ["an unknown name", { operationName: "C" }],
  ])("P11 refuses two operations and %s", async (_title, more) => {
    const answer = await post(
      query("query A { __typename } query B { __typename }", more),
    );
    expect(answer.status).toBe(400);
  });

  it("F11 sends no traces to whoever asks for them", async () => {
    const answer = await post(query("{ __typename }"), {
      "apollo-federation-include-trace": "ftv1",
    });
    expect(JSON.parse(answer.text)).not.toHaveProperty("extensions");
  });

  it("S11 lets no answer be kept", async () => {
    const answers = await Promise.all([
      post(query("{ stores { key } }")),
      post(query("{")),
      send({ method: "PUT" }),
      send({}, "/healthz"),
      send({}, "/readyz"),
      send({}, "/metrics"),
      send({}, "/nowhere"),
    ]);
    for (const { headers } of answers) {
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("etag")).toBeNull();
    }
  });

  it("A6 lets no other origin read answers", async () => {
    for (const method of ["POST", "OPTIONS"]) {
      const { headers } = await send({
        method,
        headers: {
          "content-type": json,
          origin: "https://evil.test",
          "access-control-request-method": "POST",
        },
        ...(method === "POST" ? { body: query("{ stores { key } }") } : {}),
      });
      expect(headers.get("access-control-allow-origin")).toBeNull();
      expect(headers.get("access-control-allow-credentials")).toBeNull();
    }
  });

  it("L6 answers probes without credentials or names", async () => {
    for (const [path, text] of [
      ["/healthz", "ok\n"],
      ["/readyz", "ready\n"],
    ] as const) {
      if (path === "/readyz") await whenCalm(clientele.url);
      const answer = await send({}, path);
      expect(answer.status).toBe(200);
      expect(answer.text).toBe(text);
      expect(answer.headers.get("server")).toBeNull();
      expect(answer.headers.get("x-powered-by")).toBeNull();
    }
    expect(sandbox.journal.requests()).toEqual([]);
  });

  it("L6 stays ready while a platform is down", async () => {
    sandbox.faults.add({ when: {}, status: 503 });
    const answer = await post(query("{ customers { totalCount } }"));
    expect(JSON.parse(answer.text)).toHaveProperty("errors");
    const { response } = await whenCalm(clientele.url);
    expect(response.status).toBe(200);
  }, 20_000);
});
