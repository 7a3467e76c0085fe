import { z } from "zod";
import type { UpstreamLimits } from "../http/upstream-client";
import type { Platform } from "../platforms/platform";

const port = z.coerce
  .number("expected a port from 0 to 65535")
  .int("expected a port from 0 to 65535")
  .min(0, "expected a port from 0 to 65535")
  .max(65_535, "expected a port from 0 to 65535");

const scope = z.enum(["read:groups", "read:customers", "debug"], {
  error: "expected read:groups, read:customers or debug",
});

const storeKeys = z.array(z.string()).optional();

const auth = z.discriminatedUnion(
  "mode",
  [
    z.strictObject({
      mode: z.literal("none"),
      allowAnonymous: z.boolean().default(false),
    }),
    z.strictObject({
      mode: z.literal("apiKeys"),
      keys: z
        .array(
          z.strictObject({
            name: z.string().min(1),
            sha256: z
              .string()
              .regex(
                /^[0-9a-fA-F]{64}$/,
                "expected the SHA-256 of the key in 64 hexadecimal digits",
              ),
            scopes: z.array(scope),
            stores: storeKeys,
          }),
        )
        .min(1, "expected at least one key"),
    }),
    z
      .strictObject({
        mode: z.literal("jwt"),
        issuer: z.string().min(1),
        audience: z.string().min(1),
        jwksUrl: z.url("expected a URL").optional(),
        publicKeys: z
          .array(
            z.string().includes("PUBLIC KEY", "expected a key in PEM form"),
          )
          .min(1)
          .optional(),
        clockToleranceSeconds: z.number().min(0).max(300).default(5),
      })
      .refine(
        ({ jwksUrl, publicKeys }) =>
          (jwksUrl === undefined) !== (publicKeys === undefined),
        "expected either jwksUrl or publicKeys",
      ),
  ],
  { error: "expected mode none, apiKeys or jwt" },
);

/** The part of the file that is the same for all platforms. */
export const serverSettings = z.strictObject({
  host: z.string().min(1).default("127.0.0.1"),
  port: port.default(4_000),
  auth: auth.optional(),
  operationTimeoutMs: z.number().int().min(100).max(120_000).default(10_000),
});

/** What every store may say, whatever its platform; defaults are the platform's. */
export const storeLimits = z.strictObject({
  timeoutMs: z.number().int().min(100).max(120_000).optional(),
  maxConcurrency: z.number().int().min(1).max(100).optional(),
  retry: z
    .strictObject({ attempts: z.number().int().min(1).max(5).optional() })
    .optional(),
});

export const storeIdentity = z.object({
  key: z
    .string()
    .regex(
      /^[a-z0-9-]{1,40}$/,
      "expected 1 to 40 lower-case letters, digits and hyphens",
    ),
  platform: z.string(),
});

export type ServerConfig = Omit<z.infer<typeof serverSettings>, "auth"> & {
  readonly auth: AuthConfig;
};
export type AuthConfig = z.infer<typeof auth>;

/** One store, ready to be connected. */
export interface StoreConfig {
  readonly key: string;
  readonly platform: Platform;
  /** As the platform's own `settings` gave it. */
  readonly settings: unknown;
  readonly limits: UpstreamLimits;
}

/** A checked configuration. It holds secrets: it is never printed. */
export interface Config {
  readonly server: ServerConfig;
  readonly stores: readonly StoreConfig[];
}
