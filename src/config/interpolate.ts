import { type Problem, toPath } from "./problems";

const reference = /\$\$|\$\{[^}]*\}?/g;
const form = /^\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-((?:(?!\$\{).)*))?\}$/s;

/**
 * Replaces `${NAME}` and `${NAME:-default}` in every text of a value by the
 * environment; `$$` stands for one `$`. A variable that is not set and has no
 * default is a problem; an empty one counts as set. A default is plain text:
 * it holds no reference, and no `}`.
 *
 * @param problems takes what is wrong, with the path of the text.
 */
export function interpolate(
  value: unknown,
  environment: Readonly<Record<string, string | undefined>>,
  problems: Problem[],
  path: readonly PropertyKey[] = [],
): unknown {
  if (typeof value === "string") {
    return replace(value, environment, (message) =>
      problems.push({ path: toPath(path), message }),
    );
  }
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      interpolate(item, environment, problems, [...path, index]),
    );
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        interpolate(item, environment, problems, [...path, key]),
      ]),
    );
  }
  return value;
}

function replace(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
  report: (message: string) => void,
): string {
  return text.replace(reference, (whole) => {
    if (whole === "$$") return "$";
    const match = form.exec(whole);
    if (!match) {
      report("expected ${NAME} or ${NAME:-default}");
      return whole;
    }
    const [, name = "", fallback] = match;
    const value =
      (Object.hasOwn(environment, name) ? environment[name] : undefined) ??
      fallback;
    if (value === undefined) {
      report(`environment variable ${name} is not set`);
      return whole;
    }
    return value;
  });
}
