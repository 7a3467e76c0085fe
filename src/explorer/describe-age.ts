/** An age in the two greatest of its units, rounded up: `1 min 33 s`. */
export function describeAge(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return inTwo(seconds, 60, "min", "s");
  return inTwo(Math.ceil(seconds / 60), 60, "h", "min");
}

function inTwo(
  small: number,
  ofGreat: number,
  great: string,
  unit: string,
): string {
  const rest = small % ofGreat;
  const whole = `${Math.floor(small / ofGreat)} ${great}`;
  return rest > 0 ? `${whole} ${rest} ${unit}` : whole;
}
