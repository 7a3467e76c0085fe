/** What a large JSON text may be like, so that parsing it takes no long time. */
export interface JsonShape {
  readonly depth: number;
  /** Different names of members: each costs a parser much more than a repeated one. */
  readonly names: number;
  /** Objects and lists. */
  readonly containers: number;
}

export const defaultJsonShape: JsonShape = {
  depth: 100,
  names: 20_000,
  containers: 500_000,
};

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;

/**
 * Looks over a JSON text without parsing it. A text of five million bytes that
 * is made for it holds a parser up for two seconds, and everybody with it.
 *
 * @returns what is wrong with it, in our words; `undefined` when it may be
 *   parsed. Whether it is JSON at all is left to the parser.
 */
export function checkJsonShape(
  text: Uint8Array,
  shape: JsonShape = defaultJsonShape,
): string | undefined {
  const names = new Set<number>();
  let containers = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text[at]) {
      case quote: {
        let hash = 0x811c9dc5;
        for (at += 1; at < text.length && text[at] !== quote; at += 1) {
          if (text[at] === backslash) at += 1;
          hash = Math.imul(hash ^ (text[at] ?? 0), 0x01000193);
        }
        let next = at + 1;
        while (isSpace(text[next])) next += 1;
        if (text[next] !== colon) break;
        names.add(hash);
        if (names.size > shape.names) {
          return `the answer has members of more than ${shape.names} names`;
        }
        break;
      }
      case 0x5b:
      case 0x7b:
        containers += 1;
        depth += 1;
        if (depth > shape.depth) {
          return `the answer is nested deeper than ${shape.depth} levels`;
        }
        if (containers > shape.containers) {
          return `the answer has more than ${shape.containers} objects and lists`;
        }
        break;
      case 0x5d:
      case 0x7d:
        depth -= 1;
        break;
    }
  }
  return undefined;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
