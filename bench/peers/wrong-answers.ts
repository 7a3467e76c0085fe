import { type Shape, shapes } from "../lib/shapes";
import type { Upstream } from "../lib/upstream";
import { checkVariants } from "./adapter";
import { askData } from "./same-answers";
import type { Peer } from "./servers";
import {
  type Comparison,
  type Values,
  addComparisons,
  compareValues,
} from "./values";

/** What a server told of the values of a shape. */
export interface Checked {
  readonly peer: string;
  readonly shape: string;
  /** While the rows came in the order that was asked for. */
  readonly inOrder: Comparison;
  /** While they came in another. */
  readonly shuffled: Comparison;
}

/**
 * Compares each value by its row with the truth: what `truthOf` answers while
 * upstream keeps the order that is asked for.
 *
 * @param variants of each shape, at most {@link checkVariants}.
 */
export async function checkValues(
  upstream: Pick<Upstream, "set">,
  truthOf: Peer,
  peers: readonly Peer[],
  variants: number,
): Promise<readonly Checked[]> {
  const numbers = Array.from(
    { length: Math.min(variants, checkVariants) },
    (_, n) => n,
  );
  const checked: Checked[] = [];
  for (const shape of shapes) {
    const truth = await valuesOf(truthOf, shape, numbers);
    for (const peer of peers) {
      if (!peer.adapter.check(shape, 0)) continue;
      const compare = async () =>
        compareAll(truth, await valuesOf(peer, shape, numbers));
      const inOrder = await compare();
      await upstream.set({ shuffle: true });
      const shuffled = await compare();
      await upstream.set({ shuffle: false });
      checked.push({ peer: peer.name, shape: shape.name, inOrder, shuffled });
    }
  }
  return checked;
}

async function valuesOf(
  peer: Peer,
  shape: Shape,
  numbers: readonly number[],
): Promise<readonly Values[]> {
  const found: Values[] = [];
  for (const n of numbers) {
    const check = peer.adapter.check(shape, n);
    if (!check) throw new Error(`${peer.name} has no ${shape.name}`);
    found.push(check.toValues(await askData(peer, check.operation)));
  }
  return found;
}

function compareAll(
  truth: readonly Values[],
  told: readonly Values[],
): Comparison {
  return addComparisons(
    truth.map((values, n) => compareValues(values, told[n] ?? new Map())),
  );
}
