/** How much a client wants something, as a header with quality values tells. */
export interface HeaderWeight {
  /** From 0, which is a refusal, to 1. */
  readonly quality: number;
  /** Of its entry in the header, from 0: what stands first is meant first. */
  readonly position: number;
}

/**
 * Reads `Accept` or `Accept-Encoding`. Parameters other than `q` are ignored, and
 * so is an entry whose `q` is none.
 *
 * @param names in lower case, from the thing itself to the widest range that
 *   covers it; the first that the header has decides.
 * @returns `undefined` when the header has none of them.
 */
export function weightIn(
  header: string,
  names: readonly string[],
): HeaderWeight | undefined {
  const weights = new Map<string, HeaderWeight>();
  for (const [position, entry] of header.split(",").entries()) {
    const [name = "", ...parameters] = entry
      .toLowerCase()
      .split(";")
      .map((part) => part.trim());
    const q = parameters.find((parameter) => parameter.startsWith("q="));
    if (q !== undefined && !/^q=(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(q))
      continue;
    if (weights.has(name)) continue;
    weights.set(name, { quality: Number(q?.slice(2) ?? 1), position });
  }
  const named = names.find((name) => weights.has(name));
  return named === undefined ? undefined : weights.get(named);
}
