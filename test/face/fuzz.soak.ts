import fc from "fast-check";
import { Lexer, Source, TokenKind } from "graphql";
import { Random } from "../../src/sandbox/random";
import {
  type InProcess,
  type Outcome,
  startInProcess,
} from "../support/in-process";
import { type World, randomOperation } from "../support/random-operations";

/*
 * Documents by the ten thousand, in process: what stands between them and the
 * resolvers is all there, and the platforms are down.
 */

const runs = 10_000;

/** Of what is refused, the slowest of a hundred: 50 ms on an idle machine. */
const maxRefusalMs = 250;

describe("Q19 ten thousand documents", () => {
  let server: InProcess;
  let world: World;
  const { stackTraceLimit } = Error;

  beforeAll(async () => {
    // Errors come by the ten thousand, and Jest looks up where each came from.
    Error.stackTraceLimit = 0;
    server = await startInProcess();
    world = worldOf(server);
  });
  afterAll(async () => {
    Error.stackTraceLimit = stackTraceLimit;
    await server.stop();
  });

  async function expectHarmless(
    write: (random: Random) => unknown,
    seed: number,
  ): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (number) => {
        const outcome = await server.run(write(new Random(number)));
        outcomes.push(outcome);
        expect(outcome.status).toBeLessThan(500);
        expect(outcome.codes).not.toContain("INTERNAL_SERVER_ERROR");
        expect(server.masked).toEqual([]);
      }),
      { seed, numRuns: runs, endOnFailure: true },
    );
    const refused = outcomes
      .filter(({ status }) => status >= 400)
      .map(({ ms }) => ms)
      .sort((a, b) => a - b);
    expect(refused[Math.floor(refused.length * 0.99)] ?? 0).toBeLessThan(
      maxRefusalMs,
    );
    return outcomes;
  }

  it("made from the schema do no harm", async () => {
    const outcomes = await expectHarmless(
      (random) =>
        randomOperation(random, world, {
          maxDepth: random.int(2, 14),
          maxFields: 20,
        }),
      1,
    );
    // Most of them are run, some are too deep.
    const answered = outcomes.filter(({ status }) => status === 200);
    expect(answered.length).toBeGreaterThan(runs / 2);
    expect(
      outcomes.some(({ codes }) => codes.includes("QUERY_TOO_COMPLEX")),
    ).toBe(true);
  }, 240_000);

  it("that were mutilated do no harm", async () => {
    const outcomes = await expectHarmless(
      (random) => mutilated(random, world),
      2,
    );
    const codes = new Set(outcomes.flatMap((outcome) => outcome.codes));
    for (const code of [
      "GRAPHQL_PARSE_FAILED",
      "GRAPHQL_VALIDATION_FAILED",
      "BAD_USER_INPUT",
    ]) {
      expect(codes).toContain(code);
    }
  }, 240_000);
});

/** What does not exist too, and what is no id at all. */
function worldOf({ schema, stores }: InProcess): World {
  const ids = (kind: string, store: string, natives: readonly string[]) =>
    natives.map((id) => `gid://clientele/${kind}/${store}/${id}`);
  return {
    schema,
    stores,
    ids: {
      Store: ["cl", "bc", "ec", "xx"].map(
        (key) => `gid://clientele/Store/${key}`,
      ),
      CustomerGroup: [
        ...ids("CustomerGroup", "cl", ["xYZkjABcde", "abc"]),
        ...ids("CustomerGroup", "bc", ["1", "2"]),
        ...ids("CustomerGroup", "ec", ["0", "7"]),
      ],
      Customer: [
        ...ids("Customer", "cl", ["xYZkjABcde"]),
        ...ids("Customer", "bc", ["1", "2", "3"]),
        ...ids("Customer", "ec", ["5", "x"]),
      ],
      BigCommerceCategory: ids("BigCommerceCategory", "bc", ["4"]),
      Nonsense: ["", "gid://", "gid://clientele/Nonsense/cl/1", "😀"],
    },
    emails: ["anna@example.com", "no address", ""],
    cursors: { "Query.customers": ["AAAA", "eDpjbDo1", ""] },
  };
}

const odd = [
  ...["{", "}", "(", ")", "[", "]", ":", "$", "@", "!", "|", "&", "=", "..."],
  ...['"', '"""', "#", ",", "\\", "\u0000", "\u2028", "😀", "\ud800", "é"],
  ...["null", "true", "on", "fragment", "query", "mutation", "subscription"],
  ...["__schema", "__type", "__typename", "__proto__", "constructor"],
  ...["1e999", "-0", "9007199254740993", "0x1", "00", '"\\u{110000}"'],
  ...["@include(if: $x)", "@skip(if: 1)", "@defer", "...Part1", "$v1: Int!"],
];

/** A document that was whole, with some of its tokens taken, put or moved. */
function mutilated(random: Random, world: World): unknown {
  const { query, variables } = randomOperation(random, world, {
    maxDepth: 8,
    maxFields: 20,
  });
  const tokens = tokensOf(query);
  for (let count = random.int(1, 6); count > 0; count -= 1) {
    const at = random.int(0, Math.max(0, tokens.length - 1));
    const length = random.int(1, 5);
    switch (random.int(0, 5)) {
      case 0:
        tokens.splice(at, length);
        break;
      case 1:
        tokens.splice(at, 0, random.pick(odd));
        break;
      case 2:
        tokens.splice(at, 1, random.pick(odd));
        break;
      case 3:
        tokens.splice(at, 0, ...tokens.slice(at, at + length * 4));
        break;
      case 4:
        tokens.splice(at, 0, ...tokens.splice(random.int(0, at), length));
        break;
      default:
        tokens[at] = (tokens[at] ?? "").repeat(random.int(2, 50));
    }
  }
  return {
    query: tokens.join(random.chance(0.9) ? " " : ""),
    variables: Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [
        name,
        random.chance(0.2) ? oddValue(random) : value,
      ]),
    ),
    ...(random.chance(0.1) ? { operationName: random.pick(odd) } : {}),
  };
}

function oddValue(random: Random): unknown {
  return random.pick<unknown>([
    null,
    -1,
    1e300,
    "",
    "\u0000",
    [],
    [[null]],
    {},
    { __proto__: null, first: {} },
    { constructor: 1 },
    true,
  ]);
}

function tokensOf(query: string): string[] {
  const lexer = new Lexer(new Source(query));
  const tokens: string[] = [];
  while (lexer.advance().kind !== TokenKind.EOF) {
    const { start, end } = lexer.token;
    tokens.push(query.slice(start, end));
  }
  return tokens;
}
