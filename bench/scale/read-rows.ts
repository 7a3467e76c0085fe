import { type Client } from "../lib/timed-operations";
import { groupCount, membersPerGroup } from "./synthetic-rows";

/** A way to get many rows of one store. */
export interface Way {
  readonly name: string;
  /** In words, for the table. */
  readonly summary: string;
  /** Gets so many rows once; see {@link rowCounts}. */
  readonly read: (
    client: Client,
    store: string,
    rows: number,
  ) => Promise<Reading>;
}

/** What it took to get some rows once. */
export interface Reading {
  /** Waited for answers; reading them is not in it. */
  readonly ms: number;
  readonly operations: number;
  /** Of answers. */
  readonly bytes: number;
}

/** How many rows can be read. */
export const rowCounts = [10, 100, 1_000, 10_000] as const;

const maxPage = 100;

/** All rows in one operation: members of groups. */
const atOnce: Way = {
  name: "one operation",
  summary:
    "`customerGroups(first: g) { nodes { name customers(first: c) { nodes { email createdAt } } } }`, g × c rows",
  read: async (client, store, rows) => {
    const members = Math.min(rows, membersPerGroup);
    const groups = Math.min(rows / members, groupCount);
    const answer = await client.post(
      JSON.stringify({
        query:
          "query ($store: String!, $groups: Int!, $members: Int!) { store(key: $store) { customerGroups(first: $groups) { nodes { name customers(first: $members) { nodes { email createdAt } } } } } }",
        variables: { store, groups, members },
      }),
    );
    expectRows(answer.body, rows);
    return { ms: answer.ms, operations: 1, bytes: answer.body.length };
  },
};

/** A page after the other, each by the cursor of the one before. */
const pageByPage: Way = {
  name: "pages",
  summary:
    "`customers(first: 100, after: …) { nodes { email createdAt customerGroup { name } } }`, one page after the other",
  read: async (client, store, rows) => {
    let after: string | null = null;
    let ms = 0;
    let bytes = 0;
    const first = Math.min(rows, maxPage);
    const operations = rows / first;
    for (let page = 0; page < operations; page++) {
      const answer = await client.post(
        JSON.stringify({
          query:
            "query ($store: String!, $first: Int!, $after: String) { store(key: $store) { customers(first: $first, after: $after) { nodes { email createdAt customerGroup { name } } pageInfo { endCursor } } } }",
          variables: { store, first, after },
        }),
      );
      ms += answer.ms;
      bytes += answer.body.length;
      expectRows(answer.body, first);
      after = endCursorOf(answer.body);
    }
    return { ms, operations, bytes };
  },
};

export const ways: readonly Way[] = [atOnce, pageByPage];

function endCursorOf(body: Buffer): string | null {
  return /"endCursor":"([^"]*)"/.exec(body.toString())?.[1] ?? null;
}

/** A wrong answer has no speed. */
function expectRows(body: Buffer, rows: number): void {
  const text = body.toString();
  const found = text.split('"email":"').length - 1;
  if (found !== rows || text.includes('"errors":['))
    throw new Error(
      `asked for ${rows} rows, ${found} came: ${text.slice(0, 500)}`,
    );
}
