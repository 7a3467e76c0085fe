import { z } from "zod";
import { Quota } from "./quota";

const scopeNames = [
  "store_v2_customers_read_only",
  "store_v2_customers",
  "store_v2_products_read_only",
  "store_v2_products",
] as const;

/** A permission of the token; the names without `read_only` include reading. */
export type Scope = (typeof scopeNames)[number];

/** What a `limit` above 250 gets: 250 rows, or 413. */
export type LimitAboveMaximum = "clamp" | "reject";

/** What can be changed while the room is listening. */
export interface BigCommerceSandboxSettings {
  /**
   * While true, the rows of each page come in a new random order, unless the
   * request names one. Which rows a page has stays the same. Default false.
   */
  shuffled: boolean;
  /** What the token may read. Default: both `read_only` scopes. */
  scopes: readonly Scope[];
  /**
   * Whether a request is refused when no unit of the quota is left. Units are
   * counted and the headers tell of them either way. Default false.
   */
  rateLimited: boolean;
  /** Units in a window; each request uses one. Default 150. */
  quota: number;
  /** Length of a window in milliseconds. Default 30,000. */
  windowMs: number;
  /**
   * Units left in this window; setting it stands for what other apps of the
   * store have used. Full again in the next window.
   */
  quotaLeft: number;
  /**
   * How far the room's clock is ahead of the machine's: set it forward and the
   * next window begins at once. Default 0.
   */
  clockAheadMs: number;
  /** Default `clamp`: what v2 groups do is not documented. */
  v2LimitAboveMaximum: LimitAboveMaximum;
  /** Default `reject`, as the documentation of the status codes has it. */
  v3LimitAboveMaximum: LimitAboveMaximum;
}

/** A change through the control API. */
export const settingsChanges = z.strictObject({
  shuffled: z.boolean().optional(),
  scopes: z.array(z.enum(scopeNames)).optional(),
  rateLimited: z.boolean().optional(),
  quota: z.int().min(1).optional(),
  windowMs: z.int().min(1).optional(),
  quotaLeft: z.int().min(0).optional(),
  clockAheadMs: z.number().optional(),
  v2LimitAboveMaximum: z.enum(["clamp", "reject"]).optional(),
  v3LimitAboveMaximum: z.enum(["clamp", "reject"]).optional(),
});

/**
 * The settings that a room starts with, and the quota that they govern: its
 * part of the settings lives in it.
 */
export function createSettings(): {
  readonly settings: BigCommerceSandboxSettings;
  readonly quota: Quota;
} {
  const quota = new Quota(() => Date.now() + settings.clockAheadMs);
  const settings: BigCommerceSandboxSettings = {
    shuffled: false,
    scopes: ["store_v2_customers_read_only", "store_v2_products_read_only"],
    rateLimited: false,
    get quota() {
      return quota.size;
    },
    set quota(size) {
      quota.size = size;
    },
    get windowMs() {
      return quota.windowMs;
    },
    set windowMs(windowMs) {
      quota.windowMs = windowMs;
    },
    get quotaLeft() {
      return quota.left;
    },
    set quotaLeft(left) {
      quota.left = left;
    },
    clockAheadMs: 0,
    v2LimitAboveMaximum: "clamp",
    v3LimitAboveMaximum: "reject",
  };
  return { settings, quota };
}
