import { readFileSync } from "node:fs";
import { type Document, parseDocument } from "yaml";
import type { z } from "zod";
import type { UpstreamLimits } from "../http/upstream-limits";
import type { Platform } from "../platforms/platform";
import {
  type Config,
  type ServerConfig,
  type StoreConfig,
  isLoopback,
  serverSettings,
  storeIdentity,
  storeLimits,
} from "./config";
import { interpolate } from "./interpolate";
import { ConfigurationError, type Problem, toPath } from "./problems";

type Environment = Readonly<Record<string, string | undefined>>;

export interface LoadOptions {
  readonly environment: Environment;
  readonly platforms: readonly Platform[];
}

/**
 * Reads a configuration file in YAML or JSON.
 *
 * @throws ConfigurationError with every problem of the file at once; its
 *   message repeats no value of the file.
 */
export function loadConfig(file: string, options: LoadOptions): Config {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new ConfigurationError(file, [
      {
        path: "",
        message: `cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown reason"})`,
      },
    ]);
  }
  return parseConfig(text, file, options);
}

/** As {@link loadConfig}, for a text. */
export function parseConfig(
  text: string,
  file: string,
  options: LoadOptions,
): Config {
  // Its warnings quote the file too.
  const document = parseDocument(text, { logLevel: "error" });
  if (document.errors.length > 0) {
    // The parser's messages quote the file, and the file may hold secrets.
    throw new ConfigurationError(
      file,
      unique(
        document.errors.map(({ code, linePos }) => ({
          path: "",
          message: `is no correct YAML or JSON at line ${linePos?.[0].line ?? 1} (${code})`,
        })),
      ),
    );
  }
  return checkConfig(toValue(document, file), file, options);
}

function toValue(document: Document, file: string): unknown {
  try {
    const value: unknown = document.toJS();
    // Fails for an alias that holds itself.
    JSON.stringify(value);
    return value;
  } catch {
    throw new ConfigurationError(file, [
      {
        path: "",
        message:
          "has an alias (*name) that is unknown, holds itself or repeats too much; a text that begins with * needs quotes",
      },
    ]);
  }
}

/** As {@link loadConfig}, for a value that was read already. */
export function checkConfig(
  source: unknown,
  file: string,
  options: LoadOptions,
): Config {
  const problems: Problem[] = [];
  const value = interpolate(source, options.environment, problems);
  if (!isObject(value)) {
    throw new ConfigurationError(file, [
      { path: "", message: "expected server and stores" },
    ]);
  }
  for (const key of Object.keys(value)) {
    if (key !== "server" && key !== "stores") {
      problems.push({
        path: key,
        message: "is unknown; expected server and stores",
      });
    }
  }
  const server = checkServer(value["server"], options.environment, problems);
  const stores = checkStores(value["stores"], options.platforms, problems);
  checkAccess(value, options.environment, problems);
  if (problems.length > 0 || !server) {
    throw new ConfigurationError(file, unique(problems));
  }
  return { server, stores };
}

function checkServer(
  value: unknown,
  environment: Environment,
  problems: Problem[],
): ServerConfig | undefined {
  const settings = isObject(value) ? value : (value ?? {});
  const overridden = isObject(settings)
    ? {
        ...settings,
        ...(environment["PORT"] ? { port: environment["PORT"] } : {}),
        ...(environment["HOST"] ? { host: environment["HOST"] } : {}),
      }
    : settings;
  const result = serverSettings.safeParse(overridden);
  if (!result.success) {
    problems.push(...toProblems(result.error, ["server"]));
    return undefined;
  }
  const { auth, ...rest } = result.data;
  return { ...rest, auth: auth ?? { mode: "none", allowAnonymous: false } };
}

function checkStores(
  value: unknown,
  platforms: readonly Platform[],
  problems: Problem[],
): StoreConfig[] {
  if (!Array.isArray(value) || value.length === 0) {
    problems.push({
      path: "stores",
      message: "expected a list of at least one store",
    });
    return [];
  }
  const keys = new Map<string, number>();
  return value.flatMap((entry: unknown, index) => {
    const path = ["stores", index];
    if (!isObject(entry)) {
      problems.push({ path: toPath(path), message: "expected a store" });
      return [];
    }
    const key = entry["key"];
    const earlier = typeof key === "string" ? keys.get(key) : undefined;
    if (earlier !== undefined) {
      problems.push({
        path: toPath([...path, "key"]),
        message: `is the key of stores[${earlier}] already; keys are unique`,
      });
    } else if (typeof key === "string") {
      keys.set(key, index);
    }
    return checkStore(entry, path, platforms, problems) ?? [];
  });
}

