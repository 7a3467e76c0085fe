import { createHash } from "node:crypto";
import { platforms } from "../../src/platforms/registry";
import { type Sandbox, startSandbox } from "../../src/sandbox/start";
import { type Clientele, startClientele } from "../support/clientele";

const scopesOf: Readonly<Record<string, readonly string[]>> = {
  everything: ["read:groups", "read:customers", "debug"],
  groups: ["read:groups", "debug"],
  customers: ["read:customers", "debug"],
};

const emailsOf = (data: any) =>
  (data.customers.nodes as readonly { readonly email: string }[]).map(
    ({ email }) => email,
  );

const gid = (kind: string, store: string, id: string | number) =>
  `gid://clientele/${kind}/${store}/${id}`;

describe("what the caller may not see", () => {
  let sandbox: Sandbox;
  let clientele: Clientele;

  beforeAll(async () => {
    const rooms = platforms.map(({ sandbox: room }) => room!());
    sandbox = await startSandbox({ rooms: await Promise.all(rooms) });
    clientele = await startClientele(
      sandbox.servers.map((server) => ({ server })),
      {
        auth: {
          mode: "apiKeys",
          keys: Object.entries(scopesOf).map(([name, scopes]) => ({
            name,
            scopes,
            sha256: createHash("sha256").update(name).digest("hex"),
          })),
        },
      },
    );
    // Commerce Layer tells its mode with the first token.
    await ask("everything", "{ stores { mode } }");
  });
  afterAll(async () => {
    await clientele.stop();
    await sandbox.close();
  });

  /** Asks, and tells what every store was sent. */
  async function ask(
    caller: string,
    query: string,
    variables: Readonly<Record<string, unknown>> = {},
  ) {
    for (const { journal } of sandbox.servers) journal.clear();
    const answer = await clientele.send(query, variables, {
      authorization: `Bearer ${caller}`,
      "clientele-debug": "upstream",
    });
    const requests = sandbox.servers.flatMap(({ journal }) =>
      journal.requests("api"),
    );
    return {
      ...answer,
      codes: (answer.errors ?? []).map(({ extensions }) => extensions.code),
      upstream: answer.extensions?.["upstream"] as {
        readonly predicted: number;
        readonly requests: number;
      },
      requests,
      sent: requests.map(
        ({ path, query: parameters }) =>
          `${path}?${parameters.map((pair) => pair.join("=")).join("&")}`,
      ),
    };
  }

  const group = () => gid("CustomerGroup", "commerce-layer-demo", "xYZkjABcde");

  const attachments =
    "query ($id: ID!) { customerGroup(id: $id) { name ... on CommerceLayerCustomerGroup { attachments { nodes { name url } } } } }";

  // Before others have asked for the same, and after: nothing is shared.
  it.each(["first", "again"])("is not fetched of a group, %s", async () => {
    const shown = await ask("everything", attachments, { id: group() });
    expect(shown.codes).toEqual([]);
    expect(shown.sent.join()).toContain("attachments");

    const hidden = await ask("groups", attachments, { id: group() });
    expect(hidden.codes).toEqual(["FORBIDDEN"]);
    expect(hidden.data.customerGroup).toEqual({
      name: shown.data.customerGroup.name,
      attachments: null,
    });
    expect(hidden.sent).toHaveLength(1);
    expect(hidden.sent.join()).not.toContain("attachments");
    expect(hidden.upstream).toMatchObject({ predicted: 1, requests: 1 });
  });

  it.each(["commerce-layer-demo", "bigcommerce-demo", "ecwid-demo"])(
    "is not fetched of customers of %s",
    async (store) => {
      const query =
        "query ($stores: [String!]) { customers(first: 20, filter: { stores: $stores }) { nodes { email customerGroup { name } } } }";
      const shown = await ask("everything", query, { stores: [store] });
      expect(shown.codes).toEqual([]);
      const hidden = await ask("customers", query, { stores: [store] });
      expect(new Set(hidden.codes)).toEqual(new Set(["FORBIDDEN"]));
      expect(emailsOf(hidden.data)).toEqual(emailsOf(shown.data));
      expect(hidden.sent).toHaveLength(1);
      expect(shown.sent.join()).toMatch(/group/i);
      expect(hidden.sent.join()).not.toMatch(/group/i);
      expect(hidden.upstream).toMatchObject({ predicted: 1, requests: 1 });
    },
  );

  it("is not counted in what an operation can cause", async () => {
    const query =
      "{ customerGroups(first: 100) { nodes { name customers(first: 100) { nodes { email sameEmail { id } } } } } }";
    const refused = await ask("everything", query);
    expect(refused.codes).toEqual(["QUERY_TOO_COMPLEX"]);
    const { status, upstream, data } = await ask("groups", query);
    expect(status).toBe(200);
    expect(data.customerGroups.nodes).toHaveLength(100);
    expect(upstream.requests).toBeLessThanOrEqual(upstream.predicted);
    // The lists of groups at the most, and no list of members.
    expect(upstream.predicted).toBeLessThan(100);
  });

  it("is not fetched by its id", async () => {
    const query =
      "query ($ids: [ID!]!, $r: [_Any!]!) { nodes(ids: $ids) { id ... on CustomerGroup { name } ... on Customer { email } } _entities(representations: $r) { ... on Customer { email } } }";
    const id = gid("Customer", "bigcommerce-demo", 1);
    const answer = await ask("groups", query, {
      ids: [id, gid("Customer", "ecwid-demo", 1)],
      r: [{ __typename: "Customer", id }],
    });
    expect(answer.codes).toEqual(["FORBIDDEN", "FORBIDDEN", "FORBIDDEN"]);
    expect(answer.sent).toEqual([]);
    expect(answer.upstream).toMatchObject({ predicted: 0, requests: 0 });
  });
});
