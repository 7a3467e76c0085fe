import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

export const root = resolve(__dirname, "../..");

/** A package as a lockfile has it. */
export interface LockedPackage {
  readonly name: string;
  /** Where npm lays it, below the lockfile's folder. */
  readonly path: string;
  readonly version: string | undefined;
  readonly integrity: string | undefined;
  readonly licence: string | undefined;
  /** Where it was fetched from; our lockfiles never say. */
  readonly resolved: string | undefined;
  readonly isDevelopment: boolean;
  readonly hasInstallScript: boolean;
  /** Versions of Node that it runs on. */
  readonly node: string;
}

/** A package.json of ours and its lockfile. */
export interface Project {
  /** Below the root; empty for the root. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly packages: readonly LockedPackage[];
}

export interface Manifest {
  readonly private?: boolean;
  readonly engines?: { readonly node?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly allowScripts?: Readonly<Record<string, boolean>>;
}

/** The files that are, or are about to be, in the repository. */
export function repositoryFiles(): string[] {
  return execFileSync(
    "git",
    ["ls-files", "--cached", "--others", "--exclude-standard"],
    { cwd: root, encoding: "utf8" },
  )
    .split("\n")
    .filter((file) => file !== "" && existsSync(resolve(root, file)));
}

/** Every package.json of ours with what it locks, the root's first. */
export function readProjects(): Project[] {
  return repositoryFiles()
    .filter((file) => /(^|\/)package-lock\.json$/.test(file))
    .map((file) => (dirname(file) === "." ? "" : dirname(file)))
    .sort()
    .map((folder) => ({
      folder,
      manifest: readJson(resolve(root, folder, "package.json")) as Manifest,
      packages: readLockfile(resolve(root, folder, "package-lock.json")),
    }));
}

interface LockfileEntry {
  /** Where the path has another: an alias. */
  readonly name?: string;
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly resolved?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly engines?: { readonly node?: string };
}

function readLockfile(file: string): LockedPackage[] {
  const { packages } = readJson(file) as {
    readonly packages: Readonly<Record<string, LockfileEntry>>;
  };
  return Object.entries(packages)
    .filter(([path]) => path !== "")
    .map(([path, entry]) => ({
      name:
        entry.name ??
        path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length),
      path,
      version: entry.version,
      integrity: entry.integrity,
      licence: entry.license,
      resolved: entry.resolved,
      isDevelopment: entry.dev ?? false,
      hasInstallScript: entry.hasInstallScript ?? false,
      node: entry.engines?.node ?? "*",
    }));
}

export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** A package for people to read: `test/browser: playwright-core@1.64.1`. */
export function describePackage(
  { folder }: Project,
  { path, version }: LockedPackage,
): string {
  const where = path.replaceAll("node_modules/", "");
  return `${folder === "" ? "" : `${folder}: `}${where}@${version}`;
}
