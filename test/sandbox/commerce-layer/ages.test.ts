import {
  type CommerceLayerSandboxServer,
  startCommerceLayerSandbox,
} from "../../../src/sandbox/commerce-layer";
import { ask, refusalOf, type Resource } from "./ask";

describe("ages of the Commerce Layer sandbox", () => {
  let server: CommerceLayerSandboxServer;
  beforeAll(async () => {
    server = await startCommerceLayerSandbox();
  });
  afterAll(() => server.close());

  const shapeOf = async (path: string) => {
    const { document } = await ask<Resource>(server, path);
    return {
      attributes: Object.keys(document.data.attributes ?? {}),
      relationships: Object.keys(document.data.relationships ?? {}),
      meta: document.data.meta,
    };
  };
  const newGroup = () =>
    `/api/customer_groups/${server.data.customerGroups[1]!.id}`;
  const newCustomer = () => `/api/customers/${server.data.customers[1]!.id}`;

  describe("seed", () => {
    beforeAll(() => {
      server.settings.age = "seed";
    });

    it("shows every record as the old ones", async () => {
      expect(await shapeOf(newGroup())).toEqual(
        await shapeOf("/api/customer_groups/xYZkjABcde"),
      );
      expect(await shapeOf(newCustomer())).toEqual(
        await shapeOf("/api/customers/xYZkjABcde"),
      );
      expect((await shapeOf(newGroup())).meta).toEqual({ mode: "test" });
    });

    it.each([
      ["customer_groups?fields[customer_groups]=code", "INVALID_FIELD"],
      ["customers?fields[customers]=total_orders_count", "INVALID_FIELD"],
      ["customers?include=tags", "INVALID_INCLUDE"],
      ["customers?sort=total_orders_count", "INVALID_SORT_CRITERIA"],
      ["customers?filter[q][total_orders_count_eq]=1", "FILTER_NOT_ALLOWED"],
      ["customer_groups?filter[q][code_eq]=x", "FILTER_NOT_ALLOWED"],
      ["customer_groups?include=price_list", "INVALID_INCLUDE"],
    ])("does not know %s yet", async (path, code) => {
      expect(await refusalOf(server, `/api/${path}`)).toBe(`400 ${code}`);
    });

    it.each(["tags", "event_stores", "jwt_customer"])(
      "has no address for %s yet",
      async (name) => {
        expect(await refusalOf(server, `${newCustomer()}/${name}`)).toBe(
          "404 RECORD_NOT_FOUND",
        );
      },
    );
  });

  describe("legacy", () => {
    beforeAll(() => {
      server.settings.age = "legacy";
    });

    it("repeats the id and links price lists", async () => {
      const row = server.data.customerGroups[0]!;
      const { document } = await ask<Resource>(
        server,
        "/api/customer_groups/xYZkjABcde?include=price_list",
      );
      expect(document.data.attributes).toEqual({
        name: "VIP",
        id: "xYZkjABcde",
        created_at: row.created_at,
        updated_at: row.updated_at,
        reference: row.reference,
        metadata: row.metadata,
      });
      expect(Object.keys(document.data.relationships ?? {})).toEqual([
        "price_list",
        "customers",
      ]);
      expect(document.data.meta).toEqual({ mode: "test" });
      expect(document.included).toMatchObject([
        { type: "price_lists", id: row.price_list_id },
      ]);
    });

    it("links no price list with null", async () => {
      const row = server.data.customerGroups.find(
        ({ price_list_id }) => price_list_id === null,
      )!;
      const { document } = await ask<Resource>(
        server,
        `/api/customer_groups/${row.id}?include=price_list`,
      );
      expect(document.data.relationships?.["price_list"]?.data).toBeNull();
    });

    it("repeats the id only when listed", async () => {
      const ids = async (fields: string) => {
        const path = `${newGroup()}?fields[customer_groups]=${fields}`;
        return (await ask<Resource>(server, path)).document.data.attributes;
      };
      expect(await ids("id")).toEqual({
        id: server.data.customerGroups[1]!.id,
      });
      expect(await ids("name")).not.toHaveProperty("id");
    });

    it.each([
      ["customer_groups?include=markets", "INVALID_INCLUDE"],
      ["customer_groups?include=attachments", "INVALID_INCLUDE"],
      [
        "customer_groups?fields[customer_groups]=reference_origin",
        "INVALID_FIELD",
      ],
      ["markets?include=customer_group", "INVALID_INCLUDE"],
      ["markets?filter[q][customer_group_id_in]=x", "FILTER_NOT_ALLOWED"],
    ])("does not know %s yet", async (path, code) => {
      expect(await refusalOf(server, `/api/${path}`)).toBe(`400 ${code}`);
    });

    it("still knows the groups of customers", async () => {
      const { document } = await ask<Resource>(
        server,
        "/api/customers/xYZkjABcde?include=customer_group.price_list",
      );
      expect(document.included?.map(({ type }) => type)).toEqual([
        "customer_groups",
        "price_lists",
      ]);
    });
  });
});
