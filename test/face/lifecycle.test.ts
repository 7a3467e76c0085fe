import { mkdtempSync, writeFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type CommerceLayerSandboxServer,
  commerceLayerSandbox,
} from "../../src/sandbox/commerce-layer";
import { type RunningProgram, run } from "../support/process";

/** Starting, stopping and dying of the built process. */
describe("the lifecycle", () => {
  let sandbox: CommerceLayerSandboxServer;
  const folder = mkdtempSync(join(tmpdir(), "clientele-lifecycle-"));
  const running: RunningProgram[] = [];

  beforeAll(async () => {
    sandbox = (await commerceLayerSandbox.start(
      {},
    )) as CommerceLayerSandboxServer;
  });
  afterAll(async () => {
    await sandbox.close();
  });
  beforeEach(() => {
    sandbox.faults.clear();
    sandbox.journal.clear();
  });
  afterEach(async () => {
    for (const program of running.splice(0)) {
      program.child.kill("SIGKILL");
      await program.ended;
    }
  });

  const start = async (
    server: Readonly<Record<string, unknown>> = {},
    environment: Readonly<Record<string, string>> = {},
  ) => {
    const file = join(folder, `${running.length}-${Date.now()}.json`);
    writeFileSync(
      file,
      JSON.stringify({
        server: { auth: { mode: "none" }, port: 0, ...server },
        stores: [
          {
            key: "acme",
            platform: sandbox.platform,
            ...sandbox.storeSettings,
            timeoutMs: 20_000,
            maxConcurrency: 100,
            quota: { enforce: "afterRefusal" },
          },
        ],
      }),
    );
    const program = run("main.js", { CLIENTELE_CONFIG: file, ...environment });
    running.push(program);
    const [, url = ""] = await program.waitFor(
      /listening on (http:\/\/[^\s"]+\/graphql)/,
    );
    return { program, url };
  };
  const ask = async (url: string, index = 0) => {
    const { id, name } = sandbox.data.customerGroups[index]!;
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        query: `{ customerGroup(id: "gid://clientele/CustomerGroup/acme/${id}") { name } }`,
      }),
    });
    const answer: unknown = await response.json();
    return { status: response.status, answer, name };
  };
  const statusOf = (url: string, agent?: Agent) =>
    new Promise<number>((resolve, reject) => {
      get(new URL("/readyz", url), { agent }, (response) => {
        response.resume();
        resolve(response.statusCode!);
      }).once("error", reject);
    });
  const arrived = async (count: number) => {
    while (sandbox.journal.requests("api").length < count) await pause(10);
  };

  it("L1 answers fifty running operations before it ends", async () => {
    const { program, url } = await start({ shutdownDelayMs: 300 });
    sandbox.faults.add({ when: { kind: "api" }, delayMs: 1_500 });
    const count = Math.min(50, sandbox.data.customerGroups.length);
    const operations = Array.from({ length: count }, (_, index) =>
      ask(url, index),
    );
    await arrived(count);
    program.child.kill("SIGTERM");
    await program.waitFor(/SIGTERM: answering/);
    expect(await statusOf(url)).toBe(503);
    for (const { status, answer, name } of await Promise.all(operations)) {
      expect(status).toBe(200);
      expect(answer).toEqual({ data: { customerGroup: { name } } });
    }
    expect(await program.ended).toBe(0);
  }, 30_000);

  it("L2 fails no request of a readiness-aware client", async () => {
    const { program, url } = await start({ shutdownDelayMs: 1_000 });
    let answered = 0;
    let isReady = true;
    const client = async () => {
      while (isReady) {
        const { status, answer } = await ask(url);
        expect(status).toBe(200);
        expect(answer).not.toHaveProperty("errors");
        answered += 1;
      }
    };
    const clients = [client(), client(), client(), client()];
    await pause(300);
    program.child.kill("SIGTERM");
    while ((await statusOf(url)) === 200) await pause(20);
    isReady = false;
    await Promise.all(clients);
    expect(answered).toBeGreaterThan(10);
    expect(await program.ended).toBe(0);
  }, 30_000);

  // The delay counts in the ten seconds: whoever stops it does not wait longer.
  it.each([0, 5_000])(
    "L3 cuts an operation longer than the grace, after a delay of %i ms",
    async (shutdownDelayMs) => {
      const { program, url } = await start({
        operationTimeoutMs: 30_000,
        shutdownDelayMs,
      });
      sandbox.faults.add({ when: { kind: "api" }, hang: true });
      const operation = ask(url).then(
        ({ answer }) => answer,
        () => "cut",
      );
      await arrived(1);
      const toldAt = performance.now();
      program.child.kill("SIGTERM");
      expect(await program.ended).toBe(0);
      expect(performance.now() - toldAt).toBeLessThan(10_000);
      expect(await operation).toBe("cut");
    },
    30_000,
  );

  it("L4 ends once for several signals", async () => {
    const { program, url } = await start();
    sandbox.faults.add({ when: { kind: "api" }, delayMs: 800 });
    const operation = ask(url);
    await arrived(1);
    for (const signal of ["SIGTERM", "SIGTERM", "SIGINT"] as const) {
      program.child.kill(signal);
      await pause(50);
    }
    expect((await operation).status).toBe(200);
    expect(await program.ended).toBe(0);
    expect(program.output()).not.toMatch(/Error|at .*\.js/);
  }, 30_000);

  const preloaded = (name: string, code: string) => {
    const file = join(folder, name);
    writeFileSync(file, code);
    return { NODE_OPTIONS: `--require ${file}` };
  };

  // Told by itself, so that it is at that moment and no other.
  it.each([
    ["SIGTERM", "pino"],
    ["SIGTERM", "type-graphql"],
    ["SIGINT", "./server/start-server"],
    ["SIGTERM", "./sandbox/start"],
  ])("L4 ends cleanly on %s while it loads %s", async (signal, name) => {
    const program = run("main.js", {
      PORT: "0",
      ...preloaded(
        `${signal}.js`,
        `const Module = require("node:module");
         const load = Module._load;
         Module._load = function (request, ...others) {
           if (request === process.env.MOMENT) {
             delete process.env.MOMENT;
             process.kill(process.pid, "${signal}");
           }
           return load.call(this, request, ...others);
         };`,
      ),
      MOMENT: name,
    });
    running.push(program);
    expect(await program.ended).toBe(0);
    expect(program.output()).toContain(`${signal}: answering`);
    expect(program.output()).not.toContain("listening on");
  });

  it.each([0, 100, 400, 800, 1_200])(
    "L4 ends cleanly on a signal %i ms after it can hear any",
    async (ms) => {
      const program = run("main.js", {
        PORT: "0",
        ...preloaded(
          "hear.js",
          `const { on } = process;
           process.on = function (name, ...others) {
             on.call(this, name, ...others);
             if (name === "SIGTERM") require("node:fs").writeSync(1, "hears\\n");
             return this;
           };`,
        ),
      });
      running.push(program);
      await program.waitFor(/hears/);
      await pause(ms);
      program.child.kill("SIGTERM");
      expect(await program.ended).toBe(0);
    },
  );

  it.each([
    [
      "rejection",
      'Promise.reject(new TypeError("canary anna@example.com sandbox-secret"))',
    ],
    ["throw", 'throw new TypeError("canary anna@example.com sandbox-secret")'],
    ["throw of a text", 'throw "canary anna@example.com"'],
  ])(
    "L7 says no word of an unhandled %s, and ends",
    async (_title, fault) => {
      const { program, url } = await start(
        {},
        preloaded(
          "fault.js",
          `process.on("SIGUSR2", () => { setImmediate(() => { ${fault} }); });`,
        ),
      );
      sandbox.faults.add({ when: { kind: "api" }, delayMs: 800 });
      const operation = ask(url);
      await arrived(1);
      program.child.kill("SIGUSR2");
      await program.waitFor(/nobody handled/);
      // What was in flight is still answered.
      expect((await operation).status).toBe(200);
      expect(await program.ended).toBe(1);
      expect(program.output()).not.toMatch(/canary|anna@|sandbox-secret/);
    },
    30_000,
  );

  it("S9 shows no secret in its title or children", async () => {
    const { program } = await start({}, { CL_SECRET: "canary-secret" });
    const { execFileSync } = await import("node:child_process");
    const { pid } = program.child;
    const shown = execFileSync("ps", ["-o", "args=", "-p", String(pid)]);
    expect(shown.toString()).toContain("main.js");
    expect(shown.toString()).not.toMatch(/canary|secret/);
    expect(program.output()).not.toMatch(/canary|sandbox-secret/);
  });

  it("C12 needs no right to write a file or to run a program", async () => {
    const flag = process.allowedNodeEnvironmentFlags.has("--permission")
      ? "--permission"
      : "--experimental-permission";
    const { program, url } = await start(
      {},
      { NODE_OPTIONS: `${flag} --allow-fs-read=*` },
    );
    const { answer, name } = await ask(url);
    expect(answer).toEqual({ data: { customerGroup: { name } } });
    program.child.kill("SIGTERM");
    expect(await program.ended).toBe(0);
    expect(program.output()).not.toMatch(/ERR_ACCESS_DENIED/);
  });
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
