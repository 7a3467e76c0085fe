import { execFile as execFileWithCallback } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { platforms } from "../src/platforms/registry";
import { type Sandbox, startSandbox } from "../src/sandbox/start";
import { type Clientele, dataOf, startClientele } from "./support/clientele";

const execFile = promisify(execFileWithCallback);
const root = resolve(__dirname, "..");
const page = join(root, "docs/frontend.md");
const text = readFileSync(page, "utf8");

function blocks(language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "gm");
  return [...text.matchAll(fence)].map(([, block = ""]) => block);
}

describe("docs for frontend developers", () => {
  it("point to files that are there", () => {
    const links = [...text.matchAll(/\]\((\.\.?\/[^)#]+)/g)].map(
      ([, link = ""]) => link,
    );
    expect(links.length).toBeGreaterThan(5);
    expect(
      links.filter((link) => !existsSync(resolve(dirname(page), link))),
    ).toEqual([]);
  });

  it("show the examples' code as it is", () => {
    const shown = [
      ...text.matchAll(
        /^\[`(examples\/[^`]+)`\]\([^)]+\):\n\n```\w+\n([^]*?)^```$/gm,
      ),
    ].map(([, file = "", code]) => ({ file, code }));
    expect(shown.map(({ file }) => file)).toEqual([
      "examples/caches/src/create-apollo-client.ts",
      "examples/caches/src/create-urql-client.ts",
      "examples/relay/relay.config.json",
      "examples/relay/src/create-environment.ts",
    ]);
    for (const { file, code } of shown) {
      expect(code).toBe(readFileSync(join(root, file), "utf8"));
    }
    // No code of another file, which nothing would test.
    expect(blocks("ts").length + blocks("json").length).toBe(shown.length);
  });

  it("configure a generator that makes types", async () => {
    const [config = "", ...others] = blocks("yaml");
    expect(others).toEqual([]);
    const folder = mkdtempSync(join(tmpdir(), "clientele-docs-"));
    try {
      symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
      mkdirSync(join(folder, "src"));
      writeFileSync(join(folder, "codegen.yml"), config);
      writeFileSync(
        join(folder, "schema.api.graphql"),
        readFileSync(join(root, "schema.api.graphql")),
      );
      writeFileSync(
        join(folder, "src/page.ts"),
        `import { graphql } from "./gql";
        graphql(\`query Page($id: ID!) { customer(id: $id) { createdAt } }\`);`,
      );
      await execFile(
        process.execPath,
        [join(root, "node_modules/.bin/graphql-codegen")],
        { cwd: folder },
      );
      const types = readFileSync(join(folder, "src/gql/graphql.ts"), "utf8");
      expect(types).toMatch(/createdAt\??: string \| null/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);

  describe("ask", () => {
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

    it.each(blocks("graphql"))("what is answered: %#", async (query) => {
      const data = dataOf(await clientele.send(query));
      expect(Object.values(data as object)).not.toContain(null);
    });

    it("more than one operation", () => {
      expect(blocks("graphql").length).toBeGreaterThan(1);
    });
  });
});
