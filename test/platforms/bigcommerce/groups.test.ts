import {
  type BigCommerceSandboxServer,
  startBigCommerceSandbox,
} from "../../../src/sandbox/bigcommerce";
import {
  BigCommerceGroupByIdDocument,
  type CustomerGroupFilter,
  GroupsPageDocument,
} from "../../gql/graphql";
import {
  type Clientele,
  dataOf,
  startClientele,
} from "../../support/clientele";
import { gid, groupDateOf, groupView } from "./truth";

describe("BigCommerce's customer groups", () => {
  let sandbox: BigCommerceSandboxServer;
  let clientele: Clientele;

  beforeAll(async () => {
    sandbox = await startBigCommerceSandbox();
    sandbox.shuffled = true;
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

  it("are as the documentation's own example", async () => {
    const data = dataOf(
      await clientele.query(BigCommerceGroupByIdDocument, {
        id: gid("CustomerGroup", 1),
      }),
    );
    const names = [18, 19, 23, 34].map((id) => ({
      name: sandbox.data.categories.find(
        ({ category_id }) => category_id === id,
      )?.name,
    }));
    expect(data.customerGroup).toEqual({
      id: gid("CustomerGroup", 1),
      nativeId: "1",
      name: "Wholesale",
      createdAt: null,
      updatedAt: null,
      isDefault: false,
      isGroupForGuests: true,
      categoryAccess: {
        type: "ALL",
        categoryIds: ["18", "19", "23", "34"],
        categories: names,
      },
      discountRules: [
        {
          __typename: "BigCommercePriceListDiscountRule",
          type: "price_list",
          method: "PERCENT",
          amount: "5.0000",
          priceListId: "3",
          priceList: {
            name: sandbox.data.priceLists.find(({ id }) => id === 3)?.name,
          },
        },
      ],
    });
  });

  it("come out field by field, each of them", async () => {
    for (const row of sandbox.data.customerGroups) {
      const data = dataOf(
        await clientele.query(BigCommerceGroupByIdDocument, {
          id: gid("CustomerGroup", row.id),
        }),
      );
      expect(data.customerGroup).toEqual(groupView(sandbox, row));
    }
  });

  it("hold rules of every kind in the sandbox", () => {
    const rules = sandbox.data.customerGroups.flatMap(
      ({ discount_rules }) => discount_rules,
    );
    const types = new Set(rules.map(({ type }) => type));
    expect([...types]).toEqual(
      expect.arrayContaining(["all", "category", "product", "price_list"]),
    );
    expect(types.size).toBeGreaterThan(4);
    expect(
      rules.some(({ category_id }) => typeof category_id === "string"),
    ).toBe(true);
    const known = new Set(
      sandbox.data.categories.map(({ category_id }) => category_id),
    );
    expect(
      rules.some(
        ({ category_id }) =>
          category_id !== undefined && !known.has(Number(category_id)),
      ),
    ).toBe(true);
  });

  const groups = async (filter: CustomerGroupFilter) => {
    const data = dataOf(
      await clientele.query(GroupsPageDocument, { first: 100, filter }),
    );
    return {
      ids: data.customerGroups?.edges.map((edge) => edge?.node.nativeId),
      total: data.customerGroups?.totalCount,
    };
  };
  const expected = (
    test: (row: (typeof sandbox.data.customerGroups)[number]) => boolean,
  ) => {
    const ids = sandbox.data.customerGroups
      .filter(test)
      .map(({ id }) => String(id));
    return { ids, total: ids.length };
  };

  it("are found by their whole name", async () => {
    const { name } = sandbox.data.customerGroups[9]!;
    expect(await groups({ name })).toEqual(
      expected((row) => row.name === name),
    );
  });

  it("are found by a part of the name", async () => {
    const part = sandbox.data.customerGroups[9]!.name.slice(1, 4);
    const found = await groups({ nameContains: part });
    expect(found).toEqual(
      expected((row) => row.name.toLowerCase().includes(part.toLowerCase())),
    );
    expect(found.total).toBeGreaterThan(0);
  });

  it.each([true, false])(
    "are found by being default: %s",
    async (isDefault) => {
      expect(await groups({ isDefault })).toEqual(
        expected((row) => row.is_default === isDefault),
      );
    },
  );

  it.each([true, false])(
    "are found by being for guests: %s",
    async (isGroupForGuests) => {
      expect(await groups({ isGroupForGuests })).toEqual(
        expected((row) => row.is_group_for_guests === isGroupForGuests),
      );
    },
  );

  it.each(["createdAt", "updatedAt"] as const)(
    "are found by %s, both ends included",
    async (field) => {
      const dateOfRow = (row: (typeof sandbox.data.customerGroups)[number]) =>
        groupDateOf(
          field === "createdAt" ? row.date_created : row.date_modified,
        );
      const dates = sandbox.data.customerGroups
        .map(dateOfRow)
        .filter((date) => date !== null)
        .sort();
      const [min, max] = [dates[10]!, dates[20]!];
      const within = (lowest?: string, highest?: string) =>
        expected((row) => {
          const date = dateOfRow(row);
          return (
            date !== null &&
            (lowest === undefined || date >= lowest) &&
            (highest === undefined || date <= highest)
          );
        });
      expect(await groups({ [field]: { min, max } })).toEqual(within(min, max));
      expect(await groups({ [field]: { min } })).toEqual(within(min));
      expect(await groups({ [field]: { max } })).toEqual(
        within(undefined, max),
      );
      expect(await groups({ [field]: { min, max: min } })).toEqual(
        within(min, min),
      );
      // Between two seconds, the ends move to those inside the interval.
      const justAfter = min.replace(".000Z", ".500Z");
      expect(await groups({ [field]: { min: justAfter, max } })).toEqual(
        within(justAfter, max),
      );
    },
  );

  it("are found by ids, with other conditions", async () => {
    const rows = sandbox.data.customerGroups.slice(3, 12);
    const ids = rows.map(({ id }) => gid("CustomerGroup", id)).reverse();
    expect((await groups({ ids })).ids).toEqual(
      rows.map(({ id }) => String(id)),
    );
    expect(sandbox.journal.requests("api")).toHaveLength(1);
    expect(await groups({ ids, name: rows[2]!.name })).toEqual({
      ids: [String(rows[2]!.id)],
      total: 1,
    });
  });

  it("may be none, which comes without a body", async () => {
    expect(await groups({ name: "there is no such group" })).toEqual({
      ids: [],
      total: 0,
    });
    expect(sandbox.journal.requests("api")[0]?.status).toBe(204);
  });
});
