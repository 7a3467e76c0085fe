import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { root } from "./lockfiles";
import { findSecrets } from "./secrets";

const [packed] = JSON.parse(
  execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    shell: process.platform === "win32",
  }),
) as readonly {
  readonly files: readonly { readonly path: string; readonly size: number }[];
}[];
const files = packed?.files ?? [];
const paths = files.map(({ path }) => path);

describe("the package (C10)", () => {
  it("holds what the server needs", () => {
    expect(paths).toEqual(
      expect.arrayContaining([
        "LICENSE",
        "README.md",
        "dist/main.js",
        "dist/run-sandbox.js",
        "dist/server/start-server.js",
        "package.json",
        "schema.graphql",
      ]),
    );
  });

  it("holds nothing else", () => {
    const known =
      /^(LICENSE|README\.md|package\.json|schema(\.api)?\.graphql|dist\/.+)$/;
    expect(paths.filter((path) => !known.test(path))).toEqual([]);
    expect(
      paths.filter((path) =>
        /(^|\/)\.|\.(map|ts|tsx|log|tsbuildinfo)$/.test(path),
      ),
    ).toEqual([]);
  });

  it("is small", () => {
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    expect(bytes).toBeLessThan(8 * 1024 * 1024);
  });

  it("holds no secret (S13)", () => {
    const found = paths.flatMap((path) => {
      const content = readFileSync(resolve(root, path));
      return content.includes(0)
        ? []
        : findSecrets(content.toString("utf8")).map((finding) => ({
            path,
            ...finding,
          }));
    });
    expect(found).toEqual([]);
  });
});
