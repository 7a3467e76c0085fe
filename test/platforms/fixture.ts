import type { Platform, Projection } from "../../src/platforms/platform";
import type { SandboxServer } from "../../src/sandbox/room";

/**
 * What a platform hands to the promises: its sandbox, and the truth about the
 * sandbox's data, told without asking the platform's own code.
 */
export interface PlatformFixture {
  readonly platform: Platform;
  /** Starts the platform's sandbox with the data that the facts speak of. */
  start(): Promise<StartedFixture>;
}

export interface StartedFixture {
  readonly server: SandboxServer;
  readonly facts: Facts;
}

/** The truth, in the platform's own order. */
export interface Facts {
  readonly groups: readonly GroupFact[];
  readonly customers: readonly CustomerFact[];
  /** A native id of the right form that nothing has. */
  readonly missingId: string;
  /** How many entities of the two kinds one request can carry at the most. */
  readonly groupsPerRequest: number;
  readonly customersPerRequest: number;
  /** A condition on groups that the platform has no way to answer, if any. */
  readonly unsupportedGroupCriteria?: Readonly<Record<string, unknown>>;
}

export interface GroupFact {
  readonly nativeId: string;
  readonly name: string;
  /** RFC 3339 UTC, or null where the platform keeps none. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  /** Native ids of the members, in the platform's own order. */
  readonly members: readonly string[];
}

export interface CustomerFact {
  readonly nativeId: string;
  readonly email: string | null;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  /** The native id of the group; null when in none. */
  readonly group: string | null;
  /** Cities of the addresses, in the platform's own order. */
  readonly cities: readonly (string | null)[];
}

/** A projection that selects these fields on every type. */
export function selecting(...fields: readonly string[]): Projection {
  const set = new Set(fields);
  return { fieldsOf: () => set };
}
