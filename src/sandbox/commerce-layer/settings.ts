import { z } from "zod";
import { type Age, ages } from "./schema";
import { type TypeName, typeNames } from "./type-declarations";

/** What may be changed while the room runs, in process or over HTTP. */
export interface CommerceLayerSandboxSettings {
  /**
   * While true, every list whose request names no `sort`, every `included` and
   * every to-many linkage comes in a new random order each time, and pages are
   * cut out of that order. Default false.
   */
  shuffled: boolean;
  /** Which age of the API is served. Default `current`. */
  age: Age;
  /** Whether requests over the rate limits are refused. Default false. */
  rateLimited: boolean;
  /** For how long a new token opens the API. Default 7200. */
  tokenLifetimeSeconds: number;
  /** Types that the credential may not read: 401 UNAUTHORIZED. Default none. */
  denied: readonly TypeName[];
  /**
   * How far the room's clock is ahead of the machine's: set it forward and
   * tokens expire and rate limits recover at once. Default 0.
   */
  clockAheadMs: number;
}

/** The settings that a room starts with. */
export function createSettings(): CommerceLayerSandboxSettings {
  return {
    shuffled: false,
    age: "current",
    rateLimited: false,
    tokenLifetimeSeconds: 7200,
    denied: [],
    clockAheadMs: 0,
  };
}

/** A change of some settings as it comes over HTTP. */
export const settingsChanges = z.strictObject({
  shuffled: z.boolean().optional(),
  age: z.enum(ages).optional(),
  rateLimited: z.boolean().optional(),
  tokenLifetimeSeconds: z.number().min(0).optional(),
  denied: z.array(z.enum(typeNames as [TypeName, ...TypeName[]])).optional(),
  clockAheadMs: z.number().optional(),
});
