import {
  startBigCommerceSandbox,
  type BigCommerceSandboxServer,
} from "../../../src/sandbox/bigcommerce";
import { askList, refusalOf, unreadable, type List } from "./ask";

describe("pages of the BigCommerce sandbox", () => {
  let server: BigCommerceSandboxServer;
  beforeAll(async () => {
    server = await startBigCommerceSandbox();
  });
  afterAll(() => server.close());

  const PATH = "/v3/customers";
  const MEMBERS = "customer_group_id:in=3";
  const members = () =>
    server.data.customers
      .filter((row) => row.customer_group_id === 3)
      .map((row) => row.id);
  const idsIn = ({ data }: List) => data.map((row) => row["id"]);

  it("have fifty rows when nothing is asked", async () => {
    const list = await askList(server, PATH);
    const ids = server.data.customers.slice(0, 50).map((row) => row.id);
    expect(idsIn(list)).toEqual(ids);
    expect(list.meta.pagination).toEqual({
      total: 3000,
      count: 50,
      per_page: 50,
      current_page: 1,
      total_pages: 60,
      links: { current: "?page=1&limit=50", next: "?page=2&limit=50" },
    });
  });

  it("have both metas on the first page", async () => {
    for (const query of ["limit=2", "limit=2&page=1"]) {
      const { meta, data } = await askList(server, `${PATH}?${query}`);
      expect(Object.keys(meta)).toEqual(["pagination", "cursor_pagination"]);
      const cursors = data.map((row) => toCursor(Number(row["id"])));
      expect(meta.cursor_pagination).toEqual({
        count: 2,
        per_page: 2,
        start_cursor: cursors[0],
        end_cursor: cursors[1],
        links: { next: `?limit=2&after=${cursors[1]}` },
      });
    }
  });

  it("have one meta on later pages", async () => {
    const list = await askList(server, `${PATH}?${MEMBERS}&limit=25&page=3`);
    expect(idsIn(list)).toEqual(members().slice(50));
    expect(list.meta).toEqual({
      pagination: {
        total: 51,
        count: 1,
        per_page: 25,
        current_page: 3,
        total_pages: 3,
        links: {
          previous: `?${MEMBERS}&page=2&limit=25`,
          current: `?${MEMBERS}&page=3&limit=25`,
        },
      },
    });
  });

  it("are empty past the end", async () => {
    const { data, meta } = await askList(server, `${PATH}?${MEMBERS}&page=9`);
    expect(data).toEqual([]);
    expect(meta.pagination).toMatchObject({
      total: 51,
      count: 0,
      current_page: 9,
      total_pages: 2,
    });
  });

  it("are none when nothing is found", async () => {
    const { data, meta } = await askList(server, `${PATH}?id:in=1`);
    expect(data).toEqual([]);
    expect(meta).toEqual({
      pagination: {
        total: 0,
        count: 0,
        per_page: 50,
        current_page: 1,
        total_pages: 0,
        links: { current: "?id:in=1&page=1&limit=50" },
      },
      cursor_pagination: { count: 0, per_page: 50, links: {} },
    });
  });

  it("link to pages that can be asked", async () => {
    const ids: unknown[] = [];
    const query = "name:like=%26,a%20e&limit=40&include=addresses";
    let link: string | undefined = `?${query}`;
    while (link !== undefined) {
      const list: List = await askList(server, PATH + link);
      ids.push(...idsIn(list));
      link = list.meta.pagination?.links["next"];
    }
    const wanted = server.data.customers.filter((row) =>
      /&|a e/i.test(`${row.first_name} ${row.last_name}`),
    );
    expect(wanted.length).toBeGreaterThan(40);
    expect(ids).toEqual(wanted.map((row) => row.id));
  });

  it("follow each other by cursor forwards", async () => {
    const seen: unknown[] = [];
    let link: string | undefined = `?${MEMBERS}&limit=20`;
    while (link !== undefined) {
      const list: List = await askList(server, PATH + link);
      if (seen.length > 0)
        expect(Object.keys(list.meta)).toEqual(["cursor_pagination"]);
      seen.push(...idsIn(list));
      link = list.meta.cursor_pagination?.links["next"];
    }
    expect(seen).toEqual(members());
  });

  it("follow each other by cursor backwards", async () => {
    const last = toCursor(members().at(-1) ?? 0);
    const list = await askList(
      server,
      `${PATH}?${MEMBERS}&limit=20&before=${last}`,
    );
    expect(idsIn(list)).toEqual(members().slice(30, 50));
    const start = toCursor(members()[30] ?? 0);
    const end = toCursor(members()[49] ?? 0);
    expect(list.meta).toEqual({
      cursor_pagination: {
        count: 20,
        per_page: 20,
        start_cursor: start,
        end_cursor: end,
        links: {
          previous: `?${MEMBERS}&limit=20&before=${start}`,
          next: `?${MEMBERS}&limit=20&after=${end}`,
        },
      },
    });
  });

  it("follow each other in a named order", async () => {
    const first = await askList(
      server,
      `${PATH}?${MEMBERS}&sort=last_name:desc&limit=30`,
    );
    const next = first.meta.cursor_pagination?.links["next"] ?? "";
    const second = await askList(server, PATH + next);
    const names = [...first.data, ...second.data].map(
      (row) => row["last_name"],
    );
    expect(names).toHaveLength(51);
    expect(names).toEqual(names.toSorted().reverse());
  });

  it("pass over page beside a cursor", async () => {
    const cursor = toCursor(members()[0] ?? 0);
    const list = await askList(
      server,
      `${PATH}?${MEMBERS}&limit=5&page=7&after=${cursor}`,
    );
    expect(idsIn(list)).toEqual(members().slice(1, 6));
    expect(list.meta).not.toHaveProperty("pagination");
  });

  it("refuse cursors of nobody and both", async () => {
    const refused = (name: string) =>
      unreadable({ [name]: "must be a cursor of this list" });
    expect(await refusalOf(server, `${PATH}?after=junk`)).toEqual(
      refused("after"),
    );
    expect(
      await refusalOf(server, `${PATH}?${MEMBERS}&before=${toCursor(1)}`),
    ).toEqual(refused("before"));
    const cursor = toCursor(members()[0] ?? 0);
    expect(
      await refusalOf(server, `${PATH}?after=${cursor}&before=${cursor}`),
    ).toEqual(unreadable({ before: "must not stand beside after" }));
  });

  it.each(["/v3/pricelists", "/v3/pricelists/assignments"])(
    "have both metas unless page is named: %s",
    async (path) => {
      const first = await askList(server, `${path}?limit=4`);
      expect(Object.keys(first.meta)).toEqual([
        "pagination",
        "cursor_pagination",
      ]);
      const named = await askList(server, `${path}?limit=4&page=1`);
      expect(Object.keys(named.meta)).toEqual(["pagination"]);
      expect(idsIn(named)).toEqual(idsIn(first));
      const cursor = first.meta.cursor_pagination?.end_cursor;
      expect(await refusalOf(server, `${path}?page=1&after=${cursor}`)).toEqual(
        unreadable({ page: "must not stand beside a cursor" }),
      );
      const second = await askList(server, `${path}?limit=4&after=${cursor}`);
      const paged = await askList(server, `${path}?limit=4&page=2`);
      expect(idsIn(second)).toEqual(idsIn(paged));
    },
  );
});

function toCursor(id: number): string {
  return Buffer.from(`{"id":${id}}`).toString("base64url");
}
