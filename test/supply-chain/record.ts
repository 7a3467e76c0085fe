import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { root } from "./lockfiles";

const text = readFileSync(resolve(root, "docs/supply-chain.md"), "utf8");

/**
 * The rows of the first table below a heading of docs/supply-chain.md, each as
 * its cells without the marks of code.
 *
 * @throws when there is no such heading or table.
 */
export function tableBelow(heading: string): string[][] {
  const start = text.indexOf(`${heading}\n`);
  const section =
    start < 0 ? "" : (text.slice(start + 3).split(/^## /m)[0] ?? "");
  const [, , ...rows] = section
    .split("\n")
    .filter((line) => line.startsWith("|"));
  if (rows.length === 0) throw new Error(`no table below ${heading}`);
  return rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("`", "")),
  );
}
