import { setTimeout as wait } from "node:timers/promises";
import type { Operation } from "../lib/load";
import { connect, isWhole } from "../lib/timed-operations";
import { readOf, readOfAll } from "./queries";

/** So many reads of the store that fails begin so often. */
const askedAtOnce = 5;
const askEveryMs = 200;

let last = 0;

/**
 * Reads stores in turn for some time, one operation after the other.
 *
 * @returns how long each took, in milliseconds.
 * @throws when one is not answered whole.
 */
export async function readInTurn(
  url: string,
  storeKeys: readonly string[],
  lengthMs: number,
): Promise<number[]> {
  const client = connect(url, 1);
  const times: number[] = [];
  const until = performance.now() + lengthMs;
  try {
    do {
      for (const key of storeKeys) {
        const answer = await client.post(toBody(readOf(key, ++last)));
        times.push(answer.ms);
        if (!isWhole(answer) || !answer.body.includes('"email"'))
          throw new Error(`${key} was not answered: ${toText(answer.body)}`);
      }
    } while (performance.now() < until);
  } finally {
    client.close();
  }
  return times;
}

/** Reads one store for as long, whatever comes of it, however long it takes. */
export async function keepAsking(
  url: string,
  storeKey: string,
  lengthMs: number,
): Promise<void> {
  const client = connect(url, Infinity);
  const pending: Promise<unknown>[] = [];
  const until = performance.now() + lengthMs;
  do {
    for (let sent = 0; sent < askedAtOnce; sent++)
      pending.push(client.post(toBody(readOf(storeKey, ++last))));
    await wait(askEveryMs);
  } while (performance.now() < until);
  await Promise.all(pending).finally(() => client.close());
}

interface AllStores {
  readonly data: {
    readonly stores: readonly {
      readonly key: string;
      readonly customers: { readonly nodes: readonly unknown[] } | null;
    }[];
  };
}

/**
 * Reads all stores in one operation while one of them does not answer.
 *
 * @returns how long it took, in milliseconds.
 * @throws when the others' rows are missing, or that one's are not.
 */
export async function readAllWithout(
  url: string,
  storeKey: string,
): Promise<number> {
  const client = connect(url, 1);
  try {
    const { body, ms } = await client.post(toBody(readOfAll));
    const { data } = JSON.parse(body.toString()) as AllStores;
    const isRight = data.stores.every(({ key, customers }) =>
      key === storeKey ? !customers : customers?.nodes.length === 3,
    );
    if (!isRight)
      throw new Error(
        `all stores without ${storeKey} were answered ${toText(body)}`,
      );
    return ms;
  } finally {
    client.close();
  }
}

function toBody(operation: Operation): string {
  return JSON.stringify(operation);
}

function toText(body: Buffer): string {
  return body.toString("utf8", 0, 500);
}
