import { createHash } from "node:crypto";
import { describeAge } from "../../src/explorer/describe-age";
import type { Sandbox } from "../../src/sandbox/start";
import { type Clientele, startClientele } from "../support/clientele";
import { type TestBrowser, launchBrowser, screenshot } from "./support/browser";
import {
  type ExplorerPage,
  isIntrospection,
  openExplorer,
  startAllRooms,
} from "./support/explorer-page";

const key = "a-key-with-every-right";
const scopes = ["read:groups", "read:customers"];
const sha256 = (text: string) =>
  createHash("sha256").update(text).digest("hex");
const auth = {
  mode: "apiKeys",
  keys: [
    { name: "debugger", sha256: sha256(key), scopes: [...scopes, "debug"] },
    { name: "frontend", sha256: sha256(`${key}-2`), scopes },
  ],
};

/** What the explorer's footer and its pane for answers say to people. */
describe("explorer's notices", () => {
  let browser: TestBrowser;
  let sandbox: Sandbox;
  let open: Clientele;
  let guarded: Clientele;
  let explorer: ExplorerPage;

  beforeAll(async () => {
    browser = await launchBrowser();
    sandbox = await startAllRooms();
    open = await startClientele(stores());
    guarded = await startClientele(stores(), { auth });
  });
  afterAll(async () => {
    await browser.close();
    await open.stop();
    await guarded.stop();
    await sandbox.close();
  });
  beforeEach(() => {
    for (const { faults } of sandbox.servers) faults.clear();
  });
  afterEach(() => explorer.tab.close());

  const stores = (settings = {}) =>
    sandbox.servers.map((server) => ({ server, settings }));
  const start = async ({ url }: Clientele) => {
    explorer = await openExplorer(browser, url);
    return explorer.page;
  };
  const statusText = () => explorer.status().textContent();

  describe("on the cost", () => {
    it("appear with the headers that the page asks for, and no others", async () => {
      const page = await start(guarded);
      await page.getByText("This server wants a token").waitFor();
      const hint = await explorer.status().locator("code").textContent();
      await page.getByRole("button", { name: "Headers" }).click();
      await explorer.write("Headers", hint!.replace("…", key));
      const { errors } = await explorer.run();
      expect(errors).toBeUndefined();
      expect(await statusText()).toMatch(/^3 upstream requests/);
      expect(await explorer.cellsOf(0)).toHaveLength(3);
    });

    it("need nothing under Headers where no token is wanted", async () => {
      const page = await start(open);
      await page.getByRole("button", { name: "Headers" }).click();
      const written = await page
        .getByRole("region", { name: "Headers" })
        .locator(".CodeMirror:visible")
        .textContent();
      expect(written).not.toContain("clientele");
      await explorer.run();
      expect(await statusText()).toMatch(/^3 upstream requests/);
    });

    it("stay away where the headers say so", async () => {
      await start(open);
      await explorer.writeHeaders({ "Clientele-Debug": "off" });
      const { data, extensions } = await explorer.run();
      expect(data.stores).toHaveLength(3);
      expect(extensions).toBeUndefined();
      expect(await statusText()).toMatch(/^The answer does not say/);
    });

    it("leave the tables closed that were closed", async () => {
      const page = await start(open);
      await explorer.run();
      await page.getByText("Stores and calls").click();
      await page.getByRole("table").first().waitFor({ state: "hidden" });
      await explorer.run();
      await page.getByText("Stores and calls").waitFor();
      expect(await page.getByRole("table").count()).toBe(0);
    });
  });

  describe("on old answers", () => {
    let keeping: Clientele;

    beforeAll(async () => {
      // What was kept is old at once, and stands in for minutes.
      const settings = { cache: { groupsTtlMs: 1 } };
      keeping = await startClientele(stores(settings), { auth });
    });
    afterAll(() => keeping.stop());

    it.each([
      ["and the cost", key, /^\d upstream requests, /],
      [
        "alone to who may not know the cost",
        `${key}-2`,
        /^The answer does not/,
      ],
    ])("tell the store and the age, %s", async (_, token, summary) => {
      const page = await start(keeping);
      await explorer.writeHeaders({ authorization: `Bearer ${token}` });
      expect((await explorer.run()).extensions?.stale).toBeUndefined();
      expect(await statusText()).not.toContain("fresh");
      sandbox
        .server("ecwid-demo")
        .faults.add({ status: 503, when: { kind: "api" } });
      const { data, errors, extensions } = await explorer.run();
      expect(errors).toBeUndefined();
      expect(data.stores[2].customerGroups.nodes).not.toHaveLength(0);
      const [{ store, ageMs }, ...others] = extensions.stale;
      expect([store, others]).toEqual(["ecwid-demo", []]);
      const note = page.getByText("gave no fresh answer");
      expect(await note.textContent()).toBe(
        `ecwid-demo gave no fresh answer: what it said up to ${describeAge(ageMs)} ago stands in.`,
      );
      expect(await statusText()).toMatch(summary);
      await screenshot(
        page,
        token === key ? "explorer-stale" : "explorer-stale-alone",
      );
      // Another tab's answer is another matter.
      await explorer.choose("SameCustomer");
      await note.waitFor({ state: "detached" });
    });

    it.each([
      [1, "1 s"],
      [1_000, "1 s"],
      [1_001, "2 s"],
      [59_000, "59 s"],
      [59_001, "1 min"],
      [93_000, "1 min 33 s"],
      [120_000, "2 min"],
      [3_599_001, "1 h"],
      [3_660_000, "1 h 1 min"],
      [3_600_001, "1 h 1 min"],
      [86_400_000, "24 h"],
    ])("tell %i ms as %s", (ms, text) => {
      expect(describeAge(ms)).toBe(text);
    });
  });

  describe("on a schema that is not shown", () => {
    let closed: Clientele;

    beforeAll(async () => {
      closed = await startClientele(stores(), { introspection: false, auth });
    });
    afterAll(() => closed.stop());

    it("leave the answer in sight", async () => {
      const page = await start(closed);
      let introspections = 0;
      page.on("request", (request) => {
        if (isIntrospection(request)) introspections += 1;
      });
      const note = page.getByText("The schema could not be read");
      await page.getByText("This server wants a token").waitFor();
      expect(await note.count()).toBe(0);
      await explorer.writeHeaders({ authorization: `Bearer ${key}` });
      expect((await explorer.run()).data.stores).toHaveLength(3);
      await note.waitFor();
      const asked = introspections;
      expect(asked).toBeGreaterThan(0);
      expect(JSON.parse(await explorer.shown()).data.stores).toHaveLength(3);
      expect(await statusText()).toMatch(/^3 upstream requests/);
      // It is not asked for again with every answer.
      await explorer.run();
      await explorer.choose("SameCustomer");
      expect((await explorer.run()).data.customersByEmail).toHaveLength(2);
      expect(introspections).toBe(asked);
    });
  });

  describe("on what cannot be sent", () => {
    const messageOf = async () => {
      await explorer.editor().click();
      await explorer.page.keyboard.press("Control+Enter");
      await explorer.page.waitForFunction(
        () => document.querySelector(".graphiql-spinner") === null,
      );
      const { errors, ...rest } = JSON.parse(await explorer.shown());
      expect([errors.length, rest]).toEqual([1, {}]);
      expect(Object.keys(errors[0])).toEqual(["message"]);
      return errors[0].message as string;
    };

    it("name a header with the dots of the example", async () => {
      const page = await start(guarded);
      await explorer.writeHeaders({ authorization: "Bearer …" });
      expect(await messageOf()).toMatch(
        /^The header "authorization" cannot be sent as it is written: .* no "…"\.$/,
      );
      await page.getByText("This server wants a token").waitFor();
    });

    it("say that there is no server", async () => {
      const page = await start(open);
      await page.route("**/graphql", (route) => route.abort());
      expect(await messageOf()).toBe(
        "The server did not answer: is it running?",
      );
      await page.getByText("After each operation").waitFor();
    });

    it("say that something else has answered", async () => {
      const page = await start(open);
      await page.route("**/graphql", (route) =>
        route.fulfill({ status: 502, body: "<h1>Bad gateway</h1>" }),
      );
      expect(await messageOf()).toMatch(
        /^The answer, with status 502, is not GraphQL's/,
      );
    });
  });
});
