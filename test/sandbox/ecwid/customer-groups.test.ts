import {
  startEcwidSandbox,
  type EcwidSandboxServer,
} from "../../../src/sandbox/ecwid";
import { ask, idsOf, refusalOf, search } from "./ask";

describe("customer groups of the Ecwid sandbox", () => {
  let server: EcwidSandboxServer;
  let all: readonly number[];
  beforeAll(async () => {
    server = await startEcwidSandbox();
    all = server.data.customerGroups.map(({ id }) => id);
  });
  beforeEach(() => server.reset());
  afterAll(() => server.close());

  const PATH = "/customer_groups";

  it("serves the documented group word for word", async () => {
    const { status, text, headers } = await ask(server, `${PATH}/9367001`);
    expect([status, text]).toEqual([200, '{"id":9367001,"name":"VIP"}']);
    expect(headers.get("content-type")).toBe("application/json");
  });

  it("serves the built-in group by its zero", async () => {
    const { body } = await ask(server, `${PATH}/0`);
    expect(body).toEqual({ id: 0, name: "General" });
  });

  it("names the group that is not found", async () => {
    const { status, body } = await ask(server, `${PATH}/9999999`);
    expect([status, body]).toEqual([
      404,
      { errorMessage: "Customer group #9999999 not found" },
    ]);
  });

  it("lists all groups with General first", async () => {
    const { items, ...envelope } = await search(server, PATH);
    expect(envelope).toEqual({ total: 63, count: 63, offset: 0, limit: 100 });
    expect(items).toEqual(server.data.customerGroups);
    expect(items[0]).toEqual({ id: 0, name: "General" });
  });

  it("counts General on the first page alone", async () => {
    const first = await search(server, `${PATH}?limit=2`);
    expect(first).toMatchObject({ total: 63, count: 2, offset: 0, limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual([0, 9367001]);
    const last = await search(server, `${PATH}?limit=2&offset=62`);
    expect(last).toMatchObject({ total: 63, count: 1, offset: 62, limit: 2 });
    expect(last.items.map(({ id }) => id)).toEqual(all.slice(-1));
  });

  it("ends with an empty page past the end", async () => {
    expect(await search(server, `${PATH}?offset=1000`)).toEqual({
      total: 63,
      count: 0,
      offset: 1000,
      limit: 100,
      items: [],
    });
  });

  it("put General on every page before 2024", async () => {
    server.settings.generalOnEveryPage = true;
    const pages = await Promise.all(
      [0, 2, 60].map((offset) =>
        search(server, `${PATH}?limit=2&offset=${offset}`),
      ),
    );
    expect(pages.map(({ total, count }) => [total, count])).toEqual([
      [62, 3],
      [62, 3],
      [62, 3],
    ]);
    expect(pages.flatMap(({ items }) => items.map(({ id }) => id))).toEqual([
      ...[0, all[1], all[2]],
      ...[0, all[3], all[4]],
      ...[0, all[61], all[62]],
    ]);
    expect(await idsOf(server, `${PATH}?keyword=vip`)).not.toContain(0);
  });

  it("finds a keyword in any case", async () => {
    const found = await search(server, `${PATH}?keyword=NOBODY`);
    expect(found.items.map(({ name }) => name)).toEqual([
      "Nobody",
      "Nobody yet",
    ]);
    expect(found.total).toBe(2);
    expect(await idsOf(server, `${PATH}?keyword=gener`)).toContain(0);
  });

  describe.each(["customerGroupIds", "customerGroupId"] as const)(
    "filtered by %s",
    (name) => {
      it("finds what it is asked for alone", async () => {
        const [, , third = 0, , fifth = 0] = all;
        const found = await search(server, `${PATH}?${name}=${fifth},${third}`);
        expect(found.total).toBe(2);
        expect(found.items.map(({ id }) => id)).toEqual([third, fifth]);
      });

      it("trims spaces and takes the zero", async () => {
        expect(
          await idsOf(server, `${PATH}?${name}=9367001,%200%20,1,1`),
        ).toEqual([0, 9367001]);
      });

      it("lists everything when it is ignored", async () => {
        server.settings.ignoredIdParameters = [name];
        expect(await idsOf(server, `${PATH}?${name}=9367001`)).toEqual(all);
      });

      it("refuses what is no whole number", async () => {
        for (const value of ["x", "1,,2", "1.5"])
          expect(await refusalOf(server, `${PATH}?${name}=${value}`)).toBe(
            "400 WRONG_PARAMETER",
          );
      });
    },
  );

  it("keeps one spelling when the other is ignored", async () => {
    server.settings.ignoredIdParameters = ["customerGroupId"];
    expect(await idsOf(server, `${PATH}?customerGroupIds=0`)).toEqual([0]);
  });

  it("refuses paging that makes no sense", async () => {
    for (const query of ["limit=0", "limit=-1", "limit=ten", "offset=-1"])
      expect(await refusalOf(server, `${PATH}?${query}`)).toBe(
        "400 WRONG_PARAMETER",
      );
  });

  it("passes over parameters that it lacks", async () => {
    expect(await idsOf(server, `${PATH}?ids=9367001&sort=name`)).toEqual(all);
    server.settings.strictParameters = true;
    expect(await refusalOf(server, `${PATH}?ids=9367001`)).toBe(
      "400 WRONG_PARAMETER",
    );
    expect(
      await idsOf(
        server,
        `${PATH}?customerGroupIds=0&responseFields=items(id)`,
      ),
    ).toEqual([0]);
  });

  it("passes over parameters without a value", async () => {
    expect(await idsOf(server, `${PATH}?customerGroupIds=&limit=`)).toEqual(
      all,
    );
  });
});
