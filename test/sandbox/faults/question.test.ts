import type { SandboxServer } from "../../../src/sandbox/room";
import { type Row, askRoom, roomsUnderTest } from "./rooms";

describe.each(roomsUnderTest)("faults of the question in $name", (under) => {
  let room: SandboxServer;
  beforeAll(async () => {
    room = await under.start();
  });
  afterEach(() => room.faults.clear());
  afterAll(() => room.close());

  const page = async (number: number, size = 10) => {
    const path = under.list(number, size);
    const { status, body } = await askRoom(room, under, path);
    const rows =
      body === undefined ? [] : (under.rowsOf(body) as readonly Row[]);
    return {
      status,
      body: body as unknown,
      rows,
      ids: rows.map((row) => row["id"] as unknown),
    };
  };

  it("answers what another path would have", async () => {
    const { ids } = await page(0);
    const [path = "", query = ""] = under.single(ids[1]).split("?");
    room.faults.add({
      instead: { path, query: Object.fromEntries(new URLSearchParams(query)) },
      times: 1,
    });
    const { body } = await askRoom(room, under, under.single(ids[0]));
    expect(under.singleOf(body)?.["id"]).toBe(ids[1]);
  });

  it("answers for other parameters than were sent", async () => {
    const second = await page(1, 4);
    const sent = new URLSearchParams(under.list(1, 4).split("?")[1]);
    room.faults.add({ instead: { query: Object.fromEntries(sent) } });
    expect((await page(0, 10)).ids).toEqual(second.ids);
  });

  it("forgets the parameters that are taken away", async () => {
    const names = [
      ...new URLSearchParams(under.list(3, 4).split("?")[1]).keys(),
    ];
    const { body } = await askRoom(
      room,
      under,
      under.list(0, 4).split("?")[0]!,
    );
    room.faults.add({
      instead: { query: Object.fromEntries(names.map((name) => [name, null])) },
    });
    const other = await askRoom(room, under, under.list(3, 4));
    expect(other.body).toEqual(body);
  });

  it("repeats the first page for ever", async () => {
    const first = await page(0);
    room.faults.add({ paging: "stuck" });
    for (const number of [0, 1, 5, 900]) {
      const { ids, body } = await page(number);
      expect(ids).toEqual(first.ids);
      if (under.nextOf)
        expect(queryOf(under.nextOf(body))).toEqual(
          queryOf(under.list(number, 10)),
        );
    }
  });

  it("alternates between the first two pages", async () => {
    const first = await page(0);
    const second = await page(1);
    room.faults.add({ paging: "alternating" });
    for (const number of [0, 1, 2, 3, 10]) {
      const { ids, body } = await page(number);
      expect(ids).toEqual(number % 2 === 0 ? first.ids : second.ids);
      if (under.nextOf)
        expect(queryOf(under.nextOf(body))).toEqual(
          queryOf(under.list(1 - (number % 2), 10)),
        );
    }
  });

  it("goes on for 10,000 pages of new rows", async () => {
    room.faults.add({ paging: "endless" });
    const seen = new Set<unknown>();
    for (const number of [0, 1, 2, 77, 9_999]) {
      const { ids, body } = await page(number);
      expect(ids).toHaveLength(10);
      for (const id of ids) seen.add(id);
      const [total, pages] = under.totalsOf(body);
      expect([undefined, 100_000]).toContain(total);
      expect([undefined, 10_000]).toContain(pages);
      if (under.nextOf)
        expect(queryOf(under.nextOf(body))).toEqual(
          queryOf(under.list(number + 1, 10)),
        );
    }
    expect(seen.size).toBe(50);
  });

  it("repeats a row when one was inserted meanwhile", async () => {
    const pages = [await page(0), await page(1), await page(2)];
    const all = pages.flatMap(({ ids }) => ids);
    room.faults.add({ paging: "inserted" });
    expect((await page(0)).ids).toEqual(all.slice(0, 10));
    expect((await page(1)).ids).toEqual(all.slice(9, 19));
    expect((await page(2)).ids).toEqual(all.slice(19, 29));
  });

  it("skips a row when one was deleted meanwhile", async () => {
    const pages = [await page(0), await page(1), await page(2)];
    const all = pages.flatMap(({ ids }) => ids);
    room.faults.add({ paging: "deleted" });
    expect((await page(0)).ids).toEqual(all.slice(0, 10));
    expect((await page(1)).ids).toEqual(all.slice(11, 21));
  });

  it("leaves a single row alone", async () => {
    const { ids } = await page(0);
    const path = under.single(ids[0]);
    const honest = await askRoom(room, under, path);
    for (const paging of ["alternating", "inserted", "deleted"] as const) {
      room.faults.add({ paging });
      const { body } = await askRoom(room, under, path);
      expect(under.singleOf(body)).toEqual(under.singleOf(honest.body));
    }
  });
});

/** The parameters of a link, in no order. */
function queryOf(link: string | undefined): Record<string, string> {
  return Object.fromEntries(new URLSearchParams((link ?? "").split("?")[1]));
}
