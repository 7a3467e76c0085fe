/**
 * The text of an answer's data that is equal for two that differ in nothing but
 * the order of the rows of their lists. What is asked by ids keeps its order:
 * it is told by its place.
 */
export function inAnyOrder(data: object): string {
  return JSON.stringify(
    Object.values(data).map((root: unknown) =>
      Array.isArray(root) ? root.map(sorted) : sorted(root),
    ),
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const texts = value.map((item) => JSON.stringify(sorted(item)));
    return texts.sort();
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, sorted(member)]),
  );
}
