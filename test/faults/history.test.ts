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
/** What tempts to take a row for another, or for one that is gone. */
const confusions: readonly Fault[] = [
  { rows: "shuffled" },
  { rows: "reversed" },
  { rows: "duplicated" },
  { rows: "missing" },
  { rows: "missing", count: 2 },
  { rows: "null" },
  { rows: "foreign-id" },
  { rows: "foreign-id", count: 3 },
  { rows: "foreign-type" },
  { rows: "foreign-parent" },
];

/** Whether a platform that does so says that something is not there. */
function isDenial(fault: Fault): boolean {
  return (
    ("status" in fault && fault.status === 404) ||
    ("rows" in fault && fault.rows === "missing")
  );
}

interface GroupRow {
  readonly nativeId: string;
  readonly name: string;
}
interface CustomerRow {
  readonly nativeId: string;
  readonly email: string | null;
  readonly customerGroup: GroupRow | null;
  readonly addresses: readonly { readonly city: string | null }[] | null;
}
type Random = () => number;
type Path = readonly (string | number)[];

const ofGroup = "{ nativeId name }";
const ofCustomer = `{ nativeId email customerGroup ${ofGroup} addresses { city } }`;
const ways = [
  "customer",
  "customers",
  "nodes",
  "entities",
  "members",
  "group",
  "groups",
  "groupNodes",
] as const;
type Way = (typeof ways)[number];

interface Subject {
  readonly store: string;
  /** Global ids of customers. */
  readonly ids: readonly string[];
  /** Global ids of groups; the first has members. */
  readonly groups: readonly string[];
}

/** How things are read, and where the answer has them. */
const reads: Readonly<
  Record<
    Way,
    {
      readonly query: string;
      readonly variables: (subject: Subject) => Record<string, unknown>;
      readonly path: Path;
      readonly kind: "customer" | "group";
    }
  >
> = {
  customer: {
    query: `query ($id: ID!) { customer(id: $id) ${ofCustomer} }`,
    variables: ({ ids }) => ({ id: ids[0] }),
    path: ["customer"],
    kind: "customer",
  },
  customers: {
    query: `query ($stores: [String!]) { customers(first: 10, filter: { stores: $stores }) { nodes ${ofCustomer} } }`,
    variables: ({ store }) => ({ stores: [store] }),
    path: ["customers", "nodes"],
    kind: "customer",
  },
  nodes: {
    query: `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Customer ${ofCustomer} } }`,
    variables: ({ ids }) => ({ ids }),
    path: ["nodes"],
    kind: "customer",
  },
  entities: {
    query: `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer ${ofCustomer} } }`,
    variables: ({ ids }) => ({
      r: ids.map((id) => ({ __typename: "Customer", id })),
    }),
    path: ["_entities"],
    kind: "customer",
  },
  members: {
    query: `query ($id: ID!) { customerGroup(id: $id) { customers(first: 5) { nodes ${ofCustomer} } } }`,
    variables: ({ groups }) => ({ id: groups[0] }),
    path: ["customerGroup", "customers", "nodes"],
    kind: "customer",
  },
  group: {
    query: `query ($id: ID!) { customerGroup(id: $id) ${ofGroup} }`,
    variables: ({ groups }) => ({ id: groups[0] }),
    path: ["customerGroup"],
    kind: "group",
  },
  groups: {
    query: `query ($stores: [String!]) { customerGroups(first: 10, filter: { stores: $stores }) { nodes ${ofGroup} } }`,
    variables: ({ store }) => ({ stores: [store] }),
    path: ["customerGroups", "nodes"],
    kind: "group",
  },
  groupNodes: {
    query: `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on CustomerGroup ${ofGroup} } }`,
    variables: ({ groups }) => ({ ids: groups }),
    path: ["nodes"],
    kind: "group",
  },
};

/**
 * Whether a platform that does so tells of rows that it does not have, or of
 * another group than a row's own. Nobody can know that of an open list, nor of
 * what a row says of itself; whoever was asked for by id has to be himself.
 */
function isLie(fault: Fault): boolean {
  return "rows" in fault && fault.rows.startsWith("foreign-");
}

/** What an answer has at a path, as far as it goes: null where it ends before. */
function* rowsAt(
  data: unknown,
  path: Path,
): Iterable<{ readonly at: Path; readonly row: unknown }> {
  let value: any = data;
  for (const [index, part] of path.entries()) {
    value = value?.[part] ?? null;
    if (value === null) {
      yield { at: path.slice(0, index + 1), row: null };
      return;
    }
  }
  if (!Array.isArray(value)) yield { at: path, row: value };
  else {
    for (const [place, row] of value.entries())
      yield { at: [...path, place], row };
  }
}

/** Whether an error says why there is null: at this place, or around it. */
function isExplained(errors: Answer<null>["errors"], at: Path): boolean {
  return (errors ?? []).some(
    ({ path = [] }) =>
      path.length <= at.length && path.every((part, i) => part === at[i]),
  );
}

