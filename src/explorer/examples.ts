/** An operation that the explorer opens with. */
export interface Example {
  readonly query: string;
  /** JSON; absent when the operation has no variables, or defaults for all. */
  readonly variables?: string;
}

/** Put in by build.mjs, from `examples/` at the root. */
declare const EXAMPLES: readonly Example[];

/** The operations of `examples/`, in the order of `examples/examples.json`. */
export const examples = EXAMPLES;
