import { createHash, generateKeyPairSync } from "node:crypto";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { SignJWT } from "jose";
import {
  type CommerceLayerSandboxServer,
  commerceLayerSandbox,
} from "../../src/sandbox/commerce-layer";
import { type Clientele, startClientele } from "../support/clientele";

/** Long enough for every operation of a test to come while it lasts. */
const delayMs = 600;

interface Asked {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The whole text, in the place of query and variables. */
  readonly text?: string;
}

interface Sent {
  readonly answer: Promise<{
    readonly status: number;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly body: any;
  }>;
  /** The client goes away. */
  readonly hangUp: () => void;
}

const customers = "{ customers(first: 3) { nodes { id email } } }";
const groups = "{ customerGroups(first: 3) { nodes { id name } } }";
const both = `{ customerGroups(first: 3) { nodes { name } } customers(first: 3) { nodes { email } } }`;

let sandbox: CommerceLayerSandboxServer;
let clientele: Clientele;

async function start(
  server: Readonly<Record<string, unknown>> = {},
  stores: readonly string[] = ["commerce-layer-demo"],
): Promise<void> {
  sandbox = (await commerceLayerSandbox.start(
    {},
  )) as CommerceLayerSandboxServer;
  clientele = await startClientele(
    stores.map((key) => ({ key, server: sandbox })),
    server,
  );
}

/** What ends the requests of a test, answered or not. */
const clients: (() => void)[] = [];

function send({ query, variables, headers, text: whole }: Asked): Sent {
  const { hostname, port } = new URL(clientele.url);
  const sent = request({
    hostname,
    port,
    path: "/graphql",
    method: "POST",
    // A connection for each client.
    agent: false,
    headers: { "content-type": "application/json", ...headers },
  });
  const answer: Sent["answer"] = new Promise((resolve, reject) => {
    sent.on("error", reject);
    sent.on("response", (response) => {
      text(response).then((body) => {
        const { date, ...others } = response.headers;
        expect(date).toBeDefined();
        resolve({
          status: response.statusCode!,
          headers: others,
          body: JSON.parse(body) as unknown,
        });
      }, reject);
    });
  });
  sent.end(whole ?? JSON.stringify({ query, variables }));
  const hangUp = () => {
    answer.catch(() => undefined);
    sent.destroy();
  };
  clients.push(hangUp);
  return { answer, hangUp };
}

