/** Rights that a caller can have. */
export type Scope = "read:groups" | "read:customers" | "debug";

export const allScopes: ReadonlySet<Scope> = new Set<Scope>([
  "read:groups",
  "read:customers",
  "debug",
]);

/** Who asks, and what for. */
export interface Caller {
  /** A name for logs: of the API key, or the token's subject. Never a secret. */
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
  /** Keys of the stores that exist for the caller; all when absent. */
  readonly stores?: ReadonlySet<string>;
  /** For how long the caller may keep a whole answer; not at all when absent. */
  readonly cacheMaxAgeSeconds?: number;
}