describe("a history of faults", () => {
  let stores: readonly StartedFixture[];
  let clientele: Clientele;
  /** When a store says for the last time that something is not there. */
  const denies = new Map<SandboxServer, number>();
  /** The same of what it invents. */
  const lies = new Map<SandboxServer, number>();

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
  const readOne = async (random: Random, way: Way, store: StartedFixture) => {
    const { server, facts } = store;
    const startedAt = Date.now();
    const gid = (kind: string, nativeId: string) =>
      `gid://clientele/${kind}/${server.storeKey}/${nativeId}`;
    const some = Array.from({ length: 5 }, () => pick(random, facts.customers));
    const groups = [
      pick(
        random,
        facts.groups.filter(({ members }) => members.length > 5),
      ),
      ...Array.from({ length: 4 }, () => pick(random, facts.groups)),
    ];
    const { query, variables, path, kind } = reads[way];
    const { data, errors } = await clientele.send(
      query,
      variables({
        store: server.storeKey,
        ids: some.map(({ nativeId }) => gid("Customer", nativeId)),
        groups: groups.map(({ nativeId }) => gid("CustomerGroup", nativeId)),
      }),
    );
    const untrue: string[] = [];
    const isDenied = (denies.get(server) ?? 0) >= startedAt;
    const isLiedTo = (lies.get(server) ?? 0) >= startedAt;
    const mayBeNull = (at: Path) => isDenied || isExplained(errors, at);
    const asked = { customer: some, group: groups }[kind];
    const isList = ["customers", "members", "groups"].includes(way);
    const ids: string[] = [];
    for (const { at, row } of rowsAt(data, path)) {
      if (!row) {
        if (!mayBeNull(at))
          untrue.push(`null at ${at.join(".")}, and no error`);
        continue;
      }
      const { nativeId } = row as GroupRow;
      ids.push(nativeId);
      const place = typeof at.at(-1) === "number" ? Number(at.at(-1)) : 0;
      if (!isList && nativeId !== asked[place]?.nativeId) {
        untrue.push(`${nativeId} for ${asked[place]?.nativeId}`);
      }
      const isInvented = !byId<{ nativeId: string }>(facts[`${kind}s`]).has(
        nativeId,
      );
      if (isInvented && isLiedTo && isList) continue;
      if (way === "members" && !groups[0]?.members.includes(nativeId)) {
        untrue.push(`${nativeId} as a member of ${groups[0]?.nativeId}`);
      }
      untrue.push(
        ...(kind === "group"
          ? untrueOfGroup(facts, row as GroupRow)
          : untrueOfCustomer(
              facts,
              row as CustomerRow,
              (field) => mayBeNull([...at, field]),
              isLiedTo,
            )),
      );
    }
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
        const untilMs = Date.now() + forMs + 100;
        if (isDenial(wrong)) denies.set(server, untilMs);
        if (isLie(wrong)) lies.set(server, untilMs);
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

function untrueOfGroup(
  { groups }: StartedFixture["facts"],
  { nativeId, name }: GroupRow,
): string[] {
  const group = byId(groups).get(nativeId);
  return group?.name === name ? [] : [`the name of the group ${nativeId}`];
}

/**
 * @param mayBeNull whether a field may be, though there is something.
 * @param isLiedTo whether the row may name another group than it has.
 */
function untrueOfCustomer(
  facts: StartedFixture["facts"],
  { nativeId, email, customerGroup, addresses }: CustomerRow,
  mayBeNull: (field: string) => boolean,
  isLiedTo: boolean,
): string[] {
  const truth = byId(facts.customers).get(nativeId);
  if (!truth) return [`${nativeId}, whom nobody knows`];
  const untrue: string[] = [];
  if (truth.email !== email) untrue.push(`the address of ${nativeId}`);
  // A group that there is not is one that was deleted.
  if (isLiedTo && customerGroup?.nativeId !== truth.group) return untrue;
  if (customerGroup) {
    untrue.push(...untrueOfGroup(facts, customerGroup));
    if (customerGroup.nativeId !== truth.group)
      untrue.push(`${customerGroup.nativeId} as the group of ${nativeId}`);
  } else if (truth.group !== null && !mayBeNull("customerGroup")) {
    untrue.push(`no group of ${nativeId}, and no error`);
  }
  if (addresses) {
    const cities = addresses.map(({ city }) => city);
    if (JSON.stringify(cities) !== JSON.stringify(truth.cities))
      untrue.push(`the cities of ${nativeId}`);
  } else if (!mayBeNull("addresses")) {
    untrue.push(`no addresses of ${nativeId}, and no error`);
  }
  return untrue;
}

const known = new WeakMap<object, ReadonlyMap<string, unknown>>();

function byId<Fact extends { readonly nativeId: string }>(
  facts: readonly Fact[],
): ReadonlyMap<string, Fact> {
  const found =
    known.get(facts) ?? new Map(facts.map((fact) => [fact.nativeId, fact]));
  known.set(facts, found);
  return found as ReadonlyMap<string, Fact>;
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
