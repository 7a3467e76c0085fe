import { FOREIGN_TYPE, rowSpoilings } from "../../../src/sandbox/faults/rows";
import type { SandboxServer } from "../../../src/sandbox/room";
import { type Row, askRoom, roomsUnderTest } from "./rooms";

describe.each(roomsUnderTest)("faults of rows in $name", (under) => {
  let room: SandboxServer;
  let honest: readonly Row[];
  let honestBody: unknown;
  beforeAll(async () => {
    room = await under.start();
    const { body } = await askRoom(room, under, under.list(0, 10));
    honest = under.rowsOf(body) as Row[];
    honestBody = body;
  });
  afterEach(() => room.faults.clear());
  afterAll(() => room.close());

  const list = async () => {
    const { body } = await askRoom(room, under, under.list(0, 10));
    const rows = under.rowsOf(body) as readonly Row[];
    return { body: body as unknown, rows, ids: rows.map((row) => row?.["id"]) };
  };
  const single = async (id: unknown) => {
    const { body } = await askRoom(room, under, under.single(id));
    return under.singleOf(body);
  };
  const ids = () => honest.map((row) => row["id"] as unknown);

  it("leaves everything else as it was", async () => {
    for (const rows of rowSpoilings) {
      const fault = room.faults.add({ rows });
      const { body } = await list();
      expect(under.totalsOf(body)).toEqual(under.totalsOf(honestBody));
      fault.remove();
    }
    expect((await list()).body).toEqual(honestBody);
  });

  it("shuffles rows the same way for a seed", async () => {
    const shuffled = async (seed: number) => {
      const fault = room.faults.add({ rows: "shuffled", seed });
      const found = (await list()).ids;
      fault.remove();
      return found;
    };
    const first = await shuffled(1);
    expect(first).not.toEqual(ids());
    expect([...first].sort()).toEqual([...ids()].sort());
    expect(await shuffled(1)).toEqual(first);
    expect(await shuffled(2)).not.toEqual(first);
  });

  it("reverses rows", async () => {
    room.faults.add({ rows: "reversed" });
    expect((await list()).ids).toEqual(ids().reverse());
  });

  it("repeats the first rows at the end", async () => {
    room.faults.add({ rows: "duplicated", count: 3 });
    const { rows } = await list();
    expect(rows).toEqual([...honest, ...honest.slice(0, 3)]);
  });

  it("leaves rows out", async () => {
    room.faults.add({ rows: "missing", count: 2 });
    expect((await list()).ids).toEqual(ids().slice(2));
    room.faults.clear();
    room.faults.add({ rows: "none" });
    expect((await list()).ids).toEqual([]);
  });

  it("puts null in the place of rows", async () => {
    room.faults.add({ rows: "null", count: 2 });
    expect((await list()).rows).toEqual([null, null, ...honest.slice(2)]);
  });

  it("gives a row an id that nobody has", async () => {
    room.faults.add({ rows: "foreign-id", count: 2 });
    const { rows, ids: found } = await list();
    expect(found.slice(2)).toEqual(ids().slice(2));
    expect(new Set([...found.slice(0, 2), ...ids()]).size).toBe(12);
    expect({ ...rows[0], id: honest[0]?.["id"] }).toEqual(honest[0]);
    room.faults.clear();
    const foreign = await askRoom(room, under, under.single(found[0]));
    expect([200, 404]).toContain(foreign.status);
    if (foreign.status === 200) expect(under.singleOf(foreign.body)).toBeNull();
  });

  it("gives a single row another id", async () => {
    const [id] = ids();
    room.faults.add({ rows: "foreign-id" });
    const row = await single(id);
    expect(typeof row?.["id"]).toBe(typeof id);
    expect(row?.["id"]).not.toBe(id);
  });

  it("spoils no refusal", async () => {
    room.faults.add({ rows: "null" });
    const answer = await fetch(room.origin + under.list(0, 10));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await answer.text()).not.toBe("null");
  });

  const hasParents = under.name !== "BigCommerce v2";
  if (hasParents)
    it("moves a row to another parent", async () => {
      room.faults.add({ rows: "foreign-parent", count: 2 });
      const { rows } = await list();
      const parents = rows.map(under.parentOf);
      const before = honest.map(under.parentOf);
      const moved = parents.flatMap((parent, index) =>
        parent === before[index] ? [] : [index],
      );
      expect(moved).toHaveLength(2);
      expect(before).not.toContain(parents[moved[0] ?? 0]);
      expect(rows.map((row) => row["id"] as unknown)).toEqual(ids());
    });

  const hasTypes = under.name === "Commerce Layer";
  if (hasTypes)
    it("gives a row a foreign type", async () => {
      room.faults.add({ rows: "foreign-type" });
      const { rows } = await list();
      expect(rows.map((row) => row["type"] as unknown)).toEqual([
        FOREIGN_TYPE,
        ...honest.slice(1).map((row) => row["type"] as unknown),
      ]);
    });

  it("makes a single row null when missing", async () => {
    room.faults.add({ rows: "missing" });
    expect(await single(ids()[0])).toBeNull();
  });
});
