import type { Random } from "../../random";

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** The id of the group and of the customer in Commerce Layer's own examples. */
export const FIRST_ID = "xYZkjABcde";

/** How many ids are made between two that differ in nothing but case. */
const TWIN_EVERY = 50;

/**
 * Makes ids like the platform's: ten letters in mixed case that say nothing of
 * the order. Every fiftieth is the one before it with each letter's case
 * swapped, so that whoever folds case confuses two records.
 *
 * @param taken ids that must not occur.
 */
export function createIds(
  random: Random,
  taken: readonly string[] = [],
): () => string {
  const used = new Set(taken);
  let last = "";
  let made = 0;
  return () => {
    made++;
    let id = made % TWIN_EVERY === 0 ? swapCase(last) : "";
    while (id === "" || used.has(id) || !isMixed(id)) id = letters(random);
    used.add(id);
    last = id;
    return id;
  };
}

function letters(random: Random): string {
  return fiveLetters(random) + fiveLetters(random);
}

function fiveLetters(random: Random): string {
  let rest = random.int(0, 52 ** 5 - 1);
  let text = "";
  for (let n = 0; n < 5; n++) {
    text += LETTERS[rest % 52];
    rest = Math.floor(rest / 52);
  }
  return text;
}

function isMixed(id: string): boolean {
  return id !== id.toLowerCase() && id !== id.toUpperCase();
}

function swapCase(id: string): string {
  return id.replace(/./g, (letter) =>
    letter === letter.toLowerCase()
      ? letter.toUpperCase()
      : letter.toLowerCase(),
  );
}
