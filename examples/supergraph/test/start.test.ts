import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createSupervisor } from "../src/supervisor";
import { type StartProgram, post, runStart } from "./support/supergraph";

const running: StartProgram[] = [];

function start(...parameters: Parameters<typeof runStart>): StartProgram {
  const program = runStart(...parameters);
  running.push(program);
  return program;
}

function addressesOf({ lines }: StartProgram): Record<string, string> {
  return Object.fromEntries(
    lines
      .filter((line) => line.includes(" http"))
      .map((line) => {
        const at = line.lastIndexOf(" ");
        return [line.slice(0, at), line.slice(at + 1)];
      }),
  );
}

async function expectClosed(program: StartProgram): Promise<void> {
  const addresses = Object.values(addressesOf(program));
  expect(addresses.length).toBeGreaterThan(0);
  for (const address of addresses) {
    await expect(fetch(address)).rejects.toThrow("fetch failed");
  }
}

describe("the one command", () => {
  afterEach(async () => {
    for (const program of running.splice(0)) {
      program.child.kill("SIGTERM");
      await program.ended;
    }
  });

  it("prints a line for each address", async () => {
    const program = start();
    await program.waitFor(/^ready$/);
    const addresses = addressesOf(program);
    expect(Object.keys(addresses)).toEqual([
      expect.stringMatching(/^sandbox /),
      expect.stringMatching(/^sandbox /),
      expect.stringMatching(/^sandbox /),
      "sandbox control",
      "clientele",
      "loyalty",
      "apollo-gateway",
      "hive-gateway",
    ]);
    for (const gateway of ["apollo-gateway", "hive-gateway"]) {
      expect(
        await post(addresses[gateway]!, {
          query:
            "{ stores { key } topCustomers(first: 1) { loyalty { points } } }",
        }),
      ).toMatchObject({
        data: {
          stores: [
            { key: "commerce-layer-demo" },
            { key: "bigcommerce-demo" },
            { key: "ecwid-demo" },
          ],
          topCustomers: [{ loyalty: { points: 1717 } }],
        },
      });
    }
  });

  it.each(["SIGTERM", "SIGINT"] as const)(
    "ends everything with code 0 on %s",
    async (signal) => {
      const program = start();
      await program.waitFor(/^ready$/);
      program.child.kill(signal);
      program.child.kill(signal);
      expect(await program.ended).toBe(0);
      await expectClosed(program);
    },
  );

  it.each(["apollo-gateway", "hive-gateway"])(
    "answers what is in flight in %s",
    async (gateway) => {
      const program = start();
      await program.waitFor(/^ready$/);
      const addresses = addressesOf(program);
      const control = `${addresses["sandbox control"]}/stores/ecwid-demo`;
      await fetch(`${control}/faults`, {
        method: "POST",
        body: JSON.stringify({ delayMs: 1_500 }),
      });
      const answer = post(addresses[gateway]!, {
        query: `{ store(key: "ecwid-demo") { customers(first: 1) { nodes { email } } } }`,
      });
      const isAsked = async () => {
        const response = await fetch(`${control}/journal`);
        return ((await response.json()) as unknown[]).length > 0;
      };
      while (!(await isAsked()));
      program.child.kill("SIGTERM");
      expect(await answer).toEqual({
        status: 200,
        data: {
          store: { customers: { nodes: [{ email: "john@example.com" }] } },
        },
      });
      expect(await program.ended).toBe(0);
    },
  );

  it("ends what has started when stopped early", async () => {
    const program = start();
    await program.waitFor(/^loyalty http/);
    program.child.kill("SIGTERM");
    expect(await program.ended).toBe(0);
    expect(program.lines).not.toContain("ready");
    await expectClosed(program);
  });

  it.each(["clientele", "loyalty", "hive-gateway"])(
    "ends the others when %s dies",
    async (name) => {
      const program = start();
      await program.waitFor(/^ready$/);
      const [, pid] =
        new RegExp(`^\\[${name}\\] process (\\d+)$`, "m").exec(program.log()) ??
        [];
      process.kill(Number(pid), "SIGKILL");
      expect(await program.ended).toBe(1);
      expect(program.log()).toContain(
        `${name} ended unasked (SIGKILL): stopping the others`,
      );
      await expectClosed(program);
    },
  );

  it("starts one gateway alone when told so", async () => {
    const program = start(["--gateway", "hive"]);
    await program.waitFor(/^ready$/);
    expect(Object.keys(addressesOf(program))).toContain("hive-gateway");
    expect(Object.keys(addressesOf(program))).not.toContain("apollo-gateway");
  });

  it("ends what has started when a port is taken", async () => {
    const other = createServer();
    await new Promise<void>((done) => {
      other.listen(0, "127.0.0.1", done);
    });
    const { port } = other.address() as AddressInfo;
    try {
      const program = start(["--apollo-port", String(port)]);
      expect(await program.ended).toBe(1);
      expect(program.log()).toContain("EADDRINUSE");
      expect(program.log()).toContain(
        "apollo-gateway ended before it was ready: code 1",
      );
      expect(program.log()).toContain(`If port ${port} is taken`);
      await expectClosed(program);
    } finally {
      other.close();
    }
  });

  it.each([
    [["--gateway", "router"], "expected apollo, hive or both"],
    [["--nonsense"], "--nonsense"],
  ])("explains its options when given %j", async (options, reason) => {
    const program = start(options);
    expect(await program.ended).toBe(64);
    expect(program.log()).toContain(reason);
    expect(program.log()).toContain("--clientele-port PORT");
  });
});

describe("a supervisor", () => {
  const listening = 'console.log("listening on http://x");';
  const wait = "setInterval(() => {}, 1000);";

  it("kills a program that will not end", async () => {
    const supervisor = createSupervisor(() => undefined, 200);
    await supervisor.start({
      name: "stubborn",
      command: ["-e", `process.on("SIGTERM", () => {}); ${listening} ${wait}`],
    });
    expect(await supervisor.stop()).toBe(false);
  });

  it("ends programs in the opposite order", async () => {
    const ends: string[] = [];
    const supervisor = createSupervisor((_, line) => {
      if (line.startsWith("end of ")) ends.push(line);
    });
    for (const name of ["first", "second", "third"]) {
      await supervisor.start({
        name,
        command: [
          "-e",
          `process.on("SIGTERM", () => { console.log("end of ${name}"); process.exit(0); });
           ${listening} ${wait}`,
        ],
      });
    }
    expect(await supervisor.stop()).toBe(true);
    expect(ends).toEqual(["end of third", "end of second", "end of first"]);
  });

  it("starts nothing once it stops", async () => {
    const supervisor = createSupervisor(() => undefined);
    await supervisor.stop();
    await expect(
      supervisor.start({ name: "late", command: ["-e", listening] }),
    ).rejects.toThrow("late is not started");
  });
});
