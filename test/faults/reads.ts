import type { SandboxServer } from "../../src/sandbox/room";
import type { Facts } from "../platforms/fixture";

/** A way to read a store, with the truth that it has to answer. */
export interface Read {
  readonly name: ReadName;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The data when all is well. */
  readonly whole: unknown;
  /** The data when nothing of the platform can be had. */
  readonly nothing: unknown;
}

export const readNames = ["single", "list", "entities", "members"] as const;

export type ReadName = (typeof readNames)[number];

const entityCount = 50;

/** @returns all ways, for a store under its sandbox's own key. */
export function readsOf(server: SandboxServer, facts: Facts): readonly Read[] {
  return readNames.map((name) => readOf(name, server.storeKey, facts));
}

/** @returns the way of that name, for a store that holds these data. */
export function readOf(name: ReadName, store: string, facts: Facts): Read {
  const gid = (kind: string, nativeId: string) =>
    `gid://clientele/${kind}/${store}/${nativeId}`;
  const customers = facts.customers.slice(0, entityCount);
  const rows = customers.map(({ nativeId, email }) => ({ nativeId, email }));
  switch (name) {
    case "single":
      return {
        name,
        query: "query ($id: ID!) { customer(id: $id) { nativeId email } }",
        variables: { id: gid("Customer", rows[0]!.nativeId) },
        whole: { customer: rows[0] },
        nothing: { customer: null },
      };
    case "list":
      return {
        name,
        query:
          "query ($stores: [String!]) { customers(first: 20, filter: { stores: $stores }) { nodes { nativeId email } } }",
        variables: { stores: [store] },
        whole: { customers: { nodes: rows.slice(0, 20) } },
        nothing: { customers: { nodes: [null] } },
      };
    case "entities":
      return {
        name,
        query:
          "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { nativeId email } } }",
        variables: {
          r: rows.map(({ nativeId }) => ({
            __typename: "Customer",
            id: gid("Customer", nativeId),
          })),
        },
        whole: { _entities: rows },
        nothing: { _entities: rows.map(() => null) },
      };
    case "members": {
      const group = facts.groups.find(({ members }) => members.length > 5)!;
      const emails = new Map(
        facts.customers.map(({ nativeId, email }) => [nativeId, email]),
      );
      return {
        name,
        query:
          "query ($id: ID!) { customerGroup(id: $id) { name customers(first: 5) { nodes { nativeId email } } } }",
        variables: { id: gid("CustomerGroup", group.nativeId) },
        whole: {
          customerGroup: {
            name: group.name,
            customers: {
              nodes: group.members.slice(0, 5).map((nativeId) => ({
                nativeId,
                email: emails.get(nativeId),
              })),
            },
          },
        },
        nothing: { customerGroup: null },
      };
    }
  }
}
