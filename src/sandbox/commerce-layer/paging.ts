import {
  invalidPageObject,
  invalidPageValue,
  pageParamNotAllowed,
  pageSizeTooLarge,
} from "./errors";

/** Records on a page when nothing is asked. */
export const DEFAULT_PAGE_SIZE = 10;
/** The most records on a page. */
export const MAX_PAGE_SIZE = 25;

/** Which part of a list is asked for. */
export interface Page {
  /** From 1. */
  readonly number: number;
  readonly size: number;
}

/** A parameter of a query with its keys in brackets, decoded. */
export interface Parameter {
  readonly name: string;
  readonly keys: readonly string[];
  readonly value: string;
}

/**
 * Reads the parameters `page[number]` and `page[size]`.
 *
 * @throws ApiError for another key or a value that is no whole number from 1,
 *   and for a size over the most.
 */
export function toPage(parameters: readonly Parameter[]): Page {
  let number = 1;
  let size = DEFAULT_PAGE_SIZE;
  for (const { keys, value } of parameters) {
    const [key] = keys;
    if (key === undefined || keys.length > 1) throw invalidPageObject();
    if (key !== "number" && key !== "size") throw pageParamNotAllowed(key);
    const given = /^\d{1,15}$/.test(value) ? Number(value) : 0;
    if (given < 1) throw invalidPageValue(value, key);
    if (key === "number") number = given;
    else size = given;
  }
  if (size > MAX_PAGE_SIZE) throw pageSizeTooLarge(MAX_PAGE_SIZE);
  return { number, size };
}

/** The `meta` and `links` of a list. */
export interface PageInfo {
  readonly meta: { readonly record_count: number; readonly page_count: number };
  readonly links: Readonly<Record<string, string>>;
}

/**
 * The counts and links of a page. An empty list has one page, as in the
 * vendor's recorded answers.
 *
 * @param url of the list, without a query.
 * @param parameters of the request; those of the page are replaced.
 */
export function toPageInfo(
  url: string,
  parameters: readonly Parameter[],
  { number, size }: Page,
  recordCount: number,
): PageInfo {
  const pageCount = Math.max(1, Math.ceil(recordCount / size));
  const others = parameters.filter(({ name }) => name !== "page");
  const link = (number: number) =>
    `${url}?${toQuery([
      ...others,
      { name: "page", keys: ["number"], value: String(number) },
      { name: "page", keys: ["size"], value: String(size) },
    ])}`;
  return {
    meta: { record_count: recordCount, page_count: pageCount },
    links: {
      first: link(1),
      ...(number > 1 ? { prev: link(number - 1) } : {}),
      ...(number < pageCount ? { next: link(number + 1) } : {}),
      last: link(pageCount),
    },
  };
}

// As Rails writes a query: sorted, brackets and commas encoded, blanks as `+`.
function toQuery(parameters: readonly Parameter[]): string {
  return parameters
    .map(({ name, keys, value }) => {
      const full = name + keys.map((key) => `[${key}]`).join("");
      return `${encode(full)}=${encode(value)}`;
    })
    .sort()
    .join("&");
}

function encode(text: string): string {
  return encodeURIComponent(text)
    .replace(
      /[!'()*]/g,
      (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
    )
    .replaceAll("%20", "+");
}
