import { readFileSync } from "node:fs";
import {
  startBigCommerceSandbox,
  type BigCommerceSandboxServer,
  type CustomerGroupRow,
} from "../../../src/sandbox/bigcommerce";
import { ask } from "./ask";

describe("customer groups of the BigCommerce sandbox", () => {
  let server: BigCommerceSandboxServer;
  let rows: readonly CustomerGroupRow[];
  beforeAll(async () => {
    server = await startBigCommerceSandbox();
    rows = server.data.customerGroups;
  });
  afterAll(() => server.close());

  const find = async (query: string) => {
    const path = `/v2/customer_groups?limit=250&${query}`;
    const { status, body } = await ask(server, path);
    return status === 204 ? [] : (body as CustomerGroupRow[]);
  };
  const dated = () =>
    rows.filter(
      (row): row is CustomerGroupRow & { date_created: string } =>
        typeof row.date_created === "string",
    );

  it("shows the documentation's group word for word", async () => {
    const { text } = await ask(server, "/v2/customer_groups/1");
    const documented = readFileSync(`${__dirname}/wholesale.json`, "utf8");
    expect(text).toBe(JSON.stringify(JSON.parse(documented)));
  });

  it("lists a bare array by id ascending", async () => {
    const { status, body } = await ask(server, "/v2/customer_groups");
    expect(status).toBe(200);
    expect(body).toEqual(rows.slice(0, 50));
  });

  it("gives the second page of a list", async () => {
    const path = "/v2/customer_groups?page=2&limit=7";
    const { body } = await ask(server, path);
    expect(body).toEqual(rows.slice(7, 14));
  });

  it("has no body past the end", async () => {
    const answer = await ask(server, "/v2/customer_groups?page=3");
    expect([answer.status, answer.text]).toEqual([204, ""]);
    expect(answer.headers.get("content-type")).toBeNull();
  });

  it("has no body when nothing is found", async () => {
    const answer = await ask(server, "/v2/customer_groups?name=Nobody");
    expect([answer.status, answer.text]).toEqual([204, ""]);
  });

  it("gives every group by its id", async () => {
    const answers = await Promise.all(
      rows.map(({ id }) => ask(server, `/v2/customer_groups/${id}`)),
    );
    expect(answers.map(({ body }) => body)).toEqual(rows);
  });

  it("counts all groups whatever is filtered", async () => {
    const path = "/v2/customer_groups/count";
    const counted = { count: rows.length };
    expect((await ask(server, path)).body).toEqual(counted);
    expect((await ask(server, `${path}?name=x`)).body).toEqual(counted);
  });

  it("passes over filters that v2 lacks", async () => {
    expect(await find("id:in=3,4&min_id=9&sort=name&include=x")).toEqual(rows);
  });

  it("clamps a limit above the maximum", async () => {
    const { status, body } = await ask(server, "/v2/customer_groups?limit=251");
    expect([status, body]).toEqual([200, rows]);
  });

  it("rejects a limit above when told to", async () => {
    server.settings.v2LimitAboveMaximum = "reject";
    const { status, body } = await ask(server, "/v2/customer_groups?limit=251");
    server.settings.v2LimitAboveMaximum = "clamp";
    expect([status, body]).toEqual([
      413,
      [{ status: 413, message: "The limit must not be above 250" }],
    ]);
  });

  it("finds a name in this very spelling", async () => {
    for (const { name } of rows)
      expect(await find(`name=${encodeURIComponent(name)}`)).toEqual(
        rows.filter((row) => row.name === name),
      );
    expect(await find("name=wholesale")).toEqual([]);
  });

  it("finds a part of a name", async () => {
    for (const part of ["WHOLE", "a", "%", "_", "1,000", "業", "🌶"])
      expect(await find(`name:like=${encodeURIComponent(part)}`)).toEqual(
        rows.filter(({ name }) =>
          name.toLowerCase().includes(part.toLowerCase()),
        ),
      );
  });

  it("finds the default and the guests' group", async () => {
    for (const [yes, no] of [
      ["true", "false"],
      ["1", "0"],
    ]) {
      expect(await find(`is_default=${yes}`)).toEqual(
        rows.filter((row) => row.is_default),
      );
      expect(await find(`is_group_for_guests=${yes}`)).toEqual([rows[0]]);
      expect(await find(`is_group_for_guests=${no}`)).toEqual(rows.slice(1));
    }
  });

  it("includes both ends of a time range", async () => {
    const [, from, , to] = dated();
    const [min, max] = [from, to].map((row) => toInput(row?.date_created));
    const wanted = dated().slice(1, 4);
    expect(
      await find(`date_created:min=${min}&date_created:max=${max}`),
    ).toEqual(wanted);
    expect(
      await find(`date_created:min=${min}&date_created:max=${min}`),
    ).toEqual([from]);
  });

  it("takes a bare date for the whole day", async () => {
    for (const row of dated().slice(0, 5)) {
      const day = row.date_created.slice(0, 10);
      const sameDay = dated().filter((r) => r.date_created.startsWith(day));
      expect(await find(`date_created=${day}`)).toEqual(sameDay);
      expect(await find(`date_created:max=${day}`)).toContainEqual(row);
      expect(await find(`date_created:min=${day}`)).toContainEqual(row);
    }
  });

  it("never finds a group without a date", async () => {
    expect(await find("date_created:min=1970-01-01")).toEqual(dated());
    expect(await find("date_created:max=2100-01-01")).toEqual(dated());
    const modified = rows.filter(
      (one) => typeof one.date_modified === "string",
    );
    expect(modified.length).toBeLessThan(dated().length);
    expect(await find("date_modified:min=1970-01-01")).toEqual(modified);
  });

  it("reads a date in every documented form", async () => {
    const [row] = dated();
    const iso = toInput(row?.date_created);
    for (const form of [
      ...[iso, `${iso}Z`, iso.replace("T", " "), iso.replace("T", "T:")],
      ...[`${iso}.000Z`, encodeURIComponent(`${iso}+00:00`)],
    ])
      expect(await find(`date_created=${form}`)).toEqual([row]);
  });

  it("filters by the date of a change", async () => {
    const dates = rows.flatMap(({ date_modified: date }) =>
      typeof date === "string" ? [date] : [],
    );
    const middle = dates.toSorted()[20] ?? "";
    const holds = (test: (date: string) => boolean) =>
      rows.filter(
        ({ date_modified: date }) => typeof date === "string" && test(date),
      );
    const input = toInput(middle);
    expect(await find(`date_modified:min=${input}`)).toEqual(
      holds((date) => date >= middle),
    );
    expect(await find(`date_modified:max=${input}`)).toEqual(
      holds((date) => date <= middle),
    );
    expect(await find(`date_modified=${input}`)).toEqual(
      holds((date) => date === middle),
    );
  });

  it("joins filters and pages what remains", async () => {
    const { body } = await ask(
      server,
      "/v2/customer_groups?is_default=false&name:like=a&page=2&limit=3",
    );
    const found = rows.filter(
      (row) => !row.is_default && row.name.toLowerCase().includes("a"),
    );
    expect(body).toEqual(found.slice(3, 6));
  });
});

function toInput(date: string | undefined): string {
  return (date ?? "").replace(" ", "T");
}