async function waitUntil(
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const startedAt = performance.now();
  while (!(await holds())) {
    if (performance.now() - startedAt > 3_000)
      throw new Error("It never holds.");
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** What was asked of the API since the last test. */
const asked = () => sandbox.journal.requests("api");
const waitForRequests = (count: number) =>
  waitUntil(() => asked().length >= count);

async function metric(name: string): Promise<number> {
  const page = await (await fetch(new URL("/metrics", clientele.url))).text();
  return Number(new RegExp(`^${name} (\\S+)$`, "m").exec(page)?.[1]);
}
const waitForRunning = (count: number) =>
  waitUntil(
    async () => (await metric("clientele_operations_running")) === count,
  );

/** The lines of operations since the last test. */
const lines = (): any[] =>
  clientele.log
    .slice(logged)
    .map((line) => JSON.parse(line) as { readonly msg: string })
    .filter(({ msg }) => msg === "operation");
let logged = 0;

function slow(): void {
  sandbox.faults.add({ when: { kind: "api" }, delayMs });
}

/** Sends all while the first of them is under way. */
async function together(all: readonly Asked[], distinct = 1): Promise<any[]> {
  slow();
  const [first, ...others] = all;
  const sent = [send(first!)];
  await waitForRequests(1);
  for (const each of others) sent.push(send(each));
  if (distinct > 1) await waitForRequests(distinct);
  return Promise.all(sent.map(({ answer }) => answer));
}

beforeEach(() => {
  logged = clientele.log.length;
  sandbox.faults.clear();
  sandbox.journal.clear();
});

afterEach(() => {
  for (const hangUp of clients.splice(0)) hangUp();
});

const startAndWarm =
  (...options: Parameters<typeof start>) =>
  async () => {
    await start(...options);
    // The store's token is fetched before anything is counted.
    for (const authorization of ["Bearer key-of-everything", undefined]) {
      await send({
        query: groups,
        headers: authorization ? { authorization } : {},
      }).answer;
    }
  };
const stop = async () => {
  const [running, platform] = [clientele, sandbox];
  await running.stop();
  await platform.close();
};

describe("equal operations", () => {
  beforeAll(startAndWarm());
  afterAll(stop);

  it("ask the platform once and answer everybody", async () => {
    const before = await metric("clientele_operations_coalesced_total");
    const all = await together(
      Array.from({ length: 5 }, () => ({ query: customers })),
    );
    expect(asked()).toHaveLength(1);
    const rows = sandbox.data.customers.slice(0, 3);
    expect(all[0].body.data.customers.nodes).toHaveLength(rows.length);
    expect(all[0]).toMatchObject({ status: 200 });
    for (const answer of all) expect(answer).toEqual(all[0]);
    const written = lines();
    expect(written).toHaveLength(5);
    expect(written.filter(({ coalesced }) => coalesced)).toHaveLength(4);
    for (const { operation, errors, upstream, coalesced } of written) {
      expect(operation).toEqual(written[0].operation);
      expect(errors).toEqual({});
      expect(upstream.requests).toBe(coalesced ? 0 : 1);
    }
    expect(await metric("clientele_operations_coalesced_total")).toBe(
      before + 4,
    );
    await waitForRunning(0);
  });

  it("ask again once they are answered", async () => {
    await together([{ query: customers }, { query: customers }]);
    sandbox.faults.clear();
    await send({ query: customers }).answer;
    expect(asked()).toHaveLength(2);
    expect(lines().at(-1)).not.toHaveProperty("coalesced");
  });

  it.each<[string, Asked, Asked]>([
    [
      "other variables",
      {
        query:
          "query ($n: Int!) { customers(first: $n) { nodes { id email } } }",
        variables: { n: 2 },
      },
      {
        query:
          "query ($n: Int!) { customers(first: $n) { nodes { id email } } }",
        variables: { n: 3 },
      },
    ],
    [
      "other names",
      {
        text: JSON.stringify({
          query: `query A ${customers} query B ${groups}`,
          operationName: "A",
        }),
        query: "",
      },
      {
        text: JSON.stringify({
          query: `query A ${customers} query B ${groups}`,
          operationName: "B",
        }),
        query: "",
      },
    ],
  ])("share nothing with %s", async (_, one, other) => {
    const [first, second] = await together([one, other], 2);
    expect(asked()).toHaveLength(2);
    expect(first.body.errors ?? second.body.errors).toBeUndefined();
    expect(first.body).not.toEqual(second.body);
    expect(lines().filter(({ coalesced }) => coalesced)).toEqual([]);
    // Each has what it gets alone.
    sandbox.faults.clear();
    expect((await send(one).answer).body).toEqual(first.body);
    expect((await send(other).answer).body).toEqual(second.body);
  });

  it("share no operation with another accept", async () => {
    const accept = "application/graphql-response+json";
    const [first, second, third] = await together([
      { query: customers },
      { query: customers, headers: { accept } },
      { query: customers, headers: { accept } },
    ]);
    expect(first.headers["content-type"]).toMatch(/^application\/json/);
    expect(second.headers["content-type"]).toMatch(accept);
    expect(third).toEqual(second);
    expect(first.body).toEqual(second.body);
    // The read is shared all the same.
    expect(asked()).toHaveLength(1);
    expect(lines().filter(({ coalesced }) => coalesced)).toHaveLength(1);
  });

  it("share no refusal to answer in a form", async () => {
    const [first, second] = await together([
      { query: customers },
      { query: customers, headers: { accept: "text/html" } },
    ]);
    expect([first.status, second.status]).toEqual([200, 406]);
  });

  it("share no operation with who sees its cost", async () => {
    const debug = { "clientele-debug": "upstream" };
    const [plain, shown, other] = await together([
      { query: customers },
      { query: customers, headers: debug },
      { query: customers, headers: debug },
    ]);
    expect(plain.body).not.toHaveProperty("extensions");
    for (const each of [shown, other]) {
      expect(each.body.extensions.upstream).toMatchObject({
        requests: 0,
        byStore: { "commerce-layer-demo": { requests: 0, coalesced: 1 } },
      });
      expect(each.body.data).toEqual(plain.body.data);
    }
    expect(lines().filter(({ coalesced }) => coalesced)).toEqual([]);
    expect(asked()).toHaveLength(1);
  });

  it("are so by their text, whatever its encoding", async () => {
    const text = JSON.stringify({ query: customers });
    const all = await together([
      { query: "", text },
      {
        query: "",
        text,
        headers: { "content-type": "application/json; charset=utf-8" },
      },
    ]);
    expect(all[1].body).toEqual(all[0].body);
    expect(lines().filter(({ coalesced }) => coalesced)).toHaveLength(1);
    expect(asked()).toHaveLength(1);
  });

  it("are not with another media type", async () => {
    const [first, second] = await together([
      { query: customers },
      { query: customers, headers: { "content-type": "text/plain" } },
    ]);
    expect(first.status).toBe(200);
    expect(second.status).toBe(400);
    expect(second.body).not.toHaveProperty("data");
  });

  it.each([
    ["a failing store", 503, "PLATFORM_UNAVAILABLE"],
    ["a store that answers nonsense", 200, "PLATFORM_CONTRACT"],
  ])("share %s as an error", async (_, status, code) => {
    sandbox.faults.add({
      when: { kind: "api" },
      status,
      body: "nonsense",
    });
    const all = await together([
      { query: customers },
      { query: customers },
      { query: customers },
    ]);
    for (const answer of all) {
      expect(answer).toEqual(all[0]);
      expect(answer.body.errors[0].extensions.code).toMatch(code);
    }
    const written = lines();
    expect(written).toHaveLength(3);
    for (const { errors } of written) expect(errors).toEqual(written[0].errors);
    expect(Object.keys(written[0].errors as object)).toHaveLength(1);
    expect(written.filter(({ coalesced }) => coalesced)).toHaveLength(2);
  });

  it("share what is wrong with them", async () => {
    const wrong = "{ customers(first: 3) { nothing } }";
    const all = await Promise.all(
      Array.from({ length: 5 }, () => send({ query: wrong }).answer),
    );
    for (const answer of all) {
      expect(answer.status).toBe(400);
      expect(answer.body).toEqual(all[0]!.body);
    }
    expect(lines()).toHaveLength(5);
    expect(lines().map(({ errors }) => errors)).toEqual(
      lines().map(() => ({ GRAPHQL_VALIDATION_FAILED: 1 })),
    );
    const noJson = await Promise.all(
      [1, 2, 3].map(() => send({ query: "", text: "{ no JSON" }).answer),
    );
    expect(noJson.map(({ status }) => status)).toEqual([400, 400, 400]);
  });

  describe("whose clients leave", () => {
    it.each([0, 1, 2])("answer those that stay: %i leaves", async (leaving) => {
      slow();
      const sent = [send({ query: customers })];
      await waitForRequests(1);
      sent.push(send({ query: customers }), send({ query: customers }));
      await waitForRunning(3);
      sent[leaving]!.hangUp();
      await waitForRunning(2);
      const stayed = sent.filter((_, index) => index !== leaving);
      for (const { answer } of stayed) {
        const { status, body } = await answer;
        expect(status).toBe(200);
        expect(body.errors).toBeUndefined();
        expect(body.data.customers.nodes).toHaveLength(3);
      }
      expect(asked()).toHaveLength(1);
      expect(asked()[0]!.status).toBe(200);
      await waitForRunning(0);
    });

    it("end the upstream request when all have left", async () => {
      sandbox.faults.add({ when: { kind: "api" }, hang: true });
      const sent = [send({ query: customers })];
      await waitForRequests(1);
      sent.push(send({ query: customers }), send({ query: customers }));
      await waitForRunning(3);
      for (const [index, { hangUp }] of sent.entries()) {
        expect(asked()[0]!.socket.closedAt).toBeUndefined();
        hangUp();
        if (index < 2) await waitForRunning(2 - index);
      }
      const leftAt = performance.now();
      await waitUntil(() => asked()[0]!.socket.closedAt !== undefined);
      expect(performance.now() - leftAt).toBeLessThan(100);
      expect(asked()).toHaveLength(1);
      await waitForRunning(0);
      // Whoever comes now gets an answer of their own.
      sandbox.faults.clear();
      const { body } = await send({ query: customers }).answer;
      expect(body.errors).toBeUndefined();
      expect(asked()).toHaveLength(2);
    });

    it("give their places back once", async () => {
      sandbox.faults.add({ when: { kind: "api" }, hang: true });
      for (let round = 0; round < 3; round += 1) {
        const sent = send({ query: customers });
        await waitForRequests(round + 1);
        expect(await metric("clientele_operations_running")).toBe(1);
        sent.hangUp();
        await waitUntil(() => asked()[round]!.socket.closedAt !== undefined);
        // The line is written when nothing of it runs any more.
        await waitUntil(() => lines().length === round + 1);
        expect(await metric("clientele_operations_running")).toBe(0);
      }
    });
  });
});

describe("operations of callers", () => {
  const keyOf = (name: string, scopes: readonly string[], others = {}) => ({
    name,
    scopes,
    sha256: createHash("sha256").update(`key-of-${name}`).digest("hex"),
    ...others,
  });
  const as = (name: string, query: string, headers = {}): Asked => ({
    query,
    headers: { authorization: `Bearer key-of-${name}`, ...headers },
  });

  beforeAll(
    startAndWarm(
      {
        auth: {
          mode: "apiKeys",
          keys: [
            keyOf("everything", ["read:groups", "read:customers", "debug"]),
            keyOf("one", ["read:groups", "read:customers"]),
            keyOf("same", ["read:customers", "read:groups"]),
            keyOf("groups", ["read:groups"]),
            keyOf("cached", ["read:groups", "read:customers"], {
              cacheMaxAgeSeconds: 60,
            }),
            keyOf("first", ["read:groups", "read:customers"], {
              stores: ["first"],
            }),
            keyOf("second", ["read:groups", "read:customers"], {
              stores: ["second"],
            }),
            keyOf("none", ["read:groups", "read:customers"], { stores: [] }),
            keyOf("listed", ["read:groups", "read:customers"], {
              stores: ["second", "first"],
            }),
            keyOf("relisted", ["read:groups", "read:customers"], {
              stores: ["first", "second"],
            }),
          ],
        },
      },
      ["first", "second"],
    ),
  );
  afterAll(stop);

  const coalescedCallers = () =>
    lines()
      .filter(({ coalesced }) => coalesced)
      .map(({ caller }) => caller as string);

  it("of equal rights are shared, and logged by their names", async () => {
    const all = await together([
      as("one", customers),
      as("same", customers),
      as("one", customers),
    ]);
    for (const answer of all) expect(answer).toEqual(all[0]);
    expect(coalescedCallers().sort()).toEqual(["one", "same"]);
    expect(
      lines()
        .map(({ caller }) => caller as string)
        .sort(),
    ).toEqual(["one", "one", "same"]);
    // The first store fills the page.
    expect(asked()).toHaveLength(1);
  });

  it("of equal lists in another order are shared", async () => {
    const [first, second] = await together([
      as("listed", customers),
      as("relisted", customers),
    ]);
    expect(second).toEqual(first);
    expect(coalescedCallers()).toEqual(["relisted"]);
  });

  it.each(["everything", "one"])(
    "without a right get nothing from one of %s",
    async (name) => {
      const [whole, forbidden] = await together([
        as(name, both),
        as("groups", both),
        as(name, both),
      ]);
      expect(whole.body.errors).toBeUndefined();
      expect(JSON.stringify(whole.body)).toContain("@");
      expect(JSON.stringify(forbidden.body)).not.toContain("@");
      expect(forbidden.body.data.customers).toBeNull();
      expect(forbidden.body.errors).toMatchObject([
        {
          path: ["customers"],
          extensions: { code: "FORBIDDEN", scope: "read:customers" },
        },
      ]);
      expect(coalescedCallers()).toEqual([name]);
    },
  );

  it("with a right get no refusal from one without", async () => {
    slow();
    const forbidden = send(as("groups", both));
    await waitForRequests(1);
    const [one, other] = [send(as("one", both)), send(as("groups", both))];
    expect((await one.answer).body.errors).toBeUndefined();
    expect((await other.answer).body).toEqual((await forbidden.answer).body);
    expect((await other.answer).body.errors).toHaveLength(1);
    expect(coalescedCallers()).toEqual(["groups"]);
  });

  it("of other stores get rows of their own stores alone", async () => {
    const query =
      "{ stores { key } customers(first: 3) { nodes { id email store { key } } } }";
    const names = ["first", "second", "none", "one", "first", "second"];
    const all = await together(
      names.map((name) => as(name, query)),
      2,
    );
    for (const [index, name] of names.entries()) {
      const { data, errors } = all[index].body;
      expect(errors).toBeUndefined();
      const nodes: { id: string; store: { key: string } }[] =
        data.customers.nodes;
      const visible: { key: string }[] = data.stores;
      const seen = nodes.map(({ store }) => store.key);
      const own = name === "one" ? "first" : name;
      expect(new Set(seen)).toEqual(new Set(name === "none" ? [] : [own]));
      for (const { id } of nodes) {
        expect(id).toContain(`gid://clientele/Customer/${own}/`);
      }
      expect(visible.map(({ key }) => key)).toEqual(
        name === "one" ? ["first", "second"] : name === "none" ? [] : [name],
      );
    }
    expect(coalescedCallers().sort()).toEqual(["first", "second"]);
  });

  it("of stores of one account share no answer", async () => {
    const inStore = (key: string) =>
      as(
        "one",
        `{ store(key: "${key}") { customers(first: 3) { nodes { id email } } } }`,
      );
    const [first, second] = await together(
      [inStore("first"), inStore("second")],
      2,
    );
    expect(asked()).toHaveLength(2);
    // The same account answered: nothing but the ids differs.
    const [one, two] = [first, second].map(
      ({ body }) =>
        body.data.store.customers.nodes as { id: string; email: string }[],
    );
    expect(one!.map(({ email }) => email)).toEqual(
      two!.map(({ email }) => email),
    );
    expect(one!.map(({ id }) => id.replace("/first/", "/second/"))).toEqual(
      two!.map(({ id }) => id),
    );
    expect(one).not.toEqual(two);
  });

  it("who may keep answers share none with who may not", async () => {
    const [plain, kept, other] = await together([
      as("one", customers),
      as("cached", customers),
      as("same", customers),
    ]);
    expect(plain.headers["cache-control"]).toBe("no-store");
    expect(plain.headers).not.toHaveProperty("vary");
    expect(kept.headers).toMatchObject({
      "cache-control": "private, max-age=60",
      vary: "authorization",
    });
    expect(other.headers["cache-control"]).toBe("no-store");
    expect(coalescedCallers()).toEqual(["same"]);
  });

  it("who may not debug ask in vain, and are shared", async () => {
    const headers = { "clientele-debug": "upstream" };
    const [first, second, shown] = await together([
      as("one", customers),
      as("same", customers, headers),
      as("everything", customers, headers),
    ]);
    expect(second.body).toEqual(first.body);
    expect(shown.body.extensions.upstream.requests).toBe(0);
    expect(coalescedCallers()).toEqual(["same"]);
  });

  it("who are unknown get nothing", async () => {
    const [known, unknown, nobody] = await together([
      as("one", customers),
      as("wrong", customers),
      { query: customers },
    ]);
    expect(known.status).toBe(200);
    for (const each of [unknown, nobody]) {
      expect(each.status).toBe(401);
      expect(each.body).not.toHaveProperty("data");
    }
    expect(lines()).toHaveLength(3);
    expect(lines().filter(({ refused }) => refused === 401)).toHaveLength(2);
  });
});

describe("operations by token", () => {
  const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const as = async (
    sub: string,
    scope: string,
    stores?: unknown,
    expiresAt = "1h",
  ): Promise<Asked> => ({
    query: both,
    headers: {
      authorization: `Bearer ${await new SignJWT({
        sub,
        scope,
        ...(stores === undefined ? {} : { clientele_stores: stores }),
      })
        .setProtectedHeader({ alg: "ES256" })
        .setIssuer("https://issuer.test")
        .setAudience("clientele")
        .setExpirationTime(expiresAt)
        .sign(pair.privateKey)}`,
    },
  });

  beforeAll(async () => {
    await start({
      auth: {
        mode: "jwt",
        issuer: "https://issuer.test",
        audience: "clientele",
        publicKeys: [pair.publicKey.export({ type: "spki", format: "pem" })],
      },
    });
    await send(await as("warm", "read:groups read:customers")).answer;
  });
  afterAll(stop);

  it("share among equal rights, whoever they are of", async () => {
    const all = await together([
      await as("anna", "read:groups read:customers"),
      await as("bert", "read:customers other read:groups"),
      await as("anna", "read:groups"),
      await as("anna", "read:groups read:customers", []),
      await as("anna", "read:groups read:customers", "commerce-layer-demo"),
      await as("anna", "read:groups read:customers", ["commerce-layer-demo"]),
      await as("anna", "read:groups read:customers", undefined, "-1h"),
    ]);
    const [anna, bert, part, none, wrong, listed, late] = all;
    expect(anna.body.errors).toBeUndefined();
    expect(bert.body).toEqual(anna.body);
    expect(part.body.errors).toMatchObject([
      { extensions: { code: "FORBIDDEN" } },
    ]);
    expect(JSON.stringify(part.body)).not.toContain("@");
    for (const each of [none, wrong]) {
      expect(each.body.data.customers.nodes).toEqual([]);
    }
    expect(listed.body).toEqual(anna.body);
    expect(late.status).toBe(401);
    // Two of `anna`'s rights, and two that see no store.
    const shared = lines().filter(({ coalesced }) => coalesced).length;
    expect([1, 2]).toContain(shared);
    expect(lines()).toHaveLength(7);
    expect(lines().filter(({ refused }) => refused === 401)).toHaveLength(1);
    // Groups and customers, once each.
    expect(asked()).toHaveLength(2);
  });
});

describe("operations that wait for another", () => {
  beforeAll(startAndWarm({ maxOperations: 3 }));
  afterAll(stop);

  it("count as running", async () => {
    slow();
    const sent = [send({ query: customers })];
    await waitForRequests(1);
    sent.push(send({ query: customers }), send({ query: customers }));
    await waitForRunning(3);
    const refused = await send({ query: customers }).answer;
    expect(refused.status).toBe(503);
    const all = await Promise.all(sent.map(({ answer }) => answer));
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200]);
    await waitForRunning(0);
    expect((await send({ query: customers }).answer).status).toBe(200);
  });

  it("leave as many places as there were when they hang up", async () => {
    sandbox.faults.add({ when: { kind: "api" }, hang: true });
    for (let round = 0; round < 2; round += 1) {
      const sent = [1, 2, 3].map(() => send({ query: customers }));
      await waitForRunning(3);
      for (const { hangUp } of sent) {
        hangUp();
      }
      await waitForRunning(0);
    }
    sandbox.faults.clear();
    slow();
    sandbox.journal.clear();
    const running = Array.from({ length: 3 }, (_, index) =>
      send({ query: customers.replace("3", `${index + 1}`) }),
    );
    await waitForRequests(3);
    expect((await send({ query: customers }).answer).status).toBe(503);
    for (const { answer } of running) expect((await answer).status).toBe(200);
  });
});

