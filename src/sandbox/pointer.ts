import { JsonText } from "./json-text";

/**
 * Changes what stands at a place of a JSON value, in place where it can.
 *
 * @param place a JSON pointer (RFC 6901); `*` stands for every member or item
 *   of one level, `**` for any number of levels. `""` is the value itself. The
 *   last name may be new: it is added to an object.
 * @param change gets what is there, undefined for a new name; to return
 *   undefined is to remove it.
 * @returns the value, or what took its place.
 * @throws RangeError when the place is not a pointer.
 */
export function changeAt(
  value: unknown,
  place: string,
  change: (found: unknown) => unknown,
): unknown {
  return walk(value, toNames(place), change);
}

/** What stands at a place; undefined when nothing does. No `*`. */
export function findAt(value: unknown, place: string): unknown {
  return toNames(place).reduce<unknown>(
    (found, name) =>
      isContainer(found) && hasMember(found, name) ? found[name] : undefined,
    value,
  );
}

/** Whether a text is a place for {@link changeAt}. */
export function isPlace(text: string): boolean {
  return /^(\/([^~]|~[01])*)?$/.test(text);
}

function toNames(place: string): string[] {
  if (!isPlace(place)) throw new RangeError(`${place} is no JSON pointer`);
  return place
    .split("/")
    .slice(1)
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function walk(
  value: unknown,
  [name, ...rest]: readonly string[],
  change: (found: unknown) => unknown,
): unknown {
  if (name === undefined) return change(value);
  if (!isContainer(value))
    return name === "**" && rest.length === 0 ? change(value) : value;
  if (name === "*" || name === "**") {
    // From the last to the first, since what is removed moves those behind it.
    const below = name === "*" ? rest : ["**", ...rest];
    for (const inner of Object.keys(value).reverse())
      setMember(value, inner, walk(value[inner], below, change));
    const [next] = rest;
    const isHere =
      next === undefined || next.startsWith("*") || hasMember(value, next);
    return name === "**" && isHere ? walk(value, rest, change) : value;
  }
  if (hasMember(value, name))
    setMember(value, name, walk(value[name], rest, change));
  else if (rest.length === 0 && !Array.isArray(value))
    setMember(value, name, change(undefined));
  return value;
}

type Container = Record<string, unknown>;

function isContainer(value: unknown): value is Container {
  return (
    typeof value === "object" && value !== null && !(value instanceof JsonText)
  );
}

/** A list has its items, not its length. */
function hasMember(holder: Container, name: string): boolean {
  return Object.prototype.propertyIsEnumerable.call(holder, name);
}

function setMember(holder: Container, name: string, value: unknown): void {
  if (value !== undefined) {
    // `__proto__` is a name like any other here.
    Object.defineProperty(holder, name, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  } else if (Array.isArray(holder)) {
    holder.splice(Number(name), 1);
  } else {
    delete holder[name];
  }
}
