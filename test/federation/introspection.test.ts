import {
  execFile as execFileWithCallback,
  exec as execWithCallback,
} from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { buildSubgraphSchema } from "@apollo/subgraph";
import {
  type IntrospectionOptions,
  type IntrospectionQuery,
  buildClientSchema,
  getIntrospectionQuery,
  introspectionFromSchema,
  lexicographicSortSchema,
  parse,
  printSchema,
} from "graphql";
import { scripts } from "../../package.json";
import { toApiSdl } from "../../src/graph/api-sdl";
import {
  type EcwidSandboxServer,
  startEcwidSandbox,
} from "../../src/sandbox/ecwid";
import { type Clientele, dataOf, startClientele } from "../support/clientele";

const execFile = promisify(execFileWithCallback);
const exec = promisify(execWithCallback);

/** Not spawnSync, which would hold up the server: it runs in this process. */
function runNode(args: readonly string[], cwd: string) {
  return execFile(process.execPath, args, {
    cwd,
    maxBuffer: 16 * 1024 * 1024,
  });
}

const root = resolve(__dirname, "../..");
const committed = readFileSync(join(root, "schema.graphql"), "utf8");
/** The schema that the committed file says, made without the server's code. */
const written = buildSubgraphSchema({ typeDefs: parse(committed) });

/** What `rover subgraph introspect` sends. */
const roverSubgraph = {
  variables: null,
  query: `query SubgraphIntrospectQuery {
    # eslint-disable-next-line
    _service {
        sdl
    }
}`,
  operationName: "SubgraphIntrospectQuery",
};

/** What `rover graph introspect` asks for: all but what came after 2018. */
const roverOptions: IntrospectionOptions = {
  descriptions: true,
  inputValueDeprecation: true,
  specifiedByUrl: false,
  directiveIsRepeatable: false,
  schemaDescription: false,
};
const roverGraph = {
  variables: null,
  query: getIntrospectionQuery(roverOptions).replace(
    "IntrospectionQuery",
    "GraphIntrospectQuery",
  ),
  operationName: "GraphIntrospectQuery",
};
const roverHeaders = {
  accept: "*/*",
  "accept-encoding": "gzip, br",
  "content-type": "application/json",
  "user-agent": "rover/0.36.2",
};

function print(data: IntrospectionQuery): string {
  return printSchema(lexicographicSortSchema(buildClientSchema(data)));
}

