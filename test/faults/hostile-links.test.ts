import type { SandboxServer } from "../../src/sandbox/room";
import {
  CustomerLinksOfManyDocument,
  CustomerLinksOfOneDocument,
  GroupLinksDocument,
} from "../gql/graphql";
import { commerceLayerFixture } from "../platforms/commerce-layer/fixture";
import type { Facts } from "../platforms/fixture";
import { type Clientele, dataOf, startClientele } from "../support/clientele";
import { type Bystanders, startBystanders } from "./bystanders";
import { fixtures } from "./bench";
import { type Read, readsOf } from "./reads";

/** What a platform says of other places; nobody is ever sent anything there. */

const readNames = ["single", "list", "entities", "members"] as const;
const canary = "canary-7c1e";
let bystanders: Bystanders;

beforeAll(async () => {
  bystanders = await startBystanders();
});
afterAll(() => bystanders.stop());

describe.each(
  fixtures.map((fixture) => [fixture.platform.name, fixture] as const),
)("a redirect by %s", (_, fixture) => {
  let server: SandboxServer;
  let reads: readonly Read[];
  let clientele: Clientele;

  beforeAll(async () => {
    const started = await fixture.start();
    ({ server } = started);
    reads = readsOf(server, started.facts);
    clientele = await startClientele([{ server }]);
  });
  afterAll(async () => {
    await clientele.stop();
    await server.close();
  });
  afterEach(() => {
    bystanders.expectNothing([server.origin, clientele.url]);
    server.faults.clear();
    server.journal.clear();
  });

  const read = (wanted: Read["name"]) =>
    reads.find(({ name }) => name === wanted)!;
  const elsewhere: Readonly<Record<string, () => string>> = {
    "another port": () => `http://${bystanders.address}{path}{query}`,
    "another name": () => `http://${bystanders.name}{path}{query}`,
    "another scheme": () => `https://${bystanders.address}{path}{query}`,
    "another host without a scheme": () =>
      `//${bystanders.address}{path}{query}`,
    "a host that is nowhere": () => "http://evil.test{path}{query}",
    "a file": () => "file:///etc/passwd",
    itself: () => "{url}",
    "another path of its own": () => "{origin}/elsewhere",
  };
  const refused = {
    extensions: { code: "PLATFORM_CONTRACT" },
  };

  describe.each([301, 302, 303, 307, 308])("with HTTP %i (U1)", (status) => {
    it.each(Object.keys(elsewhere))("to %s is refused", async (name) => {
      server.faults.add({
        when: { kind: "api" },
        redirect: { status, location: elsewhere[name]?.() ?? "" },
      });
      const { query, variables, nothing } = read("list");
      const answer = await clientele.send(query, variables);
      expect(answer.data).toEqual(nothing);
      expect(answer.errors).toMatchObject([refused]);
      expect(answer.errors?.[0]?.message).not.toMatch(/elsewhere|127\.0|evil/);
      expect(server.journal.requests("api")).toHaveLength(1);
    });
  });

  it.each(readNames)(
    "in answer to a read of %s is refused (U1)",
    async (name) => {
      server.faults.add({
        when: { kind: "api" },
        redirect: { status: 307, location: elsewhere["another port"]!() },
      });
      const { query, variables, nothing } = read(name);
      const answer = await clientele.send(query, variables);
      expect(answer.data).toEqual(nothing);
      expect(answer.errors?.length).toBeGreaterThan(0);
      for (const error of answer.errors ?? []) {
        expect(error).toMatchObject(refused);
      }
      // One for each request that an honest platform would have been sent first.
      const asked = server.journal.requests("api");
      expect(asked.map(({ status }) => status)).toEqual(asked.map(() => 307));
      const addresses = asked.map(({ path, query: q }) => path + String(q));
      expect(new Set(addresses).size).toBe(addresses.length);
    },
  );

  it("is no way for its secret from the token's door (U1)", async () => {
    const fresh = await startClientele([{ server }]);
    for (const status of [301, 302, 303, 307, 308]) {
      server.faults.clear();
      server.faults.add({
        when: { kind: "token" },
        redirect: { status, location: `http://${bystanders.address}{path}` },
      });
      const { query, variables, whole, nothing } = read("single");
      const answer = await fresh.send(query, variables);
      // Of the three, one fetches a token.
      if (server.journal.requests("token").length === 0) {
        expect(dataOf(answer)).toEqual(whole);
      } else {
        expect(answer.data).toEqual(nothing);
        expect(answer.errors).toHaveLength(1);
        expect(server.journal.requests("api")).toHaveLength(0);
      }
    }
    await fresh.stop();
    bystanders.expectNothing([server.origin, clientele.url, fresh.url]);
  });

  it("does not stop it from being asked again (U1)", async () => {
    for (const { query, variables, whole } of reads) {
      expect(dataOf(await clientele.send(query, variables))).toEqual(whole);
    }
  });

  it("would be noticed if it were followed", async () => {
    await fetch(`http://${bystanders.name}/`);
    expect(() => {
      bystanders.expectNothing([server.origin, clientele.url]);
    }).toThrow("elsewhere");
  });

  it("is not hidden in the links of an answer (U9)", async () => {
    const fault = server.faults.add({
      when: { kind: "api" },
      links: {
        to: `http://${bystanders.address}{path}{query}`,
        named: ["self", "first", "prev", "previous", "current", "next", "last"],
      },
    });
    const answer = await clientele.send(
      "{ customers(first: 60) { nodes { nativeId } } customerGroups(first: 60) { nodes { nativeId } } }",
    );
    dataOf(answer);
    expect(fault.hits).toBeGreaterThan(1);
  });
});

