import {
  startBigCommerceSandbox,
  type BigCommerceSandboxServer,
  type CategoryRow,
  type ProductRow,
} from "../../../src/sandbox/bigcommerce";
import {
  ask,
  askList,
  idsOf,
  refusalOf,
  STATUS_CODES,
  unreadable,
} from "./ask";

describe("catalog of the BigCommerce sandbox", () => {
  let server: BigCommerceSandboxServer;
  beforeAll(async () => {
    server = await startBigCommerceSandbox();
  });
  afterAll(() => server.close());

  describe("categories", () => {
    const PATH = "/v3/catalog/trees/categories";
    const find = async (query: string) => {
      const { data, meta } = await askList(
        server,
        `${PATH}?${query}&limit=250`,
      );
      return {
        ids: data.map((row) => row["category_id"]),
        total: meta.pagination?.total,
      };
    };
    const where = (holds: (row: CategoryRow) => boolean) => {
      const ids = server.data.categories
        .filter(holds)
        .map((row) => row.category_id);
      return { ids: ids.slice(0, 250), total: ids.length };
    };

    it("come whole when nothing is asked", async () => {
      const { data, meta } = await askList(server, PATH);
      expect(data).toEqual(server.data.categories.slice(0, 50));
      expect(meta).not.toHaveProperty("cursor_pagination");
    });

    it("are found by lists of ids", async () => {
      expect(await find("category_id:in=34,18,22,23,19")).toEqual(
        where((row) => [18, 19, 23, 34].includes(row.category_id)),
      );
      expect(await find("category_id:not_in=18,19")).toEqual(
        where((row) => ![18, 19].includes(row.category_id)),
      );
      const uuid = server.data.categories[9]?.category_uuid ?? "";
      expect(await find(`category_uuid:in=${uuid}`)).toEqual(
        where((row) => row.category_uuid === uuid),
      );
    });

    it("are found by tree and parent", async () => {
      expect(await find("tree_id:in=2")).toEqual(
        where((row) => row.tree_id === 2),
      );
      expect(await find("parent_id:in=0,18")).toEqual(
        where((row) => [0, 18].includes(row.parent_id)),
      );
      expect(await find("parent_id:not_in=0&tree_id:not_in=1")).toEqual(
        where((row) => row.parent_id !== 0 && row.tree_id !== 1),
      );
    });

    it("are found by name and keyword", async () => {
      expect(await find("name=Toys%20%26%20Games")).toEqual(
        where((row) => row.name === "Toys & Games"),
      );
      expect(await find("name:like=GARD")).toEqual(
        where((row) => row.name.includes("Gard")),
      );
      expect(await find("keyword=sample")).toEqual(
        where((row) => row.search_keywords.includes("sample")),
      );
      expect(await find("page_title:like=bath")).toEqual(
        where((row) => row.page_title.startsWith("Bath")),
      );
    });

    it("are found by being visible", async () => {
      expect(await find("is_visible=false")).toEqual(
        where((row) => !row.is_visible),
      );
      expect(await find("is_visible=true")).toEqual(
        where((row) => row.is_visible),
      );
    });

    it("carry included fields beside their id", async () => {
      const { data } = await askList(
        server,
        `${PATH}?category_id:in=18&include_fields=url,name`,
      );
      const row = server.data.categories.find((one) => one.category_id === 18);
      expect(data).toEqual([
        { category_id: 18, name: row?.name, url: row?.url },
      ]);
    });

    it("lose excluded fields but their id", async () => {
      const { data } = await askList(
        server,
        `${PATH}?limit=1&exclude_fields=category_id,description`,
      );
      const row = { ...server.data.categories[0], description: undefined };
      expect(data[0]).toEqual(row);
      expect(data[0]).not.toHaveProperty("description");
    });

    it("refuse unknown fields and old filters", async () => {
      expect(await refusalOf(server, `${PATH}?id:in=18`)).toEqual(
        unreadable({ "id:in": "is not a parameter of this endpoint" }),
      );
      expect(await refusalOf(server, `${PATH}?sort=name`)).toEqual(
        unreadable({ sort: "is not a parameter of this endpoint" }),
      );
      const { status } = await ask(server, `${PATH}?include_fields=nonsense`);
      expect(status).toBe(422);
    });

    it("have no more than 250 a page", async () => {
      expect(await refusalOf(server, `${PATH}?limit=251`)).toEqual([
        413,
        {
          status: 413,
          title: "The limit must not be above 250",
          type: STATUS_CODES,
          errors: {},
        },
      ]);
      server.settings.v3LimitAboveMaximum = "clamp";
      const { data, meta } = await askList(server, `${PATH}?limit=251`);
      server.settings.v3LimitAboveMaximum = "reject";
      expect(data).toHaveLength(250);
      expect(meta.pagination?.per_page).toBe(250);
    });
  });

  describe("products", () => {
    const PATH = "/v3/catalog/products";
    const EXTRA = [
      ...["bulk_pricing_rules", "channels", "custom_fields", "images"],
      ...["modifiers", "options", "parent_relations", "primary_image"],
      ...["reviews", "variants", "videos"],
    ];
    const own = (row: ProductRow | undefined) =>
      Object.fromEntries(
        Object.entries(row ?? {}).filter(([name]) => !EXTRA.includes(name)),
      );
    const find = async (query: string) => {
      const { data, meta } = await askList(
        server,
        `${PATH}?${query}&limit=250`,
      );
      return {
        ids: data.map((row) => row["id"]),
        total: meta.pagination?.total,
      };
    };
    const where = (holds: (row: ProductRow) => boolean) => {
      const ids = server.data.products.filter(holds).map((row) => row.id);
      return { ids: ids.slice(0, 250), total: ids.length };
    };

    it("come without what include would add", async () => {
      const { data } = await askList(server, PATH);
      expect(data).toEqual(server.data.products.slice(0, 50).map(own));
    });

    it("are found by id in all ways", async () => {
      expect(await find("id:in=80,78,1,99001")).toEqual(
        where((row) => [78, 80].includes(row.id)),
      );
      expect(await find("id=78")).toEqual(where((row) => row.id === 78));
      expect(await find("id:not_in=77,78")).toEqual(
        where((row) => row.id > 78),
      );
      expect(await find("id:min=90&id:max=95")).toEqual(
        where((row) => row.id >= 90 && row.id <= 95),
      );
      expect(await find("id:greater=90&id:less=95")).toEqual(
        where((row) => row.id > 90 && row.id < 95),
      );
    });

    it("are found by sku and name", async () => {
      const [one, two] = server.data.products.filter((row) => row.sku !== "");
      expect(await find(`sku:in=${two?.sku},${one?.sku},NONE`)).toEqual(
        where((row) => row === one || row === two),
      );
      expect(await find(`sku=${one?.sku}`)).toEqual(
        where((row) => row === one),
      );
      expect(await find("name=Scarf")).toEqual(
        where((row) => row.name === "Scarf"),
      );
      expect(await find("name:like=SCARF")).toEqual(
        where((row) => row.name.startsWith("Scarf")),
      );
      expect(await find("keyword=plant")).toEqual(
        where((row) => row.name.startsWith("Plant")),
      );
    });

    it("are found by state and kind", async () => {
      expect(await find("is_visible=false")).toEqual(
        where((row) => !row.is_visible),
      );
      expect(await find("is_featured=1&type=physical")).toEqual(
        where((row) => row.is_featured && row.type === "physical"),
      );
      expect(await find("condition=used&availability=preorder")).toEqual(
        where(
          (row) => row.condition === "Used" && row.availability === "preorder",
        ),
      );
      expect(await find("price=10")).toEqual(where((row) => row.price === 10));
    });

    it("are found by category and channel", async () => {
      expect(await find("categories:in=18,19")).toEqual(
        where((row) => row.categories.some((id) => id === 18 || id === 19)),
      );
      expect(await find("channel_id:in=2")).toEqual(
        where((row) => row.channels.includes(2)),
      );
    });

    it("sort by a field in a direction", async () => {
      const byPrice = server.data.products.toSorted(
        (a, b) => b.price - a.price || a.id - b.id,
      );
      expect(await idsOf(server, `${PATH}?sort=price&direction=desc`)).toEqual(
        byPrice.slice(0, 250).map((row) => row.id),
      );
      const byName = server.data.products.toSorted((a, b) =>
        a.name === b.name ? a.id - b.id : a.name < b.name ? -1 : 1,
      );
      expect(await idsOf(server, `${PATH}?sort=name`)).toEqual(
        byName.slice(0, 250).map((row) => row.id),
      );
    });

    it("carry included fields, id and wrappings", async () => {
      const { text } = await ask(
        server,
        `${PATH}?id:in=77&include_fields=name,price`,
      );
      expect(text).toContain(
        '"data":[{"id":77,"name":"Scarf","price":0.30000000000000004,"gift_wrapping_options_list":[]}]',
      );
    });

    it("lose excluded fields but their id", async () => {
      const { data } = await askList(
        server,
        `${PATH}?limit=1&exclude_fields=id,name,gift_wrapping_options_list`,
      );
      const { name, ...rest } = own(server.data.products[0]);
      expect(name).toBe("Scarf");
      expect(data).toEqual([rest]);
    });

    it("carry what include adds beside fields", async () => {
      const row = server.data.products[0];
      const { data } = await askList(
        server,
        `${PATH}?limit=1&include=primary_image,variants&include_fields=sku`,
      );
      expect(data).toEqual([
        {
          id: row?.id,
          sku: row?.sku,
          gift_wrapping_options_list: [],
          primary_image: row?.primary_image,
          variants: row?.variants,
        },
      ]);
    });

    it("come ten a page with options", async () => {
      for (const include of ["options", "variants,modifiers"]) {
        const { data, meta } = await askList(
          server,
          `${PATH}?include=${include}&limit=100`,
        );
        expect(data).toHaveLength(10);
        expect(meta.pagination).toMatchObject({
          per_page: 10,
          total_pages: 50,
        });
      }
    });

    it("come one by one with fields", async () => {
      const row = server.data.products[3];
      const one = await ask(server, `${PATH}/${row?.id}`);
      expect(one.body).toEqual({ data: own(row), meta: {} });
      const few = await ask(
        server,
        `${PATH}/${row?.id}?include_fields=name&include=channels`,
      );
      expect(few.body).toEqual({
        data: {
          id: row?.id,
          name: row?.name,
          gift_wrapping_options_list: [],
          channels: row?.channels,
        },
        meta: {},
      });
    });

    it("are not found with 404", async () => {
      expect(await refusalOf(server, `${PATH}/99001`)).toEqual([
        404,
        {
          status: 404,
          title: "A product was not found with an id of 99001",
          type: STATUS_CODES,
        },
      ]);
    });

    it("refuse what they do not know", async () => {
      for (const query of [
        ...["include=orders", "sort=weight", "direction=up", "after=x"],
        ...["is_visible=maybe", "is_featured=true", "condition=New"],
        ...["include_fields=category_id", "price=cheap", "colour=red"],
      ])
        expect((await ask(server, `${PATH}?${query}`)).status).toBe(422);
    });
  });
});
