import {
  startBigCommerceSandbox,
  type BigCommerceSandboxServer,
  type PriceListAssignmentRow,
  type PriceListRow,
} from "../../../src/sandbox/bigcommerce";
import {
  ask,
  askList,
  idsOf,
  refusalOf,
  STATUS_CODES,
  unreadable,
} from "./ask";

describe("price lists of the BigCommerce sandbox", () => {
  let server: BigCommerceSandboxServer;
  beforeAll(async () => {
    server = await startBigCommerceSandbox();
  });
  afterAll(() => server.close());

  const PATH = "/v3/pricelists";
  const ASSIGNMENTS = "/v3/pricelists/assignments";
  const lists = (holds: (row: PriceListRow) => boolean) =>
    server.data.priceLists.filter(holds).map((row) => row.id);
  const assignments = (holds: (row: PriceListAssignmentRow) => boolean) =>
    server.data.priceListAssignments.filter(holds).map((row) => row.id);

  it("list all of their own fields", async () => {
    const { data } = await askList(server, PATH);
    expect(data).toEqual(server.data.priceLists);
  });

  it("come one by one in data", async () => {
    const row = server.data.priceLists.find((row) => row.id === 3);
    const { body } = await ask(server, `${PATH}/3`);
    expect(body).toEqual({ data: row, meta: {} });
  });

  it("are not found with 404", async () => {
    for (const id of ["13", "999", "x"])
      expect(await refusalOf(server, `${PATH}/${id}`)).toEqual([
        404,
        {
          status: 404,
          title: "The resource at that URL is not found.",
          type: STATUS_CODES,
        },
      ]);
  });

  it("are found by id and name", async () => {
    expect(await idsOf(server, `${PATH}?id:in=5,3,13`)).toEqual([3, 5]);
    expect(await idsOf(server, `${PATH}?name=Wholesale`)).toEqual([3]);
    expect(await idsOf(server, `${PATH}?name:like=s%C3%BCd`)).toEqual(
      lists((row) => row.name.startsWith("Süd")),
    );
  });

  it("are found by their dates", async () => {
    const { date_created: made, date_modified: changed } = server.data
      .priceLists[8] as PriceListRow;
    expect(await idsOf(server, `${PATH}?date_created=${made}`)).toEqual(
      lists((row) => row.date_created === made),
    );
    expect(await idsOf(server, `${PATH}?date_created:min=${made}`)).toEqual(
      lists((row) => row.date_created >= made),
    );
    expect(await idsOf(server, `${PATH}?date_modified:max=${changed}`)).toEqual(
      lists((row) => row.date_modified <= changed),
    );
  });

  it("know no sparse fields at all", async () => {
    expect(await refusalOf(server, `${PATH}?include_fields=name`)).toEqual(
      unreadable({ include_fields: "is not a parameter of this endpoint" }),
    );
  });

  it("are assigned to groups by channel", async () => {
    const { data } = await askList(
      server,
      `${ASSIGNMENTS}?customer_group_id:in=5,1,2`,
    );
    expect(data).toEqual(
      server.data.priceListAssignments.filter((row) =>
        [1, 5].includes(row.customer_group_id),
      ),
    );
  });

  it("have assignments by every key", async () => {
    const [one, two] = server.data.priceListAssignments;
    const ids = `${two?.id},${one?.id}`;
    expect(await idsOf(server, `${ASSIGNMENTS}?id:in=${ids}`)).toEqual([
      one?.id,
      two?.id,
    ]);
    for (const key of ["", ":in"]) {
      expect(await idsOf(server, `${ASSIGNMENTS}?channel_id${key}=2`)).toEqual(
        assignments((row) => row.channel_id === 2),
      );
      expect(
        await idsOf(server, `${ASSIGNMENTS}?price_list_id${key}=3`),
      ).toEqual(assignments((row) => row.price_list_id === 3));
      expect(
        await idsOf(server, `${ASSIGNMENTS}?customer_group_id${key}=5`),
      ).toEqual(assignments((row) => row.customer_group_id === 5));
    }
    expect(await idsOf(server, `${ASSIGNMENTS}?id=${one?.id}`)).toEqual([
      one?.id,
    ]);
  });
});
