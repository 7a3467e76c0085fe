import type { SandboxServer } from "../../src/sandbox/room";
import type { StartedFixture } from "../platforms/fixture";
import {
  type Answer,
  type Clientele,
  startClientele,
} from "../support/clientele";
import { type Fault, fixtures } from "./bench";

jest.setTimeout(60_000);

/** Say `HISTORY_SEED=…` to draw the same reads and faults once more. */
const seed = Number(process.env["HISTORY_SEED"] ?? Date.now() % 1_000_000);
const faultyMs = 6_000;
const recoveryMs = 10_000;
const readers = 6;

/**
 * What a store does wrong for a while. No 429: from the first one on a store is
 * asked no faster than its platform allows, which is slower than these readers.
 */
const wrongs: readonly Fault[] = [
  { refuse: true },
  { status: 500 },
  { status: 503, headers: { "content-type": "text/html" }, body: "<p>" },
  { status: 404 },
  { hang: true },
  { close: true },
  { reset: "before-headers" },
  { reset: "mid-body" },
  { truncate: true },
  { stall: "mid-body" },
  { framing: "chunked-cut" },
  { framing: "content-length-too-small" },
  { framing: "second-response" },
  { gzip: "truncated" },
  { gzip: "trailing-garbage" },
  { shape: "invalid-json" },
  { shape: "html" },
  { shape: "empty" },
  { shape: "object" },
  { delayMs: 10, jitterMs: 600 },
];
/** What tempts to take a row for another. */
const confusions: readonly Fault[] = [
  { rows: "shuffled" },
  { rows: "reversed" },
  { rows: "duplicated" },
  { rows: "missing" },
  { rows: "missing", count: 2 },
];

type Row = { readonly nativeId: string; readonly email: string | null } | null;
type Random = () => number;

const customer = "{ ... on Customer { nativeId email } }";
const ways = ["single", "list", "nodes", "entities", "members"] as const;

interface Subject {
  readonly store: string;
  /** Global ids of customers. */
  readonly ids: readonly string[];
  /** The global id of a group. */
  readonly group: string;
}

/** Reads rows; `null` where there is none at all. */
async function ask(
  clientele: Clientele,
  way: (typeof ways)[number],
  { store, ids, group }: Subject,
): Promise<{ rows: readonly Row[] | null; errors: Answer<null>["errors"] }> {
  const send = (query: string, variables: Record<string, unknown>) =>
    clientele.send(query, variables);
  switch (way) {
    case "single": {
      const query = `query ($id: ID!) { customer(id: $id) { nativeId email } }`;
      const { data, errors } = await send(query, { id: ids[0] });
      return { rows: [data.customer], errors };
    }
    case "list": {
      const query = `query ($stores: [String!]) { customers(first: 10, filter: { stores: $stores }) { nodes { nativeId email } } }`;
      const { data, errors } = await send(query, { stores: [store] });
      return { rows: data.customers?.nodes ?? null, errors };
    }
    case "nodes": {
      const query = `query ($ids: [ID!]!) { nodes(ids: $ids) ${customer} }`;
      const { data, errors } = await send(query, { ids });
      return { rows: data.nodes, errors };
    }
    case "entities": {
      const query = `query ($r: [_Any!]!) { _entities(representations: $r) ${customer} }`;
      const r = ids.map((id) => ({ __typename: "Customer", id }));
      const { data, errors } = await send(query, { r });
      return { rows: data._entities, errors };
    }
    case "members": {
      const query = `query ($id: ID!) { customerGroup(id: $id) { customers(first: 5) { nodes { nativeId email } } } }`;
      const { data, errors } = await send(query, { id: group });
      return { rows: data.customerGroup?.customers?.nodes ?? null, errors };
    }
  }
}