/** The one platform whose links are followed. */
describe("a link of Commerce Layer", () => {
  let server: SandboxServer;
  let facts: Facts;
  let clientele: Clientele;

  beforeAll(async () => {
    ({ server, facts } = await commerceLayerFixture.start());
    clientele = await startClientele([{ server }]);
    dataOf(await readMembers());
  });
  afterAll(async () => {
    await clientele.stop();
    await server.close();
  });
  beforeEach(() => {
    server.journal.clear();
  });
  afterEach(() => {
    bystanders.expectNothing([server.origin, clientele.url]);
    server.faults.clear();
    expect(clientele.log.join("")).not.toMatch(/canary|evil|access_token/);
  });

  const gid = (kind: string, nativeId: string) =>
    `gid://clientele/${kind}/${server.storeKey}/${nativeId}`;
  const readMembers = (of: Clientele = clientele) =>
    of.send(
      `{ customerGroup(id: "${gid("CustomerGroup", facts.groups[0]!.nativeId)}") { name customers(first: 2) { nodes { nativeId } } } }`,
    );
  /** Puts the sandbox's and the bystanders' own places into a form. */
  const fill = (form: unknown): unknown =>
    typeof form !== "string"
      ? form
      : form
          .replaceAll("OWN", new URL(server.origin).host)
          .replaceAll("PORT", new URL(server.origin).port)
          .replaceAll("EVIL", bystanders.address)
          .replaceAll("NAMED", bystanders.name)
          .replaceAll(
            "PATH",
            `api/customer_groups/${facts.groups[0]!.nativeId}/customers`,
          );
  const lead = (to: unknown) =>
    server.faults.add({
      when: { pathPattern: "/customer_groups/\\w+$" },
      set: {
        at: "/data/relationships/customers/links/related",
        value: to as string,
      },
    });

  describe.each<[string, readonly unknown[]]>([
    [
      "that is foreign (U2)",
      [
        "http://EVIL/PATH",
        "http://NAMED/PATH",
        "https://EVIL/PATH",
        "HTTP://EVIL/PATH",
        "//EVIL/PATH",
        "/\\EVIL/PATH",
        "\\\\EVIL\\PATH",
        "http:///EVIL/PATH",
        "http:\\\\EVIL\\PATH",
        "http:/\\EVIL/PATH",
        "http://OWN@EVIL/PATH",
        "http://OWN:80@EVIL/PATH",
        "http://OWN%40EVIL/PATH",
        "http://OWN.evil.test/PATH",
        "http://OWN%2eevil.test/PATH",
        "http://evil.test\\@OWN/PATH",
        "http://EVIL\\@OWN/PATH",
        "http://EVIL#@OWN/PATH",
        "http://EVIL?@OWN/PATH",
        "ht\ttp://EVIL/PATH",
        "http\n://EVIL/PATH",
        "http://OWN\t@EVIL/PATH",
        " http://EVIL/PATH",
        "\u0000http://EVIL/PATH",
        "javascript:fetch('http://EVIL/')",
        "data:application/json,{}",
        "file:///etc/passwd",
        "file://EVIL/PATH",
        "ftp://OWN/PATH",
        "ws://OWN/PATH",
        "blob:http://OWN/PATH",
        "view-source:http://OWN/PATH",
        "gopher://EVIL/PATH",
      ],
    ],
    [
      "that is nearly its own (U3)",
      [
        "http://localhost./PATH",
        "http://localhost:PORT/PATH",
        "http://127.0.0.1.:8443/PATH",
        "https://OWN/PATH",
        "http://127.0.0.1:8443/PATH",
        "http://127.0.0.1/PATH",
        "http://OWN1/PATH",
        "http://user:pw@OWN/PATH",
        "http://user@OWN/PATH",
        "http://:pw@OWN/PATH",
      ],
    ],
    [
      "that is no absolute address (U4)",
      [
        "https:evil.test/x",
        "http:PATH",
        "http:/PATH",
        "/PATH",
        "PATH",
        "?page=2",
        "",
        " ",
        "#",
        ".",
        "about:blank",
        null,
        42,
        true,
        {},
        [],
        ["http://OWN/PATH"],
        { href: "http://EVIL/PATH" },
        { href: null },
        { href: { href: "http://OWN/PATH" } },
      ],
    ],
    [
      "out of its path (U5)",
      [
        "http://OWN/PATH/../../../../admin",
        "http://OWN/api/../../admin",
        "http://OWN/api/%2e%2e/%2E%2E/admin",
        "http://OWN/api/.%2e/admin",
        "http://OWN/api/..%2fadmin",
        "http://OWN/api/..\\admin",
        "http://OWN//PATH",
        "http://OWN/PATH/",
        "http://OWN/PATH/..",
        "http://OWN/PATH%00",
        "http://OWN/PATH;a=b",
        "http://OWN/PATH.json",
        "http://OWN/api/customers",
        "http://OWN/api/customer_groups/aaaaaaaaaa/customers",
        "http://OWN/oauth/token",
        "http://OWN/",
        "http://OWN",
      ],
    ],
    [
      "that only begins like its own (U6)",
      [
        "http://OWN.evil.test/PATH",
        "http://OWN@EVIL/PATH",
        "http://OWN:pw@evil.test/PATH",
        "http://OWN0/PATH",
        "http://OWN\u3002evil.test/PATH",
        "http://OWN\uff0fevil.test/PATH",
        "http://OWN\u2024evil.test/PATH",
      ],
    ],
    [
      "to the address of a machine (U7)",
      [
        "http://127.1/PATH",
        "http://127.2:PORT/PATH",
        "http://0x7f.2:PORT/PATH",
        "http://2130706434:PORT/PATH",
        "http://0177.0.0.2:PORT/PATH",
        "http://0:PORT/PATH",
        "http://[::1]:PORT/PATH",
        "http://[::ffff:7f00:1]:PORT/PATH",
        "http://[::ffff:127.0.0.1]:PORT/PATH",
        "http://169.254.169.254/PATH",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/PATH",
        "http://metadata.google.internal/PATH",
      ],
    ],
    [
      "elsewhere with a secret (U8)",
      [
        `http://EVIL/PATH?access_token=${canary}`,
        `http://evil.test/PATH#access_token=${canary}`,
        `http://access_token:${canary}@OWN/PATH`,
      ],
    ],
  ])("%s", (_, forms) => {
    it.each(forms)("is not followed: %j", async (form) => {
      const fault = lead(fill(form));
      const answer = await readMembers();
      expect(answer.data).toEqual({
        customerGroup: { name: facts.groups[0]!.name, customers: null },
      });
      expect(answer.errors).toMatchObject([
        {
          path: ["customerGroup", "customers"],
          extensions: { code: "PLATFORM_CONTRACT", store: server.storeKey },
        },
      ]);
      expect(answer.errors?.[0]?.message).not.toMatch(
        /canary|evil|127\.|access_token|admin/,
      );
      expect(fault.hits).toBe(1);
      expect(server.journal.requests("api")).toHaveLength(1);
    });
  });

  it.each([
    "http://OWN/PATH",
    "HTTP://OWN/PATH",
    "http://127\uff0e0.0\u30021:PORT/PATH",
    "http://127.1:PORT/PATH",
    "http://2130706433:PORT/PATH",
    "http://0x7f.1:PORT/PATH",
    "http://OWN/api/x/../../PATH",
    "http://OWN/PATH#evil.test",
    "http://OWN/PATH?page[size]=1000&filter[q][email_eq]=x",
    `http://OWN/PATH?access_token=${canary}`,
  ])("that is its own once parsed is asked as ours (U6): %j", async (form) => {
    lead(fill(form));
    const { customerGroup } = dataOf(await readMembers());
    expect(customerGroup.customers.nodes).toEqual(
      facts.groups[0]!.members.slice(0, 2).map((nativeId) => ({ nativeId })),
    );
    const [, followed] = server.journal.requests("api");
    expect(followed?.path).toBe(fill("/PATH"));
    const names = followed?.query.map(([name]) => name) ?? [];
    // Nothing of the link's own query is taken over (U8).
    expect(names).not.toContain("access_token");
    expect(names).not.toContain("filter[q][email_eq]");
    expect(followed?.query).toContainEqual(["page[size]", "2"]);
  });

  it("of another alphabet's letter is its own host (U6)", async () => {
    const { port } = new URL(server.origin);
    const named = await startClientele([
      { server, settings: { baseUrl: `http://localhost:${port}` } },
    ]);
    lead(fill("http://localho\u017ft:PORT/PATH"));
    const own = dataOf(await readMembers(named));
    expect(own.customerGroup.customers.nodes).toHaveLength(2);
    server.faults.clear();
    lead(fill("http://localho\u017ft.evil.test:PORT/PATH"));
    const foreign = await readMembers(named);
    expect(foreign.data.customerGroup.customers).toBeNull();
    await named.stop();
    bystanders.expectNothing([
      server.origin,
      `http://localhost:${port}`,
      clientele.url,
      named.url,
    ]);
  });

  it("is one of many that all lead away (U2)", async () => {
    server.faults.add({
      when: { kind: "api" },
      links: { to: `http://${bystanders.address}{path}{query}` },
    });
    const [group] = facts.groups;
    const ids = facts.customers
      .slice(0, 12)
      .map(({ nativeId }) => gid("Customer", nativeId));
    const answers = [
      await clientele.query(GroupLinksDocument, {
        id: gid("CustomerGroup", group!.nativeId),
        first: 4,
      }),
      await clientele.query(CustomerLinksOfOneDocument, {
        id: ids[0]!,
        first: 4,
      }),
      await clientele.query(CustomerLinksOfManyDocument, { ids, first: 4 }),
    ];
    for (const { errors } of answers.slice(0, 2)) {
      expect(errors?.length).toBeGreaterThan(0);
      for (const { extensions } of errors ?? []) {
        expect(extensions.code).toBe("PLATFORM_CONTRACT");
      }
    }
    // Nothing was asked but what is asked without any link.
    for (const { path } of server.journal.requests("api")) {
      expect(path).toMatch(/^\/api\/[a-z_]+(\/\w+)?$/);
    }
  });
});