function checkStore(
  entry: Readonly<Record<string, unknown>>,
  path: readonly PropertyKey[],
  platforms: readonly Platform[],
  problems: Problem[],
): StoreConfig | undefined {
  const { key, platform: name, ...rest } = entry;
  const identity = storeIdentity.safeParse({ key, platform: name });
  if (!identity.success) problems.push(...toProblems(identity.error, path));
  const limits = storeLimits.safeParse(
    pick(rest, Object.keys(storeLimits.shape)),
  );
  if (!limits.success) problems.push(...toProblems(limits.error, path));
  const platform = platforms.find((candidate) => candidate.name === name);
  if (!platform) {
    if (typeof name === "string") {
      problems.push({
        path: toPath([...path, "platform"]),
        message: `expected one of ${platforms.map((known) => known.name).join(", ")}`,
      });
    }
    return undefined;
  }
  const settings = platform.settings.safeParse(
    omit(rest, Object.keys(storeLimits.shape)),
  );
  if (!settings.success) problems.push(...toProblems(settings.error, path));
  if (!identity.success || !limits.success || !settings.success)
    return undefined;
  const { timeoutMs, maxConcurrency, retry, quota, circuitBreaker, cache } =
    limits.data;
  return {
    key: identity.data.key,
    platform,
    settings: settings.data,
    limits: {
      timeoutMs: timeoutMs ?? platform.limits.timeoutMs,
      maxConcurrency: maxConcurrency ?? platform.limits.maxConcurrency,
      attempts: retry?.attempts ?? platform.limits.attempts,
      ...merged("quota", platform.limits.quota, quota),
      ...merged(
        "circuitBreaker",
        platform.limits.circuitBreaker,
        circuitBreaker,
      ),
      // Nothing is kept unless the operator says so.
      ...merged("cache", undefined, cache),
    },
  };
}

/**
 * Real customers' data is not shown to whoever can reach the address. Looks at
 * the parts that can be read even where others of the server cannot.
 */
function checkAccess(
  value: Readonly<Record<string, unknown>>,
  environment: Environment,
  problems: Problem[],
): void {
  const { stores, server: settings } = value;
  if (!Array.isArray(stores) || stores.length === 0) return;
  if (!isObject(settings) || settings["auth"] === undefined) {
    problems.push({
      path: "server.auth",
      message:
        "is required as soon as a store is configured; mode: none serves only this machine",
    });
    return;
  }
  const { shape } = serverSettings;
  const auth = shape.auth.safeParse(settings["auth"]).data;
  const host = shape.host.safeParse(
    environment["HOST"] || settings["host"],
  ).data;
  if (
    auth?.mode === "none" &&
    !auth.allowAnonymous &&
    (host === undefined || !isLoopback(host))
  ) {
    problems.push({
      path: "server.auth.mode",
      message:
        "none would show the stores' customers to whoever reaches server.host; use apiKeys or jwt, listen on 127.0.0.1, or say allowAnonymous: true",
    });
  }
  const keys = new Set(
    stores.flatMap((store) => (isObject(store) ? [store["key"]] : [])),
  );
  if (auth?.mode === "apiKeys") {
    auth.keys.forEach((apiKey, index) => {
      apiKey.stores?.forEach((store, position) => {
        if (!keys.has(store)) {
          problems.push({
            path: `server.auth.keys[${index}].stores[${position}]`,
            message: "expected the key of a store in stores",
          });
        }
      });
    });
  }
}

function toProblems(
  error: z.ZodError,
  path: readonly PropertyKey[],
): Problem[] {
  return error.issues.map((issue) => ({
    path: toPath([...path, ...issue.path]),
    message: issue.message,
  }));
}

function unique(problems: readonly Problem[]): Problem[] {
  const seen = new Map(
    problems.map((problem) => [`${problem.path} ${problem.message}`, problem]),
  );
  return [...seen.values()];
}

/** A store's own values over those of its platform; nothing when there are none. */
function merged<Name extends "quota" | "circuitBreaker" | "cache">(
  name: Name,
  ofPlatform: UpstreamLimits[Name],
  ofStore: object | undefined,
): Pick<UpstreamLimits, Name> {
  if (!ofPlatform && !ofStore) return {} as Pick<UpstreamLimits, Name>;
  // A key that is left out is no value.
  const given = Object.entries(ofStore ?? {}).filter(
    ([, value]) => value !== undefined,
  );
  return { [name]: { ...ofPlatform, ...Object.fromEntries(given) } } as Pick<
    UpstreamLimits,
    Name
  >;
}

function pick(
  value: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).filter(([key]) => keys.includes(key)),
  );
}

function omit(
  value: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).filter(([key]) => !keys.includes(key)),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
