import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(__dirname, "..");
const lock = JSON.parse(
  readFileSync(resolve(root, "package-lock.json"), "utf8"),
) as {
  packages: Record<
    string,
    { version?: string; integrity?: string; resolved?: string; link?: boolean }
  >;
};
const packages = Object.entries(lock.packages).filter(([path]) => path !== "");

describe("the repository", () => {
  it("locks every package by its digest", () => {
    const loose = packages.filter(
      ([, entry]) => !entry.integrity?.startsWith("sha512-") || !entry.version,
    );
    expect(loose.map(([path]) => path)).toEqual([]);
  });

  it("names no registry in the lockfile", () => {
    expect(packages.filter(([, entry]) => entry.resolved)).toEqual([]);
  });

  it("holds one version of graphql alone", () => {
    const copies = packages.filter(([path]) =>
      path.endsWith("node_modules/graphql"),
    );
    expect(copies.map(([path]) => path)).toEqual(["node_modules/graphql"]);
  });

  it("holds nothing that looks like a secret", () => {
    const files = execFileSync("git", ["ls-files"], {
      cwd: root,
      encoding: "utf8",
    })
      .split("\n")
      .filter((file) => file !== "" && file !== "package-lock.json");
    expect(files.length).toBeGreaterThan(50);
    const secrets =
      /-----BEGIN [A-Z ]*PRIVATE KEY|secret_[A-Za-z0-9]{32}|eyJ[\w-]{20,}\.eyJ[\w-]{20,}\.[\w-]{20,}/;
    const found = files.filter((file) => {
      try {
        return secrets.test(readFileSync(resolve(root, file), "utf8"));
      } catch {
        return false;
      }
    });
    expect(found).toEqual([]);
  });
});
