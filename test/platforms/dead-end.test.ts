import { buildSchema, graphql } from "graphql";
import type { ListPage } from "../../src/platforms/platform";
import { resolveConnection } from "../../src/graph/resolve-connection";

const schema = buildSchema(`
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type Edge { cursor: String! node: String! }
  type Connection { nodes: [String] edges: [Edge] pageInfo: PageInfo! }
  type Query { list(first: Int): Connection! }
`);

/** Reads a page of a list that answers this page, whatever it is asked. */
async function read(first: number, page: ListPage<unknown>) {
  const list = (
    { first: size }: { readonly first: number },
    _: unknown,
    info: Parameters<typeof resolveConnection>[1],
  ) =>
    resolveConnection(
      {
        list: ["list"],
        page: { first: size },
        sources: [{ store: "s", read: () => Promise.resolve(page) }],
        isolateFailures: true,
      },
      info,
    );
  const { data, errors } = await graphql({
    schema,
    source: `{ list(first: ${first}) { nodes pageInfo { hasNextPage endCursor } } }`,
    rootValue: { list },
  });
  expect(errors).toBeUndefined();
  return (
    data as unknown as {
      list: { pageInfo: { hasNextPage: boolean; endCursor: string | null } };
    }
  ).list.pageInfo;
}

describe("a page on which more rows are said to follow", () => {
  it("has an end to go on from when it has rows", async () => {
    const rows = ["a", "b"];
    const page = { rows, totalCount: 1_000, hasNextPage: true };
    expect(await read(5, page)).toEqual({
      hasNextPage: true,
      endCursor: expect.any(String) as string,
    });
  });

  it("is the last one when it has none", async () => {
    const page = { rows: [], totalCount: 1_000, hasNextPage: true };
    expect(await read(5, page)).toEqual({
      hasNextPage: false,
      endCursor: null,
    });
  });

  it("tells of them when it was to have none", async () => {
    const page = { rows: [], totalCount: 1_000, hasNextPage: true };
    expect(await read(0, page)).toEqual({ hasNextPage: true, endCursor: null });
  });
});