describe("a history of faults", () => {
  let stores: readonly StartedFixture[];
  let clientele: Clientele;
  /** When a store says for the last time that something is not there. */
  const denies = new Map<SandboxServer, number>();

  beforeAll(async () => {
    stores = await Promise.all(fixtures.map((fixture) => fixture.start()));
    clientele = await startClientele(
      stores.map(({ server }) => ({ server, settings: { timeoutMs: 500 } })),
      { operationTimeoutMs: 2_000 },
    );
  });
  afterAll(async () => {
    await clientele.stop();
    await Promise.all(stores.map(({ server }) => server.close()));
  });

  /** @returns what is wrong with the answer, and whether it has errors. */
  const readOne = async (
    random: Random,
    way: (typeof ways)[number],
    { server, facts }: StartedFixture,
  ) => {
    const startedAt = Date.now();
    const gid = (kind: string, nativeId: string) =>
      `gid://clientele/${kind}/${server.storeKey}/${nativeId}`;
    const some = Array.from({ length: 5 }, () => pick(random, facts.customers));
    const group = pick(
      random,
      facts.groups.filter(({ members }) => members.length > 5),
    );
    const { rows, errors } = await ask(clientele, way, {
      store: server.storeKey,
      ids: some.map(({ nativeId }) => gid("Customer", nativeId)),
      group: gid("CustomerGroup", group.nativeId),
    });
    const untrue: string[] = [];
    const mayBeNull =
      errors !== undefined || (denies.get(server) ?? 0) >= startedAt;
    if (!rows && !mayBeNull) untrue.push("nothing, and no error");
    const emails = emailsOf(facts);
    const isList = way === "list" || way === "members";
    for (const [place, row] of (rows ?? []).entries()) {
      if (!row) {
        if (!mayBeNull) untrue.push(`null at ${place}, and no error`);
        continue;
      }
      const { nativeId, email } = row;
      if (emails.get(nativeId) !== email) untrue.push(`values of ${nativeId}`);
      if (isList ? false : nativeId !== some[place]?.nativeId) {
        untrue.push(`${nativeId} for ${some[place]?.nativeId}`);
      }
      if (way === "members" && !group.members.includes(nativeId)) {
        untrue.push(`${nativeId} as a member of ${group.nativeId}`);
      }
    }
    const ids = (rows ?? []).flatMap((row) => (row ? [row.nativeId] : []));
    if (isList && new Set(ids).size < ids.length) untrue.push("a row twice");
    return {
      served: ids.length,
      errors: (errors ?? []).map(({ message }) => message),
      untrue: untrue.map((what) => `${server.storeKey} ${way}: ${what}`),
    };
  };

  it("serves nothing untrue, and recovers in time", async () => {
    const random = randomOf(seed);
    const endsAt = Date.now() + faultyMs;
    const outcomes: Awaited<ReturnType<typeof readOne>>[] = [];
    const goWrong = async ({ server }: StartedFixture) => {
      while (Date.now() < endsAt) {
        const forMs = 100 + Math.floor(random() * 900);
        const wrong = pick(random, random() < 0.4 ? confusions : wrongs);
        const isOften = random() < 0.5 && !("refuse" in wrong);
        if (("status" in wrong && wrong.status === 404) || "rows" in wrong) {
          denies.set(server, Date.now() + forMs + 100);
        }
        const fault = server.faults.add({
          ...wrong,
          forMs,
          ...("refuse" in wrong ? {} : { when: { kind: "api" } }),
          ...(isOften
            ? { probability: 0.5, seed: Math.floor(random() * 1_000) }
            : {}),
        });
        await sleep(forMs);
        fault.remove();
        await server.faults.settled();
        await sleep(random() * 300);
      }
    };
    const goOnReading = async () => {
      while (Date.now() < endsAt) {
        const outcome = await readOne(
          random,
          pick(random, ways),
          pick(random, stores),
        );
        outcomes.push(outcome);
      }
    };
    await Promise.all([
      ...stores.map(goWrong),
      ...Array.from({ length: readers }, goOnReading),
    ]);

    for (const { server } of stores) server.faults.clear();
    await Promise.all(stores.map(({ server }) => server.faults.settled()));
    const endedAt = Date.now();
    const readAll = () =>
      Promise.all(
        stores.flatMap((store) =>
          ways.map((way) => readOne(random, way, store)),
        ),
      );
    let last = await readAll();
    const failures = () => last.flatMap(({ errors }) => errors);
    while (failures().length > 0 && Date.now() < endedAt + recoveryMs) {
      await sleep(100);
      last = await readAll();
    }
    const afterwards = await readAll();

    const all = [...outcomes, ...last, ...afterwards];
    expect({ seed, untrue: all.flatMap(({ untrue }) => untrue) }).toEqual({
      seed,
      untrue: [],
    });
    expect({ seed, failures: failures() }).toEqual({ seed, failures: [] });
    expect(afterwards.flatMap(({ errors }) => errors)).toEqual([]);
    // The history held both: what came and what did not.
    expect(outcomes.some(({ served }) => served > 0)).toBe(true);
    expect(outcomes.some(({ errors }) => errors.length > 0)).toBe(true);
  });
});

const known = new WeakMap<object, ReadonlyMap<string, string | null>>();

function emailsOf(
  facts: StartedFixture["facts"],
): ReadonlyMap<string, string | null> {
  const emails =
    known.get(facts) ??
    new Map(facts.customers.map(({ nativeId, email }) => [nativeId, email]));
  known.set(facts, emails);
  return emails;
}

function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)]!;
}

/** Mulberry32: equal seeds draw equal numbers. */
function randomOf(start: number): Random {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
