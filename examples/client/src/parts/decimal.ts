/**
 * An exact decimal for reading: without the zeros that say nothing, digit by
 * digit as it came. It is never made a number, which would lose some.
 *
 * @param leastPlaces how many places stay at the least, zeros among them.
 */
export function toReadableDecimal(decimal: string, leastPlaces = 0): string {
  const [whole = "", places = ""] = decimal.split(".");
  const kept = places.replace(/0+$/, "").padEnd(leastPlaces, "0");
  return kept === "" ? whole : `${whole}.${kept}`;
}
