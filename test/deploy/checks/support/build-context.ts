import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

interface Pattern {
  readonly form: RegExp;
  readonly text: string;
  readonly isNegated: boolean;
}

/**
 * The files that an image is built from: all below a folder but what its
 * .dockerignore keeps out. The last pattern that matches a path, or a folder
 * that it is in, decides, as Docker's documentation has it.
 *
 * @returns paths below the folder, sorted.
 */
export function filesOfContext(folder: string): string[] {
  const patterns = readPatterns(
    readFileSync(join(folder, ".dockerignore"), "utf8"),
  );
  const files: string[] = [];
  const walk = (below: string) => {
    for (const entry of readdirSync(join(folder, below), {
      withFileTypes: true,
    })) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (!entry.isDirectory()) {
        if (!isIgnored(path, patterns)) files.push(path);
      } else if (!isIgnored(path, patterns) || mayLetIn(path, patterns)) {
        walk(path);
      }
    }
  };
  walk("");
  return files.sort();
}

function readPatterns(text: string): Pattern[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const isNegated = line.startsWith("!");
      const pattern = line.slice(isNegated ? 1 : 0).replace(/^\/|\/$/g, "");
      return { form: toForm(pattern), text: pattern, isNegated };
    });
}

function toForm(pattern: string): RegExp {
  const source = pattern
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((piece) => {
      if (piece === "**/") return "(?:.*/)?";
      if (piece === "**") return ".*";
      if (piece === "*") return "[^/]*";
      if (piece === "?") return "[^/]";
      return piece.replace(/[.+^${}()|[\]\\]/g, "\\$&");
    })
    .join("");
  return new RegExp(`^${source}$`);
}

function isIgnored(path: string, patterns: readonly Pattern[]): boolean {
  const segments = path.split("/");
  const ancestry = segments.map((_, index) =>
    segments.slice(0, index + 1).join("/"),
  );
  return patterns.reduce(
    (ignored, { form, isNegated }) =>
      ancestry.some((part) => form.test(part)) ? !isNegated : ignored,
    false,
  );
}

/** Whether something below an ignored folder may be let in again. */
function mayLetIn(folder: string, patterns: readonly Pattern[]): boolean {
  return patterns.some(
    ({ text, isNegated }) => isNegated && text.startsWith(`${folder}/`),
  );
}
