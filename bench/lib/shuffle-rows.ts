/** Where platforms keep the rows of a list, and what comes with them. */
const listMembers = ["data", "included", "items"];

/**
 * Puts the rows of an answer in another order: the same one for the same
 * answer. What is no list stays as it is.
 */
export function shuffleRows(body: Buffer): Buffer {
  const answer = parse(body);
  if (Array.isArray(answer)) return toBuffer(shuffled(answer));
  if (typeof answer !== "object" || answer === null) return body;
  const changed = Object.entries(answer).map(
    ([name, value]: [string, unknown]) => [
      name,
      listMembers.includes(name) && Array.isArray(value)
        ? shuffled(value)
        : value,
    ],
  );
  return toBuffer(Object.fromEntries(changed));
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    return undefined;
  }
}

function toBuffer(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

/** Fisher-Yates with a generator of its own, seeded by the length. */
function shuffled(rows: readonly unknown[]): unknown[] {
  const result = [...rows];
  let state = rows.length;
  for (let last = result.length - 1; last > 0; last--) {
    // The multiplier of Numerical Recipes' quick generator.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (last + 1));
    [result[last], result[other]] = [result[other], result[last]];
  }
  return result;
}
