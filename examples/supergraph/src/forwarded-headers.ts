/**
 * The headers of a client that a gateway passes on to a subgraph, in lower
 * case. Nothing else is: a credential reaches only who has to see it.
 */
const forwarded: Readonly<Record<string, readonly string[]>> = {
  // Who is asking, since Clientele enforces scopes itself; and the wish to be
  // told what the operation costs upstream.
  clientele: ["authorization", "clientele-debug"],
};

/**
 * Picks the headers that a subgraph is sent.
 *
 * @param valueOf the client's header of a name in lower case.
 */
export function headersFor(
  subgraph: string,
  valueOf: (name: string) => string | null | undefined,
): Record<string, string> {
  return Object.fromEntries(
    (forwarded[subgraph] ?? []).flatMap((name) => {
      const value = valueOf(name);
      return value ? [[name, value]] : [];
    }),
  );
}
