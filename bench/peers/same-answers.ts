import { deepStrictEqual } from "node:assert/strict";
import { type Operation, ask } from "../lib/load";
import { type Shape, shapes } from "../lib/shapes";
import { nativeId } from "./adapter";
import type { Peer, PeerName } from "./servers";

/** How many operations are under way at the same time. */
const atOnce = 20;
/** Of those that send a request for every link: it takes long. */
const linkedVariants = 1;
const linked: readonly PeerName[] = ["naive", "Tailcall"];

/**
 * Asks every server everything that it will be measured with: then upstream
 * answers from memory.
 *
 * @param variants of each shape.
 * @throws when an answer has errors, or other values than the first server's.
 */
export async function compareMeasured(
  peers: readonly Peer[],
  variants: number,
): Promise<void> {
  const [first, ...others] = peers;
  if (!first) return;
  for (const shape of shapes) {
    const truth = await leavesOfAll(first, shape, variants);
    for (const peer of others) {
      if (!peer.adapter.operation(shape, 0)) continue;
      const count = linked.includes(peer.name)
        ? Math.min(linkedVariants, variants)
        : variants;
      deepStrictEqual(
        await leavesOfAll(peer, shape, count),
        truth.slice(0, count),
        `${shape.name}: ${peer.name} and ${first.name} answer unlike`,
      );
    }
  }
}

async function leavesOfAll(
  peer: Peer,
  shape: Shape,
  variants: number,
): Promise<readonly (readonly string[])[]> {
  const found: (readonly string[])[] = [];
  for (let from = 0; from < variants; from += atOnce) {
    const numbers = Array.from(
      { length: Math.min(atOnce, variants - from) },
      (_, place) => from + place,
    );
    const answers = await Promise.all(
      numbers.map((n) => {
        const operation = peer.adapter.operation(shape, n);
        if (!operation) throw new Error(`${peer.name} has no ${shape.name}`);
        return askData(peer, operation);
      }),
    );
    found.push(...answers.map((data) => leaves(data).sort()));
  }
  return found;
}

/**
 * @returns the data of an answer.
 * @throws when there are errors, or no data.
 */
export async function askData(
  { name, server }: Peer,
  operation: Operation,
): Promise<unknown> {
  const answer = (await ask(server.url, operation)) as {
    readonly data?: unknown;
    readonly errors?: unknown;
  };
  if (answer.errors !== undefined || !answer.data)
    throw new Error(`${name}: ${JSON.stringify(answer.errors)}`);
  return answer.data;
}

/** All values that are there, whatever they are wrapped in; of ids the native. */
function leaves(value: unknown): string[] {
  if (value === null) return [];
  if (typeof value === "object") return Object.values(value).flatMap(leaves);
  return [nativeId(value as string | number)];
}
