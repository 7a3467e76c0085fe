import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { print } from "graphql";
import { VipGroupDocument } from "./gql/graphql";
import { type RunningProgram, run, runNpmStart } from "./support/process";

const running: RunningProgram[] = [];

function start(
  script: string,
  environment: Readonly<Record<string, string>>,
): RunningProgram {
  const program = run(script, environment);
  running.push(program);
  return program;
}

async function urlOf(program: RunningProgram): Promise<string> {
  const [, url = ""] = await program.waitFor(
    /listening on (http:\/\/[^\s"]+\/graphql)/,
  );
  return url;
}

function configuration(text: string, name = "clientele.yaml"): string {
  const file = join(mkdtempSync(join(tmpdir(), "clientele-")), name);
  writeFileSync(file, text);
  return file;
}

/** What it said, without the lines of its log. */
function problemOf(program: RunningProgram): string {
  const lines = program.output().trim().split("\n");
  return lines.filter((line) => !line.startsWith("{")).join("\n");
}

async function post(url: string, query: string, variables?: unknown) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as {
    data: unknown;
    errors?: readonly { extensions: { code: string } }[];
  };
}

describe("the process", () => {
  afterEach(async () => {
    for (const program of running.splice(0)) {
      program.child.kill("SIGKILL");
      await program.ended;
    }
  });

  it("serves the sandbox without a configuration", async () => {
    const url = await urlOf(start("main.js", { PORT: "0" }));
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/graphql$/);
    const answer = await post(url, print(VipGroupDocument), {
      id: "gid://clientele/CustomerGroup/commerce-layer-demo/xYZkjABcde",
    });
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toMatchObject({
      customerGroup: {
        name: "VIP",
        createdAt: "2018-01-01T12:00:00.000Z",
        reference: "ANY-EXTERNAL-REFEFERNCE",
        metadata: { foo: "bar" },
        mode: "TEST",
      },
    });
    const { customers } = (
      answer.data as {
        customerGroup: {
          customers: { totalCount: number; nodes: { email: string }[] };
        };
      }
    ).customerGroup;
    expect(customers.nodes).toContainEqual({
      email: "john@example.com",
      customerGroup: { name: "VIP" },
    });
  });

  it("answers health, readiness and metrics", async () => {
    const url = await urlOf(start("main.js", { PORT: "0" }));
    for (const [path, type] of [
      ["/healthz", "text/plain"],
      ["/readyz", "text/plain"],
      ["/metrics", "text/plain"],
    ] as const) {
      const response = await fetch(new URL(path, url));
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toContain(type);
    }
    const missing = await fetch(new URL("/nothing", url));
    expect(missing.status).toBe(404);
  });

  it.each(["SIGTERM", "SIGINT"] as const)(
    "ends with code 0 on %s",
    async (signal) => {
      const program = start("main.js", { PORT: "0" });
      const url = await urlOf(program);
      await post(url, "{ stores { key } }");
      program.child.kill(signal);
      program.child.kill(signal);
      expect(await program.ended).toBe(0);
    },
  );

  it("ends with code 0 when npm is told to", async () => {
    const program = runNpmStart({ PORT: "0" });
    running.push(program);
    await urlOf(program);
    program.child.kill("SIGTERM");
    expect(await program.ended).toBe(0);
    expect(program.output()).toContain("SIGTERM: answering what is in flight");
  });

  it("answers what is in flight before it ends", async () => {
    const slow = createServer((_, response) => {
      setTimeout(() => {
        response.writeHead(200, { "content-type": "application/vnd.api+json" });
        response.end(
          JSON.stringify({
            data: [],
            meta: { record_count: 0, page_count: 0 },
          }),
        );
      }, 400);
    });
    await new Promise<void>((done) => {
      slow.listen(0, "127.0.0.1", done);
    });
    const { port } = slow.address() as AddressInfo;
    const file = configuration(`
server: { auth: { mode: none } }
stores:
  - key: slow
    platform: commerce-layer
    baseUrl: http://127.0.0.1:${port}
    credentials: { accessToken: token }
`);
    const program = start("main.js", { PORT: "0", CLIENTELE_CONFIG: file });
    const url = await urlOf(program);
    const answer = post(url, "{ customers { totalCount nodes { email } } }");
    const asked = new Promise((done) => slow.once("request", done));
    await asked;
    program.child.kill("SIGTERM");
    await program.waitFor(/SIGTERM/);
    await expect(fetch(new URL("/readyz", url))).rejects.toThrow();
    expect(await answer).toEqual({
      data: { customers: { totalCount: 0, nodes: [] } },
    });
    expect(await program.ended).toBe(0);
    slow.close();
  });

  it("says every problem of a configuration at once", async () => {
    const file = configuration(`
server: { port: 99999 }
stores:
  - key: Bad Key
    platform: commerce-layer
    baseUrl: http://shop.example.com
    credentials: { clientId: "\${NOT_SET}", clientSecret: canary-secret }
  - key: b
    platform: nonsense
`);
    const program = start("main.js", { CLIENTELE_CONFIG: file });
    expect(await program.ended).toBe(78);
    const output = program.output();
    for (const path of [
      "server.port",
      "server.auth",
      "stores[0].key",
      "stores[0].baseUrl",
      "stores[0].credentials.clientId",
      "stores[1].platform",
    ]) {
      expect(output).toContain(`  ${path}: `);
    }
    expect(output).not.toContain("canary");
  });

  it("says a single problem in one line", async () => {
    const file = configuration(`
server: { auth: { mode: none } }
stores:
  - key: acme
    platform: ecwid
    storeId: 1003
    credentials: { accessToken: "\${NOT_SET}" }
`);
    const program = start("main.js", { CLIENTELE_CONFIG: file });
    expect(await program.ended).toBe(78);
    expect(program.output()).toBe(
      `${file}: stores[0].credentials.accessToken: environment variable NOT_SET is not set\n`,
    );
  });

  it.each([
    ["/nowhere.yaml", "/nowhere.yaml: cannot be read (ENOENT)\n"],
    [
      "",
      "CLIENTELE_CONFIG is empty: name a file, or unset it to serve the sandbox.\n",
    ],
    [
      " ",
      "CLIENTELE_CONFIG is empty: name a file, or unset it to serve the sandbox.\n",
    ],
  ])("says when there is no such file as %j", async (file, expected) => {
    const program = start("main.js", { CLIENTELE_CONFIG: file });
    expect(await program.ended).toBe(78);
    expect(program.output()).toBe(expected);
  });

  it("says in one line that a port is taken", async () => {
    const other = createServer();
    await new Promise<void>((done) => {
      other.listen(0, "127.0.0.1", done);
    });
    const { port } = other.address() as AddressInfo;
    const program = start("main.js", { PORT: String(port) });
    expect(await program.ended).toBe(1);
    expect(problemOf(program)).toBe(
      "The port cannot be used (EADDRINUSE): set PORT or server.port to another one.",
    );
    other.close();
  });

  it.each([
    // Of documentation (RFC 5737): no machine has it.
    ["192.0.2.1", "EADDRNOTAVAIL"],
    ["nowhere.invalid", "ENOTFOUND|EAI_AGAIN"],
  ])("says in one line that it cannot listen at %s", async (host, code) => {
    const program = start("main.js", { HOST: host, PORT: "0" });
    expect(await program.ended).toBe(1);
    expect(problemOf(program)).toMatch(
      new RegExp(
        `^The host cannot be listened at \\((${code})\\): set HOST or server\\.host to an address of this machine\\.$`,
      ),
    );
  });

  it("refuses to trust just anybody over TLS (U22)", async () => {
    const program = start("main.js", {
      PORT: "0",
      NODE_TLS_REJECT_UNAUTHORIZED: "0",
    });
    expect(await program.ended).toBe(78);
    expect(program.output()).toMatch(
      /^NODE_TLS_REJECT_UNAUTHORIZED=0 .*unset it.*\n$/,
    );
  });

  it("starts while its store is down", async () => {
    const file = configuration(
      JSON.stringify({
        server: { auth: { mode: "none" } },
        stores: [
          {
            key: "down",
            platform: "commerce-layer",
            baseUrl: "http://127.0.0.1:1",
            credentials: { accessToken: "token" },
          },
        ],
      }),
      "clientele.json",
    );
    const url = await urlOf(
      start("main.js", { PORT: "0", CLIENTELE_CONFIG: file }),
    );
    expect(
      await post(url, "{ stores { key customers(first: 1) { totalCount } } }"),
    ).toMatchObject({
      data: { stores: [{ key: "down", customers: null }] },
      errors: [{ extensions: { code: "PLATFORM_UNAVAILABLE" } }],
    });
  });

  it("runs the sandbox alone", async () => {
    const program = start("run-sandbox.js", {});
    const [, origin = ""] = await program.waitFor(
      /commerce-layer-demo listens at (\S+)\n/,
    );
    await program.waitFor(/clientSecret: \S+\n/);
    const token = await fetch(`${origin}/oauth/token`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        grant_type: "client_credentials",
        client_id: "sandbox-client",
        client_secret: "sandbox-secret",
      }),
    });
    expect(token.status).toBe(200);
    program.child.kill("SIGTERM");
    expect(await program.ended).toBe(0);
  });

  it("prints the schema that is committed", async () => {
    const program = start("print-schema.js", {});
    expect(await program.ended).toBe(0);
    expect(program.output()).toBe(
      readFileSync(resolve(__dirname, "../schema.graphql"), "utf8"),
    );
  });
});
