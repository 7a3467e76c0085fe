import { runFaultCommand } from "../../src/sandbox/fault-command";
import { type Sandbox, startSandbox } from "../../src/sandbox/start";
import { startPlainRoom } from "./plain-room";

describe("the command that adds faults", () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    const createRoom = (storeKey: string) => ({
      platform: "plain",
      storeKey,
      start: async () => ({
        ...(await startPlainRoom()),
        platform: "plain",
        storeKey,
        shuffled: false,
        storeSettings: {},
      }),
    });
    sandbox = await startSandbox({
      rooms: [createRoom("one"), createRoom("two")],
      control: { port: 0 },
    });
  });
  afterEach(() => sandbox.close());

  const command = async (args: readonly string[], environment = {}) => {
    let written = "";
    let wrong = "";
    const code = await runFaultCommand(args, {
      environment: {
        CLIENTELE_SANDBOX_CONTROL: sandbox.control?.origin,
        ...environment,
      },
      write: (text) => (written += text),
      writeError: (text) => (wrong += text),
    });
    return { code, written, wrong };
  };
  const statusOf = async (store: string) =>
    (await fetch(sandbox.server(store).origin)).status;

  it("adds a preset to one store", async () => {
    expect(await command(["one", "unavailable"])).toEqual({
      code: 0,
      written: "one: added 1\n",
      wrong: "",
    });
    expect([await statusOf("one"), await statusOf("two")]).toEqual([503, 200]);
  });

  it("adds a fault in JSON to all", async () => {
    const { written } = await command(["all", '{ "status": 418 }']);
    expect(written).toBe("one: added 1\ntwo: added 1\n");
    expect([await statusOf("one"), await statusOf("two")]).toEqual([418, 418]);
  });

  it("passes every limit on", async () => {
    const limits = [
      ...["--times", "5", "--after", "2", "--for", "2m", "--above", "9/1s"],
      ...["--probability", "0.5", "--seed", "7"],
      ...["--method", "GET", "--path", "^/a", "--kind", "token"],
    ];
    await command(["one", "unavailable", ...limits]);
    await command(["one", '[{"hang":true},{"close":true}]', "--times", "1"]);
    const faults = sandbox.server("one").faults.list();
    expect(faults.map(({ fault }) => fault)).toEqual([
      {
        status: 503,
        when: { method: "GET", pathPattern: "^/a", kind: "token" },
        times: 5,
        after: 2,
        above: { requests: 9, perMs: 1_000 },
        forMs: 120_000,
        probability: 0.5,
        seed: 7,
      },
      { hang: true, times: 1 },
      { close: true, times: 1 },
    ]);
  });

  it.each([
    ["500ms", 500],
    ["30s", 30_000],
    ["2m", 120_000],
  ])("reads the time %s", async (time, forMs) => {
    await command(["one", "outage", "--for", time]);
    expect(sandbox.server("one").faults.list()).toMatchObject([
      { fault: { refuse: true, forMs } },
    ]);
    expect((await command(["clear"])).code).toBe(0);
  });

  it("lists and clears what is wrong", async () => {
    await command(["one", "unavailable"]);
    await statusOf("one");
    expect((await command(["list"])).written).toBe(
      'one 1: {"status":503}, 1 hits\ntwo: no fault\n',
    );
    expect((await command(["list", "two"])).written).toBe("two: no fault\n");
    expect((await command(["clear", "all"])).written).toBe(
      "one: no fault\ntwo: no fault\n",
    );
    expect(await statusOf("one")).toBe(200);
  });

  it("shows the presets with their meaning", async () => {
    const { written } = await command(["presets", "one"]);
    expect(written).toMatch(/^one\n {2}outage +the port is closed/);
    expect(written).toMatch(/\n {2}throttled-silently +too many requests/);
  });

  it.each([[[]], [["--help"]]])("explains itself for %j", async (args) => {
    const { code, written } = await command(args);
    expect(code).toBe(0);
    for (const said of ["<store> <preset>", "list", "clear", "--for", "2m"])
      expect(written).toContain(said);
  });

  it.each([
    [["one"], "name a preset, or write a fault as JSON\n"],
    [
      ["one", "fire"],
      /^there is no preset fire: one of outage, .*\nexpected: /,
    ],
    [["three", "slow"], "there is no store three\nexpected: one or two\n"],
    [["one", "{"], "this is no JSON: {\n"],
    [["one", '{"status":99}'], /^status must be a whole number/],
    [["one", "slow", "more"], "too much: more\n"],
    [["one", "slow", "--times", "x"], "--times must be a number\n"],
    [["one", "slow", "--for", "2h"], /^--for must have a time such as/],
    [["one", "slow", "--above", "10"], /^--above must be a rate such as/],
    [["one", "slow", "--above", "10/2"], /^--above must have a time such/],
    [["one", "slow", "--tims", "1"], /^Unknown option '--tims'/],
    [["list", "--control", "nowhere"], /is no URL: nowhere\n$/],
    [["list", "--control", "http://127.0.0.1:1"], /^no sandbox answers at/],
  ])("says what is wrong with %j", async (args, message) => {
    const { code, written, wrong } = await command(args);
    expect(code).toBe(1);
    expect(written).toBe("");
    if (typeof message === "string") expect(wrong).toBe(message);
    else expect(wrong).toMatch(message);
  });

  it("knows a server that is no sandbox", async () => {
    const { origin } = sandbox.server("one");
    sandbox.server("one").faults.add({ status: 404, body: "Not here" });
    const { wrong } = await command(["list", "--control", origin]);
    expect(wrong).toBe(`what answers at ${origin} is no sandbox\n`);
  });
});
