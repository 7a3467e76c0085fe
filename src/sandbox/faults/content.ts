import { z } from "zod";
import type { Anatomy } from "../anatomy";
import { JsonText } from "../json-text";
import type { JsonValue } from "../json";
import { changeAt, findAt, isPlace } from "../pointer";
import { fillIn } from "./fill-in";
import { type FaultKind, anything, object, on, text } from "./schema";

/** Changes the JSON of the honest answer; gets a copy, returns the new body. */
export interface TransformFault {
  transform(body: unknown): unknown;
}

/** Sets, adds or removes members of honest answers. */
export interface SetFault {
  readonly set: {
    /**
     * A JSON pointer, such as `/data/0/id`. `*` stands for every member or item
     * of one level, `**` for any number of levels.
     */
    readonly at: string;
  } & (
    | { readonly value: JsonValue }
    /** The JSON text to write, whatever it is: `9007199254740993`, `NaN`. */
    | { readonly json: string }
    | { readonly remove: true }
  );
}

/** Changes what honest answers say of how many rows and pages there are. */
export interface TotalsFault {
  /** The value, or the JSON text of a number that no value can be. */
  readonly totals: number | string | boolean | null | { readonly json: string };
}

/** Replaces the links of honest answers: all texts in members named `links`. */
export interface LinksFault {
  readonly links: {
    /**
     * What stands there instead; a text with `{url}`, `{origin}`, `{path}` and
     * `{query}` of the link that was there.
     */
    readonly to: JsonValue;
    /** The names of the links, e.g. `next`; default: all. */
    readonly named?: readonly string[];
  };
}

/** How the faults of content are checked. */
export const contentKinds = {
  transform: {
    stage: "change",
    shape: {
      transform: z.custom<TransformFault["transform"]>(
        (value) => typeof value === "function",
        "must be a function, so it is for use in process alone",
      ),
    },
  },
  set: {
    stage: "change",
    shape: {
      set: object({
        at: z.string().refine(isPlace, "must be a JSON pointer"),
        value: anything().optional(),
        json: text().optional(),
        remove: on().optional(),
      }).refine(
        ({ value, json, remove }) =>
          [value, json, remove].filter((one) => one !== undefined).length === 1,
        "must have one of value, json and remove",
      ),
    },
  },
  totals: {
    stage: "change",
    shape: {
      totals: z.union(
        [
          z.number(),
          z.string(),
          z.boolean(),
          z.null(),
          z.strictObject({ json: z.string() }),
        ],
        "must be a number, a text, true, false, null or { json }",
      ),
    },
  },
  links: {
    stage: "change",
    shape: {
      links: object({
        to: anything(),
        named: z.array(z.string(), "must be a list of names").optional(),
      }),
    },
  },
} as const satisfies Readonly<Record<string, FaultKind>>;

/** Sets what a fault sets, in place where it can. */
export function setMember(body: unknown, { set }: SetFault): unknown {
  return changeAt(body, set.at, () => {
    if ("json" in set) return new JsonText(set.json);
    return "value" in set ? structuredClone(set.value) : undefined;
  });
}

/** Says something else of how many there are, in place. */
export function setTotals(
  body: unknown,
  { totals }: TotalsFault,
  anatomy: Anatomy,
): unknown {
  const value =
    typeof totals === "object" && totals !== null
      ? new JsonText(totals.json)
      : totals;
  for (const place of [...anatomy.totals, ...anatomy.pageCounts])
    if (findAt(body, place) !== undefined) changeAt(body, place, () => value);
  return body;
}

/**
 * Replaces links, in place.
 *
 * @param asked the address of the request, to which links may be relative.
 */
export function replaceLinks(
  body: unknown,
  { links: { to, named } }: LinksFault,
  asked: URL,
): unknown {
  return changeAt(body, "/**/links", (links) => {
    if (typeof links !== "object" || links === null) return links;
    return Object.fromEntries(
      Object.entries(links).map(([name, link]: [string, unknown]) => {
        const isMeant =
          typeof link === "string" && (named?.includes(name) ?? true);
        if (!isMeant) return [name, link];
        if (typeof to !== "string" || !URL.canParse(link, asked.href))
          return [name, to];
        return [name, fillIn(to, new URL(link, asked))];
      }),
    );
  });
}
