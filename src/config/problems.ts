/** One thing that is wrong with a configuration file. */
export interface Problem {
  /** Where: `stores[1].credentials.clientId`; empty for the file as a whole. */
  readonly path: string;
  /** What is expected; never a value of the file. */
  readonly message: string;
}

/** A configuration that cannot be used, with everything that is wrong with it. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";

  constructor(
    /** The file's name, as it was given. */
    readonly file: string,
    readonly problems: readonly Problem[],
  ) {
    super(describe(file, problems));
  }
}

/** A single problem takes one line, more of them one each below a heading. */
function describe(file: string, problems: readonly Problem[]): string {
  const lines = problems.map(({ path, message }) =>
    path === "" ? message : `${path}: ${message}`,
  );
  return lines.length === 1
    ? `${file}: ${lines[0]}`
    : [`${file} has ${lines.length} problems:`, ...lines].join("\n  ");
}

/** Writes a path as people do: `stores[0].key`. */
export function toPath(segments: readonly PropertyKey[]): string {
  return segments.reduce<string>((path, segment) => {
    if (typeof segment === "number") return `${path}[${segment}]`;
    return path === "" ? String(segment) : `${path}.${String(segment)}`;
  }, "");
}
