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
    super(
      [
        `${file} has ${problems.length} problem${problems.length === 1 ? "" : "s"}:`,
        ...problems.map(({ path, message }) =>
          path === "" ? `  ${message}` : `  ${path}: ${message}`,
        ),
      ].join("\n"),
    );
  }
}

/** Writes a path as people do: `stores[0].key`. */
export function toPath(segments: readonly PropertyKey[]): string {
  return segments.reduce<string>((path, segment) => {
    if (typeof segment === "number") return `${path}[${segment}]`;
    return path === "" ? String(segment) : `${path}.${String(segment)}`;
  }, "");
}
