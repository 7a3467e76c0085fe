import {
  startBigCommerceSandbox,
  type BigCommerceSandboxServer,
  type CustomerRow,
} from "../../../src/sandbox/bigcommerce";
import { ask, askList, idsOf, refusalOf, unreadable } from "./ask";

describe("customers of the BigCommerce sandbox", () => {
  let server: BigCommerceSandboxServer;
  let rows: readonly CustomerRow[];
  beforeAll(async () => {
    server = await startBigCommerceSandbox();
    rows = server.data.customers;
  });
  afterAll(() => server.close());

  const PATH = "/v3/customers";
  const idsWhere = (holds: (row: CustomerRow) => boolean) =>
    rows.filter(holds).map((row) => row.id);
  /** All ids that a filter finds, over all pages. */
  const found = async (query: string) => {
    const ids: unknown[] = [];
    for (let page = 1, pages = 1; page <= pages; page++) {
      const { data, meta } = await askList(
        server,
        `${PATH}?${query}&limit=250&page=${page}`,
      );
      ids.push(...data.map((row) => row["id"]));
      pages = meta.pagination?.total_pages ?? 0;
    }
    return ids;
  };

  it("lists own fields without any include", async () => {
    const { data } = await askList(server, `${PATH}?limit=2`);
    expect(data).toHaveLength(2);
    const { addresses, attributes, form_fields, ...row } =
      rows[0] as CustomerRow;
    expect([addresses, attributes, form_fields].every(Array.isArray)).toBe(
      true,
    );
    const own: Record<string, unknown> = { ...row };
    for (const name of [
      ...["store_credit_amounts", "shopper_profile_id", "segment_ids"],
    ])
      delete own[name];
    expect(data[0]).toEqual(own);
  });

  it("has no path for one customer", async () => {
    expect(await refusalOf(server, `${PATH}/5`)).toEqual([
      404,
      "The route is not found, check the URL",
    ]);
  });

  it("leaves out ids that do not exist", async () => {
    const [first, second] = rows;
    expect(
      await idsOf(server, `${PATH}?id:in=${second?.id},1,${first?.id},999999`),
    ).toEqual([first?.id, second?.id]);
    const { data, meta } = await askList(server, `${PATH}?id:in=1`);
    expect(data).toEqual([]);
    expect(meta.pagination).toMatchObject({ total: 0, total_pages: 0 });
  });

  it("cuts ids at fifty without a limit", async () => {
    const ids = rows.slice(0, 120).map((row) => row.id);
    const path = `${PATH}?id:in=${ids.join(",")}`;
    expect((await askList(server, path)).data).toHaveLength(50);
    expect(await idsOf(server, path)).toEqual(ids);
  });

  it("finds mail addresses in any case", async () => {
    const plain = rows.find((row) => row.email.includes("+list"));
    const loud = rows.find((row) => /^[A-Z]/.test(row.email));
    const list = [plain, loud]
      .map((row) => encodeURIComponent(row?.email.toLowerCase() ?? ""))
      .join(",");
    expect(await found(`email:in=${list},nobody@example.com`)).toEqual(
      idsWhere((row) => row === plain || row === loud),
    );
  });

  it("finds the members of several groups", async () => {
    expect(await found("customer_group_id:in=2")).toEqual(
      idsWhere((row) => row.customer_group_id === 2),
    );
    expect(await found("customer_group_id:in=0,3,6,777")).toEqual(
      idsWhere((row) => [0, 3].includes(row.customer_group_id)),
    );
    expect(await found("customer_group_id:in=6")).toEqual([]);
  });

  it("finds parts of first and last name", async () => {
    for (const part of ["ana", "A d", "花子", "يوسف", "🦊"])
      expect(await found(`name:like=${encodeURIComponent(part)}`)).toEqual(
        idsWhere((row) =>
          `${row.first_name} ${row.last_name}`
            .toLowerCase()
            .includes(part.toLowerCase()),
        ),
      );
  });

  it("finds whole names, companies and phones", async () => {
    const [row] = rows.filter((row) => row.phone && row.company);
    const name = `${row?.first_name} ${row?.last_name}`;
    expect(await found(`name:in=${encodeURIComponent(name)}`)).toEqual(
      idsWhere((one) => `${one.first_name} ${one.last_name}` === name),
    );
    const company = "Müller & Söhne (Test)";
    expect(await found(`company:in=${encodeURIComponent(company)}`)).toEqual(
      idsWhere((one) => one.company === company),
    );
    expect(
      await found(`phone:in=${encodeURIComponent(row?.phone ?? "")}`),
    ).toEqual([row?.id]);
  });

  it("includes both ends of a time range", async () => {
    const [from = "", to = ""] = [rows[10], rows[40]].map(
      (row) => row?.date_created,
    );
    expect(
      await found(`date_created:min=${from}&date_created:max=${to}`),
    ).toEqual(rows.slice(10, 41).map((row) => row.id));
    expect(await found(`date_created=${from}`)).toEqual([rows[10]?.id]);
    const day = from.slice(0, 10);
    expect(await found(`date_created=${day}`)).toEqual(
      idsWhere((row) => row.date_created.startsWith(day)),
    );
  });

  it("filters by the date of a change", async () => {
    const date = rows[500]?.date_modified ?? "";
    expect(await found(`date_modified:min=${date}`)).toEqual(
      idsWhere((row) => row.date_modified >= date),
    );
    expect(await found(`date_modified:max=${date}`)).toEqual(
      idsWhere((row) => row.date_modified <= date),
    );
  });

  it("sorts by each field both ways", async () => {
    for (const field of [
      "date_created",
      "last_name",
      "date_modified",
    ] as const) {
      const sorted = rows
        .filter((row) => row.customer_group_id === 3)
        .toSorted((a, b) =>
          a[field] === b[field] ? a.id - b.id : a[field] < b[field] ? -1 : 1,
        );
      const base = "customer_group_id:in=3&sort=";
      const values = async (sort: string) => {
        const path = `${PATH}?${base}${sort}&limit=250`;
        return (await askList(server, path)).data.map((row) => row[field]);
      };
      expect(await found(`${base}${field}:asc`)).toEqual(
        sorted.map((row) => row.id),
      );
      expect(await values(`${field}:desc`)).toEqual(
        sorted.map((row) => row[field]).reverse(),
      );
    }
  });

  it("adds what each include stands for", async () => {
    const fields = {
      addresses: "addresses",
      storecredit: "store_credit_amounts",
      attributes: "attributes",
      formfields: "form_fields",
      shopper_profile_id: "shopper_profile_id",
      segment_ids: "segment_ids",
    } as const;
    const plain = await askList(server, `${PATH}?limit=100`);
    for (const [include, field] of Object.entries(fields)) {
      const path = `${PATH}?limit=100&include=${include}`;
      const { data } = await askList(server, path);
      expect(data.map((row) => Object.keys(row).length)).toEqual(
        plain.data.map((row) => Object.keys(row).length + 1),
      );
      if (include !== "addresses")
        expect(data.map((row) => row[field])).toEqual(
          rows.slice(0, 100).map((row) => row[field]),
        );
    }
  });

  it("gives whole rows for all includes", async () => {
    const { data } = await askList(
      server,
      `${PATH}?limit=250&include=addresses,storecredit,attributes,formfields,shopper_profile_id,segment_ids`,
    );
    expect(data).toEqual(rows.slice(0, 250));
  });

  it("refuses what it cannot read", async () => {
    const refusals: Readonly<Record<string, Record<string, string>>> = {
      "include=orders": {
        include:
          "must be one of addresses, storecredit, attributes, formfields, shopper_profile_id, segment_ids",
      },
      "id:in=5,x": { "id:in": "must be an integer" },
      "id:in=": { "id:in": "must not be empty" },
      "id=5": { id: "is not a parameter of this endpoint" },
      "include_fields=id": {
        include_fields: "is not a parameter of this endpoint",
      },
      "sort=email:asc": {
        sort: "must be one of date_created, last_name, date_modified with :asc or :desc",
      },
      "date_created:min=soon": {
        "date_created:min": "must be a date or a date with a time",
      },
      "page=0": { page: "must be a whole number, at least 1" },
      "limit=many": { limit: "must be a whole number, at least 1" },
    };
    for (const [query, errors] of Object.entries(refusals))
      expect(await refusalOf(server, `${PATH}?${query}`)).toEqual(
        unreadable(errors),
      );
  });

  describe("their addresses", () => {
    const ADDRESSES = "/v3/customers/addresses";
    const without = (row: object) => ({ ...row, form_fields: undefined });

    it("come for several customers at once", async () => {
      const owners = rows.slice(0, 20).map((row) => row.id);
      const { data } = await askList(
        server,
        `${ADDRESSES}?customer_id:in=${owners.join(",")}&limit=250`,
      );
      expect(data).toEqual(
        rows.slice(0, 20).flatMap((row) => row.addresses.map(without)),
      );
      expect(data[0]).not.toHaveProperty("form_fields");
    });

    it("are found by id, company and name", async () => {
      const { addresses } = server.data;
      const [one, two] = addresses.filter((row) => row.company);
      expect(
        await idsOf(server, `${ADDRESSES}?id:in=${two?.id},${one?.id},1`),
      ).toEqual([one?.id, two?.id]);
      const company = addresses.filter((row) => row.company === one?.company);
      const { meta } = await askList(
        server,
        `${ADDRESSES}?company:in=${encodeURIComponent(one?.company ?? "")}`,
      );
      expect(meta.pagination?.total).toBe(company.length);
      const name = `${one?.first_name} ${one?.last_name}`;
      expect(
        await idsOf(server, `${ADDRESSES}?name:in=${encodeURIComponent(name)}`),
      ).toEqual(
        addresses
          .filter((row) => `${row.first_name} ${row.last_name}` === name)
          .map((row) => row.id),
      );
    });

    it("carry their form fields on request", async () => {
      const { body } = await ask(server, `${ADDRESSES}?include=formfields`);
      expect(body).toMatchObject({ data: server.data.addresses.slice(0, 50) });
    });

    it("know no cursors at all", async () => {
      expect(await refusalOf(server, `${ADDRESSES}?after=eyJpZCI6NX0`)).toEqual(
        unreadable({ after: "is not a parameter of this endpoint" }),
      );
    });
  });
});
