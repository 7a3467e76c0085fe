import {
  type BigCommerceSandboxServer,
  startBigCommerceSandbox,
} from "../../../src/sandbox/bigcommerce";
import {
  type Clientele,
  dataOf,
  startClientele,
} from "../../support/clientele";
import { gid } from "./truth";

type Row = Record<string, unknown>;

/** Answers that break the API's promises: never a wrong value, nor a silent null. */
describe("breaches of contract by BigCommerce", () => {
  let sandbox: BigCommerceSandboxServer;
  let clientele: Clientele;

  beforeAll(async () => {
    sandbox = await startBigCommerceSandbox();
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

  const breach = { extensions: { code: "PLATFORM_CONTRACT" } };
  const change = (path: RegExp, edit: (body: any) => void) => {
    sandbox.faults.add({
      when: { path },
      transform: (body) => {
        edit(body);
        return body;
      },
    });
  };

  describe.each<[string, (row: Row) => unknown]>([
    ["null", () => null],
    ["a text", () => "x"],
    ["without id", (row) => ({ ...row, id: undefined })],
    ["of an id that is an object", (row) => ({ ...row, id: {} })],
  ])("a group that is %s in the list of all", (_, edit) => {
    const spoil = (index: number) => {
      change(/\/customer_groups$/, (body: unknown[]) => {
        body[index] = edit(body[index] as Row);
      });
    };

    it("is not known to be gone", async () => {
      spoil(0);
      const [first, second, third] = sandbox.data.customerGroups;
      const answer = await clientele.send(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on CustomerGroup { name } } }",
        {
          ids: [first!, second!, third!].map(({ id }) =>
            gid("CustomerGroup", id),
          ),
        },
      );
      expect(answer.data.nodes).toEqual([
        null,
        { name: second!.name },
        { name: third!.name },
      ]);
      expect(answer.errors).toMatchObject([{ path: ["nodes", 0], ...breach }]);
      expect(sandbox.journal.requests("api")).toHaveLength(1);
    });

    it("is an error in a list of certain ids", async () => {
      const rows = sandbox.data.customerGroups.filter(
        ({ is_group_for_guests }) => !is_group_for_guests,
      );
      spoil(0);
      const answer = await clientele.send(
        "query ($ids: [ID!]!) { customerGroups(first: 5, filter: { ids: $ids, isGroupForGuests: false }) { nodes { name } } }",
        {
          ids: rows.slice(0, 2).map(({ id }) => gid("CustomerGroup", id)),
        },
      );
      const { nodes } = answer.data.customerGroups;
      expect(nodes).toHaveLength(2);
      expect(nodes).toContainEqual({ name: rows[1]!.name });
      expect(nodes).toContainEqual(null);
      expect(answer.errors).toMatchObject([breach]);
    });

    it("takes nothing from those that are there", async () => {
      spoil(0);
      const rows = sandbox.data.customerGroups.slice(1, 4);
      const answer = await clientele.send(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on CustomerGroup { name } } }",
        { ids: rows.map(({ id }) => gid("CustomerGroup", id)) },
      );
      expect(dataOf(answer).nodes).toEqual(rows.map(({ name }) => ({ name })));
    });
  });

  describe("the addresses that come with customers", () => {
    const owner = () =>
      sandbox.data.customers
        .slice(0, 100)
        .find(({ id }) =>
          sandbox.data.addresses.some(({ customer_id }) => customer_id === id),
        )!;

    it.each<[string, (customer: any) => void]>([
      [
        "are another customer's",
        (customer) => {
          customer.addresses[0].customer_id += 1;
        },
      ],
      [
        "are of nobody who can be",
        (customer) => {
          customer.addresses[0].customer_id = null;
        },
      ],
      [
        "are missing",
        (customer) => {
          delete customer.addresses;
        },
      ],
      [
        "are no list",
        (customer) => {
          customer.addresses = {};
        },
      ],
    ])("are not shown when they %s", async (_, edit) => {
      const { id, email } = owner();
      change(/\/v3\/customers$/, (body: { data: any[] }) => {
        edit(body.data.find((row) => row.id === id));
      });
      const single = await clientele.send(
        `{ customer(id: "${gid("Customer", id)}") { email addresses { city } } }`,
      );
      expect(single.data.customer).toEqual({ email, addresses: null });
      expect(single.errors).toMatchObject([breach]);
      expect(single.errors?.[0]?.path?.slice(0, 2)).toEqual([
        "customer",
        "addresses",
      ]);
      const many = await clientele.send(
        "{ list: customers(first: 100) { nodes { nativeId email addresses { city } } } }",
      );
      const nodes = many.data.list.nodes as {
        nativeId: string;
        addresses: unknown;
      }[];
      for (const node of nodes) {
        if (node.nativeId === String(id)) expect(node.addresses).toBeNull();
        else expect(node.addresses).not.toBeNull();
      }
      expect(many.errors).toMatchObject([breach]);
    });
  });
});
