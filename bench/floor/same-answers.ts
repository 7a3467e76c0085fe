import { deepStrictEqual } from "node:assert/strict";
import { type Shape, shapes } from "../lib/shapes";
import { ask } from "../lib/load";
import type { ServerProcess } from "../lib/servers";
import type { Upstream, UpstreamCount } from "../lib/upstream";

interface Asked {
  readonly answer: unknown;
  readonly count: UpstreamCount;
}

/**
 * Compares answers of two servers, value by value, and what they asked upstream
 * for them.
 *
 * @param variants of each shape, spread over all that there are.
 * @returns how many answers were compared.
 * @throws when an answer has errors or differs, or when the requests or the bytes
 *   that were read for it do.
 */
export async function compareAnswers(
  [one, other]: readonly [ServerProcess, ServerProcess],
  upstream: Upstream,
  variants: number,
): Promise<number> {
  let compared = 0;
  for (const shape of shapes)
    for (let part = 0; part < variants; part++) {
      const n = Math.floor((part * shape.variants) / variants);
      const expected = await askOnce(one, upstream, shape, n);
      const actual = await askOnce(other, upstream, shape, n);
      const where = `${shape.name}, variant ${n}: ${other.name} and ${one.name}`;
      if (hasErrors(expected.answer))
        throw new Error(`${where}: ${JSON.stringify(expected.answer)}`);
      deepStrictEqual(actual.answer, expected.answer, `${where} answer unlike`);
      deepStrictEqual(actual.count, expected.count, `${where} ask unlike`);
      compared += 1;
    }
  return compared;
}

/** The first time is for what comes once, such as a token. */
async function askOnce(
  { url }: ServerProcess,
  upstream: Upstream,
  shape: Shape,
  n: number,
): Promise<Asked> {
  const operation = { query: shape.query, variables: shape.variables(n) };
  await ask(url, operation);
  await upstream.reset();
  const answer = await ask(url, operation);
  return { answer, count: await upstream.count() };
}

function hasErrors(answer: unknown): boolean {
  return typeof answer !== "object" || answer === null || "errors" in answer;
}
