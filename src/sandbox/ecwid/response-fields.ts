import { WrongParameter } from "./errors";
import type { Query } from "./query";

/** What a request wants of an object; undefined below a name is all of it. */
export type Selection = ReadonlyMap<string, Selection | undefined>;

/** The fields that an object can have, with those of the objects in it. */
export interface KnownFields {
  readonly [name: string]: KnownFields | true;
}

type Draft = Map<string, Draft | undefined>;

const NAME = "responseFields";

/**
 * Cuts a body down to `responseFields`, without which it stays as it is. The
 * fields are those of the whole body, so the envelope of a search is cut as
 * well; no field comes unasked, `id` neither (Ecwid docs, responseFields).
 *
 * @param known when given, a name that is not among them is refused.
 * @throws WrongParameter when the parameter cannot be read.
 */
export function selectFields(
  body: unknown,
  query: Query,
  known: KnownFields | undefined,
): unknown {
  const text = query.get(NAME);
  if (text === undefined) return body;
  const selection = toSelection(text);
  if (known) checkKnown(selection, known);
  return project(body, selection);
}

/**
 * Reads `total,items(id,name)`: names with commas between, fields of an inner
 * object or list in parentheses.
 *
 * @throws WrongParameter when parentheses or commas are out of place.
 */
export function toSelection(text: string): Selection {
  const root: Draft = new Map();
  const open: Draft[] = [root];
  const misplaced = (what: string) =>
    new WrongParameter(NAME, `${what} is out of place`);
  let name: string | undefined;
  let isClosed = false;
  const finish = (what: string) => {
    if (name === undefined && !isClosed) throw misplaced(what);
    if (name !== undefined) open.at(-1)?.set(name, undefined);
    name = undefined;
  };
  for (const piece of text.match(/[(),]|[^(),]+/g) ?? []) {
    switch (piece) {
      case "(": {
        if (name === undefined) throw misplaced("(");
        open.push(toInner(open.at(-1) ?? root, name));
        name = undefined;
        isClosed = false;
        break;
      }
      case ")":
        if (open.length === 1) throw misplaced(")");
        finish(")");
        open.pop();
        isClosed = true;
        break;
      case ",":
        finish(",");
        isClosed = false;
        break;
      default:
        if (isClosed || piece.trim() === "") throw misplaced(piece);
        name = piece.trim();
    }
  }
  finish("the end");
  if (open.length > 1) throw misplaced("the end");
  return root;
}

function toInner(outer: Draft, name: string): Draft {
  const before = outer.get(name);
  // A field that was asked for as a whole stays whole.
  if (outer.has(name) && !before) return new Map();
  const inner: Draft = before ?? new Map<string, Draft | undefined>();
  outer.set(name, inner);
  return inner;
}

function checkKnown(selection: Selection, known: KnownFields): void {
  for (const [name, inner] of selection) {
    const fields = Object.hasOwn(known, name) ? known[name] : undefined;
    if (fields === undefined)
      throw new WrongParameter(NAME, `${name} is not a field`);
    if (!inner) continue;
    if (fields === true)
      throw new WrongParameter(NAME, `${name} has no fields of its own`);
    checkKnown(inner, fields);
  }
}

function project(value: unknown, selection: Selection): unknown {
  if (Array.isArray(value)) return value.map((one) => project(one, selection));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      if (!selection.has(name)) return [];
      const fields = selection.get(name);
      return [[name, fields ? project(inner, fields) : (inner as unknown)]];
    }),
  );
}