describe("introspection", () => {
  let sandbox: EcwidSandboxServer;
  let clientele: Clientele;

  beforeAll(async () => {
    sandbox = await startEcwidSandbox();
    clientele = await startClientele([{ server: sandbox }]);
  });
  afterAll(async () => {
    await clientele.stop();
    await sandbox.close();
  });
  afterEach(() => {
    expect(sandbox.journal.entries()).toEqual([]);
  });

  const post = async (
    body: object,
    headers: Readonly<Record<string, string>> = roverHeaders,
  ) => {
    const response = await fetch(clientele.url, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    const answer: any = await response.json();
    expect([response.status, answer.errors]).toEqual([200, undefined]);
    return { data: answer.data, type: response.headers.get("content-type") };
  };

  describe("of the subgraph", () => {
    it("gives rover the committed schema, each time", async () => {
      for (let time = 0; time < 2; time += 1) {
        const { data } = await post(roverSubgraph);
        expect(data).toEqual({ _service: { sdl: committed } });
      }
    });

    it("gives what npm run schema prints and writes", async () => {
      const { data } = await post(roverSubgraph);
      const { sdl } = data._service;
      const folder = mkdtempSync(join(tmpdir(), "clientele-schema-"));
      try {
        // The script itself, on the build that the tests run on.
        const build = "npm run --silent build && ";
        expect(scripts.schema.startsWith(build)).toBe(true);
        const command = scripts.schema
          .slice(build.length)
          .replace("dist/", `${join(root, "dist")}/`);
        const { stdout } = await exec(command, { cwd: folder });
        expect(stdout).toBe(sdl);
        expect(
          ["schema.graphql", "schema.api.graphql"].map((file) =>
            readFileSync(join(folder, file), "utf8"),
          ),
        ).toEqual([sdl, toApiSdl(sdl)]);
      } finally {
        rmSync(folder, { recursive: true });
      }
    }, 60_000);
  });

  it("switched off still lets gateways compose", async () => {
    const quiet = await startClientele([{ server: sandbox }], {
      introspection: false,
    });
    try {
      const { data } = await quiet.send("{ _service { sdl } }");
      expect(data).toEqual({ _service: { sdl: committed } });
      const refused = await quiet.send("{ __schema { types { name } } }");
      expect([refused.status, refused.data]).toEqual([400, undefined]);
    } finally {
      await quiet.stop();
    }
  });

  describe("of the graph", () => {
    it("gives rover a schema that is whole", async () => {
      expect(roverGraph.query).toContain("query GraphIntrospectQuery {");
      const { data } = await post(roverGraph);
      expect(print(data)).toBe(
        print(introspectionFromSchema(written, roverOptions)),
      );
    });

    it("tells tools what the printed schema says", async () => {
      const query = getIntrospectionQuery({
        specifiedByUrl: true,
        directiveIsRepeatable: true,
        schemaDescription: true,
        inputValueDeprecation: true,
        oneOf: true,
      });
      const { data } = await post({ query });
      expect(print(data)).toBe(printSchema(lexicographicSortSchema(written)));
    });

    it.each<[string, IntrospectionOptions]>([
      ["nothing beside the structure", { descriptions: false }],
      ["descriptions alone", { descriptions: true }],
      ["the schema's own description", { schemaDescription: true }],
      ["where scalars are specified", { specifiedByUrl: true }],
      ["which directives repeat", { directiveIsRepeatable: true }],
      ["which arguments are deprecated", { inputValueDeprecation: true }],
      ["which inputs take one field", { oneOf: true }],
    ])("answers tools that ask for %s", async (_what, options) => {
      const { data } = await post({ query: getIntrospectionQuery(options) });
      const sorted = (introspection: IntrospectionQuery) => ({
        types: sort(introspection.__schema.types),
        directives: sort(introspection.__schema.directives),
      });
      expect(sorted(data)).toEqual(
        sorted(
          introspectionFromSchema(written, {
            // What this library asks for by itself.
            descriptions: true,
            specifiedByUrl: false,
            directiveIsRepeatable: false,
            schemaDescription: false,
            inputValueDeprecation: false,
            experimentalDirectiveDeprecation: false,
            oneOf: false,
            ...options,
          }),
        ),
      );
    });

    it("answers a GET that is no form of a browser", async () => {
      const url = new URL(clientele.url);
      url.searchParams.set("query", getIntrospectionQuery());
      const asked = await fetch(url, {
        headers: { "apollo-require-preflight": "true", accept: "*/*" },
      });
      expect(asked.status).toBe(200);
      const { data } = (await asked.json()) as { data: IntrospectionQuery };
      expect(print(data)).toBe(
        print(
          introspectionFromSchema(written, {
            specifiedByUrl: false,
            directiveIsRepeatable: false,
            schemaDescription: false,
            inputValueDeprecation: false,
            oneOf: false,
          }),
        ),
      );
      // Any page of the web could make its visitor's browser send this one.
      const simple = await fetch(url, { headers: { accept: "*/*" } });
      expect(simple.status).toBe(400);
    });

    it.each([
      ["application/json", "application/json; charset=utf-8"],
      ["application/json; charset=utf-8", "application/json; charset=utf-8"],
      ["*/*", "application/json; charset=utf-8"],
      [
        "application/graphql-response+json",
        "application/graphql-response+json; charset=utf-8",
      ],
      [
        "application/graphql-response+json, application/json;q=0.9",
        "application/graphql-response+json; charset=utf-8",
      ],
      [
        "application/json, multipart/mixed, */*;q=0.1",
        "application/json; charset=utf-8",
      ],
    ])("answers who accepts %s with it", async (accept, type) => {
      const answer = await post(
        { query: getIntrospectionQuery() },
        { "content-type": "application/json", accept },
      );
      expect(answer.type).toBe(type);
      expect(answer.data.__schema.queryType.name).toBe("Query");
    });
  });

  it("makes the same types over HTTP", async () => {
    const config = readFileSync(join(root, "codegen.yml"), "utf8");
    const overHttp = config
      .replace(/^schema: .*$/m, `schema: ${clientele.url}`)
      // The scalars of federation are told too, and nothing uses them.
      .replace("strictScalars: true", "strictScalars: false");
    expect(overHttp).toContain(clientele.url);
    expect(overHttp).toContain("strictScalars: false");
    const folder = mkdtempSync(join(tmpdir(), "clientele-codegen-"));
    const file = join(folder, "codegen.yml");
    writeFileSync(file, overHttp);
    try {
      // Fails when a file would change.
      const codegen = join(root, "node_modules/.bin/graphql-codegen");
      const { stderr } = await runNode(
        [codegen, "--config", file, "--check"],
        root,
      );
      expect(stderr).toBe("");
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);
});

describe("introspection of a server with keys", () => {
  let sandbox: EcwidSandboxServer;
  let clientele: Clientele;

  beforeAll(async () => {
    sandbox = await startEcwidSandbox();
    clientele = await startClientele([{ server: sandbox }], {
      auth: {
        mode: "apiKeys",
        keys: [
          {
            name: "tools",
            sha256: createHash("sha256").update("key-of-tools").digest("hex"),
            scopes: [],
          },
        ],
      },
    });
  });
  afterAll(async () => {
    await clientele.stop();
    await sandbox.close();
  });

  it("asks for a key and for no scope", async () => {
    const query = roverSubgraph.query;
    expect((await clientele.send(query)).status).toBe(401);
    const authorization = "Bearer key-of-tools";
    expect(dataOf(await clientele.send(query, {}, { authorization }))).toEqual({
      _service: { sdl: committed },
    });
  });
});

function sort<Named extends { readonly name: string }>(
  all: readonly Named[],
): Named[] {
  return [...all].sort((a, b) => (a.name < b.name ? -1 : 1));
}
