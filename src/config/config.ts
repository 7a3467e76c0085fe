import { createPublicKey } from "node:crypto";
import { z } from "zod";
import type { UpstreamLimits } from "../http/upstream-limits";
import type { Platform } from "../platforms/platform";

/** In digits too: that is what the environment gives. */
function whole(min: number, max: number, what = "a whole number") {
  const message = `expected ${what} from ${min} to ${max}`;
  return z.preprocess(
    (value) =>
      typeof value === "string" && /^\d{1,10}$/.test(value)
        ? Number(value)
        : value,
    z.number(message).int(message).min(min, message).max(max, message),
  );
}

/** A part of a whole, in digits too. */
const part = (() => {
  const message = "expected a number above 0 and at most 1, such as 0.5";
  return z.preprocess(
    (value) =>
      typeof value === "string" && /^\d{0,9}(\.\d{1,9})?$/.test(value)
        ? Number(value || NaN)
        : value,
    z.number(message).gt(0, message).max(1, message),
  );
})();

const scope = z.enum(["read:groups", "read:customers", "debug"], {
  error: "expected read:groups, read:customers or debug",
});

const cacheMaxAgeSeconds = whole(1, 86_400).optional();

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
            cacheMaxAgeSeconds,
          }),
        )
        .min(1, "expected at least one key")
        .superRefine((keys, context) => {
          // Of two with one hash, only one could be meant.
          const names = keys.map(({ name }) => name);
          const hashes = keys.map(({ sha256 }) => sha256.toLowerCase());
          for (const [index, earlier] of repeated(names)) {
            context.addIssue({
              code: "custom",
              path: [index, "name"],
              message: `is the name of server.auth.keys[${earlier}] already; names are unique`,
            });
          }
          for (const [index, earlier] of repeated(hashes)) {
            context.addIssue({
              code: "custom",
              path: [index, "sha256"],
              message: `is the hash of server.auth.keys[${earlier}] already; hashes are unique`,
            });
          }
        }),
    }),
    z
      .strictObject({
        mode: z.literal("jwt"),
        issuer: z.string().min(1),
        audience: z.string().min(1),
        jwksUrl: z
          .string()
          .refine(isKeySetUrl, "expected an https URL")
          .optional(),
        publicKeys: z
          .array(
            z.string().refine(isPublicKey, "expected a public key in PEM form"),
          )
          .min(1)
          .optional(),
        clockToleranceSeconds: whole(0, 300).default(5),
        // Without it, a token that names no stores opens all of them.
        requireStoresClaim: z.boolean("expected true or false").optional(),
        cacheMaxAgeSeconds,
      })
      .refine(
        ({ jwksUrl, publicKeys }) =>
          (jwksUrl === undefined) !== (publicKeys === undefined),
        "expected either jwksUrl or publicKeys",
      ),
  ],
  { error: "expected mode none, apiKeys or jwt" },
);

/** The position of each text that stood earlier, with where that was. */
function repeated(texts: readonly string[]): [number, number][] {
  return texts.flatMap<[number, number]>((text, index) => {
    const earlier = texts.indexOf(text);
    return earlier < index ? [[index, earlier]] : [];
  });
}

/** Keys that came in the clear could be anybody's. */
function isKeySetUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return (
    protocol === "https:" || (protocol === "http:" && isLoopback(hostname))
  );
}

function isPublicKey(pem: string): boolean {
  if (!pem.includes("PUBLIC KEY")) return false;
  try {
    return createPublicKey(pem).type === "public";
  } catch {
    return false;
  }
}

/** Whether only this machine itself can reach a host. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/.test(host);
}

const maxShutdownDelayMs = 7_000;

/**
 * How long what is in flight may take to end, once no more is taken: a delay
 * before that counts, since whoever stops the process waits ten seconds.
 */
export function shutdownGraceMs(shutdownDelayMs: number): number {
  return Math.min(8_000, 9_000 - shutdownDelayMs);
}

/** The part of the file that is the same for all platforms. */
export const serverSettings = z.strictObject({
  host: z.string().min(1).default("127.0.0.1"),
  port: whole(0, 65_535, "a port").default(4_000),
  auth: auth.optional(),
  operationTimeoutMs: whole(100, 120_000).default(10_000),
  shutdownDelayMs: whole(0, maxShutdownDelayMs).default(0),
  maxOperations: whole(1, 10_000).default(200),
  coalesce: z.boolean("expected true or false").default(true),
  explorer: z.boolean("expected true or false").default(true),
  logOperations: z.boolean("expected true or false").default(true),
  introspection: z.boolean("expected true or false").default(true),
  limits: z
    .strictObject({
      maxTokens: whole(100, 100_000).default(10_000),
      maxDepth: whole(1, 100).default(10),
      maxSelections: whole(10, 100_000).default(2_000),
      maxRepetitions: whole(1, 10_000).default(100),
      maxAliases: whole(0, 10_000).default(100),
      maxRootFields: whole(1, 10_000).default(100),
      maxDirectives: whole(0, 10_000).default(100),
      maxIds: whole(1, 100_000).default(1_000),
      maxAnswerFields: whole(100, 100_000_000).default(500_000),
      maxUpstreamRequests: whole(1, 100_000).default(600),
    })
    .prefault({}),
});

/** What every store may say, whatever its platform; defaults are the platform's. */
export const storeLimits = z.strictObject({
  timeoutMs: whole(100, 120_000).optional(),
  maxConcurrency: whole(1, 100).optional(),
  retry: z.strictObject({ attempts: whole(1, 5).optional() }).optional(),
  quota: z
    .strictObject({
      share: part.optional(),
      enforce: z
        .enum(["always", "afterRefusal"], "expected always or afterRefusal")
        .optional(),
    })
    .optional(),
  circuitBreaker: z
    .strictObject({
      failureRate: part.optional(),
      minimumCalls: whole(1, 1_000).optional(),
      windowMs: whole(1_000, 600_000).optional(),
      openMs: whole(100, 600_000).optional(),
    })
    .optional(),
  cache: z
    .strictObject({
      groupsTtlMs: whole(0, 86_400_000).optional(),
      customersTtlMs: whole(0, 86_400_000).optional(),
      maxBytes: whole(1_048_576, 1_073_741_824).optional(),
    })
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
