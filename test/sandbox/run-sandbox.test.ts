import { type RunningProgram, run } from "../support/process";

const running: RunningProgram[] = [];

/** Starts a program that is ended after the test. */
function start(script: string, ...args: string[]): RunningProgram {
  const program = run(script, {}, args);
  running.push(program);
  return program;
}

describe("the sandbox from the command line", () => {
  afterEach(async () => {
    for (const { child } of running) child.kill("SIGKILL");
    await Promise.all(running.splice(0).map(({ ended }) => ended));
  });

  it("rehearses an outage while it runs", async () => {
    const sandbox = start("run-sandbox.js", "--control-port", "0");
    const [, origin = ""] = await sandbox.waitFor(
      /commerce-layer-demo listens at (\S+)\n/,
    );
    const [, control = ""] = await sandbox.waitFor(
      /the control API listens at (\S+)\n/,
    );
    expect((await fetch(`${origin}/api/customers`)).status).toBe(401);
    const tell = async (...args: string[]) => {
      const told = start("run-sandbox-fault.js", ...args, "--control", control);
      expect(await told.ended).toBe(0);
      return told.output();
    };
    expect(await tell("commerce-layer-demo", "maintenance")).toBe(
      "commerce-layer-demo: added 1\n",
    );
    expect((await fetch(`${origin}/api/customers`)).status).toBe(503);
    expect(await tell("list", "commerce-layer-demo")).toContain(", 1 hits\n");
    await tell("clear");
    expect((await fetch(`${origin}/api/customers`)).status).toBe(401);
    sandbox.child.kill("SIGTERM");
    expect(await sandbox.ended).toBe(0);
  }, 60_000);

  it("starts with the faults that were named", async () => {
    const sandbox = start(
      "run-sandbox.js",
      ...["--seed", "7", "--control-port", "0"],
      ...["--fault", "ecwid-demo=unavailable"],
      ...["--fault", 'bigcommerce-demo={"status":418}'],
    );
    const [, origin = ""] = await sandbox.waitFor(
      /ecwid-demo listens at (\S+)\n/,
    );
    const [, other = ""] = await sandbox.waitFor(
      /bigcommerce-demo listens at (\S+)\n/,
    );
    expect((await fetch(origin)).status).toBe(503);
    expect((await fetch(other)).status).toBe(418);
    await sandbox.waitFor(/^stores:/m);
    expect(sandbox.output()).toContain("# ecwid-demo: added 1\n");
  }, 60_000);

  it.each([
    [["--fault", "ecwid-demo=fire"], /no preset fire/, 1],
    [["--fault", "shop=slow"], /no store shop: one of commerce-layer-demo/, 64],
    [["--port", "ecwid-demo=x"], /--port must be a whole number/, 64],
    [["--port", "1234"], /--port must be <store>=<port>/, 64],
    [["--colour"], /Unknown option '--colour'/, 64],
  ])(
    "says what is wrong with %j",
    async (args, message, code) => {
      const program = start("run-sandbox.js", ...args);
      expect(await program.ended).toBe(code);
      expect(program.output()).toMatch(message);
    },
    60_000,
  );

  it("explains itself", async () => {
    const program = start("run-sandbox.js", "--help");
    expect(await program.ended).toBe(0);
    for (const said of ["--seed", "--port", "--control-port", "--fault"])
      expect(program.output()).toContain(said);
  }, 60_000);
});
