import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A rank in a program. */
export interface Tier {
  readonly name: string;
  readonly fromPoints: number;
}

/** A reference to an entity of Clientele: its global id is all that is known. */
export interface Reference {
  readonly id: string;
}

export interface Program {
  readonly name: string;
  /** The lowest first. */
  readonly tiers: readonly Tier[];
  readonly groups: readonly Reference[];
}

export interface Entry {
  readonly on: string;
  readonly reason: string;
  readonly points: number;
}

export interface Membership {
  readonly customer: Reference;
  readonly points: number;
  readonly tier: Tier;
  readonly since: string;
  readonly entries: readonly Entry[];
  readonly program: Program;
  readonly referredBy: Reference | null;
}

/** Who is a member, and with how many points. */
export interface Ledger {
  /** The highest first; of equal points whoever joined first. */
  readonly memberships: readonly Membership[];
  readonly programs: readonly Program[];
  membershipOf(customerId: string): Membership | undefined;
  programOf(groupId: string): Program | undefined;
}

interface MemberRow {
  readonly store: string;
  readonly customer: string;
  readonly program: string;
  readonly since: string;
  readonly referredBy?: { readonly store: string; readonly customer: string };
  readonly entries: readonly Entry[];
}

interface ProgramRow {
  readonly key: string;
  readonly name: string;
  readonly tiers: readonly Tier[];
  readonly groups: readonly {
    readonly store: string;
    readonly group: string;
  }[];
}

/**
 * Reads `members.json` and `programs.json` of a folder.
 *
 * @throws Error when a member is of a program that is not there, or has fewer
 *   points than its lowest tier.
 */
export function readLedger(folder: string): Ledger {
  const read = (file: string): unknown =>
    JSON.parse(readFileSync(join(folder, file), "utf8"));
  return createLedger(
    read("members.json") as readonly MemberRow[],
    read("programs.json") as readonly ProgramRow[],
  );
}

function createLedger(
  members: readonly MemberRow[],
  rows: readonly ProgramRow[],
): Ledger {
  const programs = new Map(
    rows.map((row): [string, Program] => [
      row.key,
      {
        name: row.name,
        tiers: row.tiers.toSorted((a, b) => a.fromPoints - b.fromPoints),
        groups: row.groups.map(({ store, group }) => ({
          id: toGlobalId("CustomerGroup", store, group),
        })),
      },
    ]),
  );
  const memberships = members
    .map((member): Membership => {
      const program = programs.get(member.program);
      const points = member.entries.reduce(
        (sum, { points }) => sum + points,
        0,
      );
      const tier = program?.tiers.findLast(
        ({ fromPoints }) => fromPoints <= points,
      );
      if (!program || !tier) {
        throw new Error(
          `${member.store}/${member.customer} has no tier in "${member.program}"`,
        );
      }
      return {
        customer: toCustomer(member),
        points,
        tier,
        since: member.since,
        entries: member.entries.toSorted((a, b) => compare(a.on, b.on)),
        program,
        referredBy: member.referredBy ? toCustomer(member.referredBy) : null,
      };
    })
    .sort(
      (a, b) =>
        b.points - a.points ||
        compare(a.since, b.since) ||
        compare(a.customer.id, b.customer.id),
    );
  const byCustomer = new Map(memberships.map((row) => [row.customer.id, row]));
  const byGroup = new Map(
    [...programs.values()].flatMap((program) =>
      program.groups.map(({ id }) => [id, program] as const),
    ),
  );
  return {
    memberships,
    programs: [...programs.values()],
    membershipOf: (id) => byCustomer.get(id),
    programOf: (id) => byGroup.get(id),
  };
}

function toCustomer({
  store,
  customer,
}: {
  readonly store: string;
  readonly customer: string;
}): Reference {
  return { id: toGlobalId("Customer", store, customer) };
}

/**
 * Clientele's global ids are a public form: whoever knows a store's key and the
 * platform's own id may write one, without asking.
 */
function toGlobalId(kind: string, store: string, nativeId: string): string {
  return `gid://clientele/${kind}/${store}/${encodeURIComponent(nativeId)}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
