import { z } from "zod";

const scopeNames = [
  "read_customers",
  "create_customers",
  "update_customers",
  "read_store_profile",
] as const;
const idParameterNames = ["customerGroupIds", "customerGroupId"] as const;
const limitsAboveMaximum = ["clamp", "default", "reject"] as const;
const plans = ["full", "without-groups", "without-api"] as const;

/** A permission of the token; only `read_customers` opens anything here. */
export type Scope = (typeof scopeNames)[number];

/** A spelling of the parameter that filters groups by id. */
export type GroupIdParameter = (typeof idParameterNames)[number];

/** What a `limit` above 100 gets: 100 rows, `defaultLimit` rows, or 400. */
export type LimitAboveMaximum = (typeof limitsAboveMaximum)[number];

/** What the shop pays for. */
export type Plan = (typeof plans)[number];

/** What can be changed while the room is listening. */
export interface EcwidSandboxSettings {
  /**
   * While true, the rows of each page come in a new random order, unless the
   * request has `sortBy`. Which rows a page has stays the same. Default false.
   */
  shuffled: boolean;
  /** What the token may do. Default: `read_customers`. */
  scopes: readonly Scope[];
  /**
   * While true, no token opens the store, as after the app was removed from it.
   * Default false.
   */
  tokenRevoked: boolean;
  /** While true, everything is 402 STORE_IS_SUSPENDED. Default false. */
  storeSuspended: boolean;
  /**
   * Without groups the paths of groups are 402 NOT_AVAILABLE_ON_CURRENT_PLAN,
   * without the API all paths are. Default `full`.
   */
  plan: Plan;
  /**
   * Whether requests over the limits are refused. They are counted either way.
   * Default false.
   */
  rateLimited: boolean;
  /** Requests of a token in a minute. Default 600. */
  requestsPerMinute: number;
  /**
   * How long a caller is blocked who went on with a refused token, in seconds.
   * Default 600.
   */
  blockSeconds: number;
  /**
   * How far the room's clock is ahead of the machine's: set it forward and the
   * next minute begins at once. Default 0.
   */
  clockAheadMs: number;
  /** How many rows a page has when no `limit` is sent. Default 100. */
  defaultLimit: number;
  /** Default `clamp`: what the platform does is not documented. */
  limitAboveMaximum: LimitAboveMaximum;
  /**
   * While true, General stands on every page of groups, counted in `count` but
   * not in `total`, as before March 2024. Default false.
   */
  generalOnEveryPage: boolean;
  /** Filters of groups by id that are passed over. Default: none. */
  ignoredIdParameters: readonly GroupIdParameter[];
  /**
   * While true, a parameter that an endpoint does not have is
   * 400 WRONG_PARAMETER; otherwise it is passed over. Default false.
   */
  strictParameters: boolean;
  /**
   * While true, an unknown name in `responseFields` is 400 WRONG_PARAMETER;
   * otherwise it is passed over. Default false.
   */
  strictResponseFields: boolean;
}

/** A change through the control API. */
export const settingsChanges = z.strictObject({
  shuffled: z.boolean().optional(),
  scopes: z.array(z.enum(scopeNames)).optional(),
  tokenRevoked: z.boolean().optional(),
  storeSuspended: z.boolean().optional(),
  plan: z.enum(plans).optional(),
  rateLimited: z.boolean().optional(),
  requestsPerMinute: z.int().min(1).optional(),
  blockSeconds: z.int().min(1).optional(),
  clockAheadMs: z.number().optional(),
  defaultLimit: z.int().min(1).max(100).optional(),
  limitAboveMaximum: z.enum(limitsAboveMaximum).optional(),
  generalOnEveryPage: z.boolean().optional(),
  ignoredIdParameters: z.array(z.enum(idParameterNames)).optional(),
  strictParameters: z.boolean().optional(),
  strictResponseFields: z.boolean().optional(),
});

/** The settings that a room starts with. */
export function createSettings(): EcwidSandboxSettings {
  return {
    shuffled: false,
    scopes: ["read_customers"],
    tokenRevoked: false,
    storeSuspended: false,
    plan: "full",
    rateLimited: false,
    requestsPerMinute: 600,
    blockSeconds: 600,
    clockAheadMs: 0,
    defaultLimit: 100,
    limitAboveMaximum: "clamp",
    generalOnEveryPage: false,
    ignoredIdParameters: [],
    strictParameters: false,
    strictResponseFields: false,
  };
}