describe("a deadline", () => {
  beforeAll(startAndWarm({ operationTimeoutMs: 300 }));
  afterAll(stop);

  it("ends the wait of all who share it", async () => {
    sandbox.faults.add({ when: { kind: "api" }, hang: true });
    const sent = [send({ query: customers })];
    await waitForRequests(1);
    sent.push(send({ query: customers }));
    for (const { answer } of sent) {
      expect((await answer).body.errors).toMatchObject([
        { extensions: { code: "PLATFORM_UNAVAILABLE" } },
      ]);
    }
    await waitUntil(() => asked()[0]!.socket.closedAt !== undefined);
    await waitForRunning(0);
  });
});

describe("coalesce: false", () => {
  beforeAll(startAndWarm({ coalesce: false }));
  afterAll(stop);

  it("shares nothing", async () => {
    const all = await together(
      Array.from({ length: 3 }, () => ({ query: customers })),
      3,
    );
    expect(asked()).toHaveLength(3);
    for (const answer of all) expect(answer).toEqual(all[0]);
    const written = lines();
    expect(written).toHaveLength(3);
    for (const { upstream, ...line } of written) {
      expect(upstream.requests).toBe(1);
      expect(upstream.byStore["commerce-layer-demo"].coalesced).toBe(0);
      expect(line).not.toHaveProperty("coalesced");
    }
    expect(await metric("clientele_operations_coalesced_total")).toBe(0);
  });
});
