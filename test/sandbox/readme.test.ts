import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { shapes } from "../../src/sandbox/faults/body";
import { gzipSpoilings } from "../../src/sandbox/faults/coding";
import { limitsShape } from "../../src/sandbox/faults/condition";
import { framings } from "../../src/sandbox/faults/delivery";
import { faultNames } from "../../src/sandbox/faults/fault";
import { presetsOf } from "../../src/sandbox/faults/presets";
import { pagings } from "../../src/sandbox/faults/question";
import { rowSpoilings } from "../../src/sandbox/faults/rows";
import { startCommerceLayerSandbox } from "../../src/sandbox/commerce-layer";
import { runFaultCommand } from "../../src/sandbox/fault-command";
import { startSandbox } from "../../src/sandbox/start";
import { startControlOf } from "./control-of";
import { startPlainRoom } from "./plain-room";

const readme = readFileSync(
  resolve(__dirname, "../../src/sandbox/README.md"),
  "utf8",
);
const tables = readme.split("\n").filter((line) => line.startsWith("|"));
const firstCells = tables.map((line) => line.split("|")[1] ?? "");

describe("the sandbox's README", () => {
  it.each(faultNames)("explains the fault %s", (name) => {
    expect(
      firstCells.filter((cell) => new RegExp(`\`${name}[:(\`]`).test(cell)),
    ).not.toEqual([]);
  });

  it.each(Object.keys(limitsShape))("explains the limit %s", (name) => {
    expect(
      firstCells.filter((cell) => new RegExp(`\`${name}[.:\`]`).test(cell)),
    ).not.toEqual([]);
  });

  it.each([
    ["shape", shapes],
    ["gzip", gzipSpoilings],
    ["framing", framings],
    ["paging", pagings],
    ["rows", rowSpoilings],
  ])("explains every word of %s", (name, words) => {
    const cells = firstCells.filter((cell) => cell.includes(`\`${name}: "`));
    const known = cells
      .flatMap((cell) => [...cell.matchAll(/"([\w-]+)"/g)])
      .map(([, word]) => word);
    expect(known.sort()).toEqual([...words].sort());
  });

  it("says of each preset what it does", () => {
    const said = tables
      .map((line) => /^\| `([a-z-]+)` +\| (.+?) +\|$/.exec(line))
      .flatMap((match) => (match ? [[match[1], match[2]]] : []));
    const plain = [...presetsOf()].map(([name, { summary }]) => [
      name,
      summary,
    ]);
    expect(
      said.filter(([name]) => presetsOf().has(name ?? "")).map(unquoted),
    ).toEqual(expect.arrayContaining(plain.map(unquoted)));
  });

  it("has commands that all work", async () => {
    const stores = ["commerce-layer-demo", "bigcommerce-demo", "ecwid-demo"];
    const sandbox = await startSandbox({
      rooms: stores.map((storeKey) => ({
        platform: "plain",
        storeKey,
        start: async () => ({
          ...(await startPlainRoom()),
          platform: "plain",
          storeKey,
          shuffled: false,
          storeSettings: {},
        }),
      })),
      control: { port: 0 },
    });
    const commands = [
      ...readme.matchAll(/^npm run sandbox:fault -- (.+)$/gm),
    ].map(([, line = ""]) =>
      [...line.matchAll(/'([^']*)'|(\S+)/g)].map(
        ([, quoted, plain]) => quoted ?? plain ?? "",
      ),
    );
    expect(commands.length).toBeGreaterThan(6);
    let wrong = "";
    for (const args of commands)
      await runFaultCommand(args, {
        environment: { CLIENTELE_SANDBOX_CONTROL: sandbox.control?.origin },
        write: () => undefined,
        writeError: (text) => (wrong += text),
      });
    expect(wrong).toBe("");
    await sandbox.close();
  });

  it("has examples that all work", async () => {
    const room = await startCommerceLayerSandbox();
    const control = await startControlOf(room);
    const told = [
      ...readme.matchAll(/^curl -X (\w+) \$STORE(\S+) -d '(.+)'$/gm),
    ];
    expect(told.length).toBeGreaterThan(6);
    for (const [, method = "", path = "", body = ""] of told)
      expect([body, await control.ask(method, path, body)]).toMatchObject([
        body,
        { status: path === "/faults" ? 201 : 200 },
      ]);
    const asked = [...readme.matchAll(/^curl (?:-X (\w+) )?\$STORE(\S+)$/gm)];
    expect(asked.length).toBeGreaterThan(3);
    for (const [, method = "GET", path = ""] of asked)
      expect((await control.ask(method, path)).status).toBeLessThan(300);
    await control.close();
    await room.close();
  });
});

function unquoted([name, said]: readonly (string | undefined)[]) {
  return [name, said?.replaceAll("`", "")];
}
