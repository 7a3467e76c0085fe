import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseConfig } from "../src/config/load-config";
import { platforms } from "../src/platforms/registry";
import { type Sandbox, startSandbox } from "../src/sandbox/start";
import { type Clientele, dataOf, startClientele } from "./support/clientele";

const root = resolve(__dirname, "..");

interface Example {
  readonly file: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const listed = JSON.parse(
  readFileSync(join(root, "examples/examples.json"), "utf8"),
) as Example[];

describe("examples", () => {
  let sandbox: Sandbox;
  let clientele: Clientele;

  beforeAll(async () => {
    const rooms = platforms.map(({ sandbox: room }) => room!());
    sandbox = await startSandbox({ rooms: await Promise.all(rooms) });
    clientele = await startClientele(
      sandbox.servers.map((server) => ({ server })),
    );
  });
  afterAll(async () => {
    await clientele.stop();
    await sandbox.close();
  });

  it("are all listed for the explorer", () => {
    expect(listed.map(({ file }) => file).sort()).toEqual(
      readdirSync(join(root, "examples"))
        .filter((file) => file.endsWith(".graphql"))
        .sort(),
    );
  });

  it.each(listed)(
    "answers $file without an error",
    async ({ file, variables }) => {
      const data = dataOf(
        await clientele.send(
          readFileSync(join(root, "examples", file), "utf8"),
          variables,
        ),
      ) as Record<string, unknown>;
      expect(Object.values(data)).not.toContain(null);
    },
  );

  it("include a configuration that is accepted", () => {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    const [, yaml = ""] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
    const config = parseConfig(yaml, "README.md", {
      platforms,
      environment: {
        STOREFRONT_KEY_SHA256: "a".repeat(64),
        CL_CLIENT_ID: "id",
        CL_CLIENT_SECRET: "secret",
        BC_ACCESS_TOKEN: "token",
        ECWID_TOKEN: "token",
      },
    });
    expect(config.stores.map(({ platform }) => platform.name)).toEqual(
      platforms.map(({ name }) => name),
    );
  });

  describe("in the README", () => {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    const blocks = [
      ...readme.matchAll(
        /```graphql\n([\s\S]*?)```(?:\s*```json\n([\s\S]*?)```)?/g,
      ),
    ].map(([, query = "", answer]) => [query.trim(), answer] as const);

    it("are some", () => {
      expect(blocks.length).toBeGreaterThanOrEqual(3);
      expect(blocks.some(([, answer]) => answer !== undefined)).toBe(true);
    });

    it.each(blocks)("is answered as it says: %s", async (query, answer) => {
      const answered = await clientele.send(query);
      expect(answered.errors).toBeUndefined();
      if (answer !== undefined) {
        expect({ data: answered.data }).toEqual(JSON.parse(answer));
      }
    });
  });
});

describe("typed documents", () => {
  it("are generated from the operations as they are", () => {
    const checked = spawnSync(
      process.execPath,
      [
        join(root, "node_modules/.bin/graphql-codegen"),
        "--config",
        "codegen.yml",
        "--check",
      ],
      { cwd: root, encoding: "utf8" },
    );
    expect([checked.status, checked.status ? checked.stdout : ""]).toEqual([
      0,
      "",
    ]);
  }, 60_000);
});
