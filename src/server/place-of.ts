/**
 * The innermost line of our own code that an error came from, for logs: it
 * holds no message, and no path above the package. `undefined` when there is
 * none.
 */
export function placeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return error.stack
    ?.split("\n")
    .filter((line) => /^\s+at /.test(line))
    .find((line) => !line.includes("node_modules") && !line.includes("node:"))
    ?.trim()
    .replace(/\(?\/.*\/((?:src|dist)\/)/, "($1");
}
