import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import type { CommerceLayerSandboxServer } from "../../src/sandbox/commerce-layer";
import type { Sandbox } from "../../src/sandbox/start";
import { type Clientele, dataOf, startClientele } from "../support/clientele";
import {
  type TestBrowser,
  type WatchedPage,
  launchBrowser,
  screenshot,
} from "./support/browser";
import {
  type ExplorerPage,
  openExplorer,
  startAllRooms,
} from "./support/explorer-page";

interface Example {
  readonly name: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const folder = resolve(__dirname, "../../examples");
const examples = (
  JSON.parse(readFileSync(resolve(folder, "examples.json"), "utf8")) as {
    file: string;
    variables?: Record<string, unknown>;
  }[]
).map(({ file, variables }): Example => {
  const query = readFileSync(resolve(folder, file), "utf8");
  const [, name = ""] = /^query (\w+)/m.exec(query) ?? [];
  return { name, query, ...(variables ? { variables } : {}) };
});

const key = "a-key-that-nobody-may-find";
const scopes = ["read:groups", "read:customers"];

describe("explorer", () => {
  let browser: TestBrowser;
  let sandbox: Sandbox;
  let clientele: Clientele;
  let tab: WatchedPage;
  let page: Page;
  let explorer: ExplorerPage;

  beforeAll(async () => {
    browser = await launchBrowser();
    sandbox = await startAllRooms();
    clientele = await startClientele(
      sandbox.servers.map((server) => ({ server })),
    );
    // Tokens are fetched once: what the tests count is the reading.
    await clientele.send(examples[0]!.query);
  });
  afterAll(async () => {
    await browser.close();
    await clientele.stop();
    await sandbox.close();
  });
  beforeEach(() => {
    for (const { faults } of sandbox.servers) faults.clear();
  });
  afterEach(() => tab.close());

  /** Opens the explorer and waits until it knows the schema, or that it may not. */
  const open = async (
    url = clientele.url,
    options: BrowserContextOptions = {},
  ) => {
    explorer = await openExplorer(browser, url, options);
    ({ tab, page } = explorer);
    for (const { journal } of sandbox.servers) journal.clear();
  };

  describe("of the sandbox", () => {
    it("opens without leaving its origin", async () => {
      await open();
      const { origin } = new URL(clientele.url);
      expect(tab.requests.length).toBeGreaterThanOrEqual(4);
      expect(tab.requests.filter((url) => !url.startsWith(origin))).toEqual([]);
      expect(await page.title()).toBe("Clientele");
      await page.getByText("After each operation").waitFor();
      await screenshot(page, "explorer-opened");
      expect(tab.problems).toEqual([]);
    });

    it("names its icons for those who hear", async () => {
      await open();
      expect(
        await page.locator(".graphiql-sidebar svg title").allTextContents(),
      ).toEqual([
        "docs icon",
        "history icon",
        "reload icon",
        "keyboard shortcut icon",
        "settings icon",
      ]);
    });

    it("has every example in a tab", async () => {
      await open();
      expect(await page.getByRole("tab").count()).toBe(examples.length);
      const list = await page.getByRole("tablist").boundingBox();
      for (const { name } of examples) {
        const box = await explorer.tabOf(name).boundingBox();
        expect(box!.x + box!.width).toBeLessThanOrEqual(list!.x + list!.width);
      }
    });

    it.each(examples)(
      "answers $name and tells its cost",
      async ({ name, query, variables }) => {
        const expected = dataOf(await clientele.send(query, variables));
        await open();
        await explorer.choose(name);
        const { data, errors } = await explorer.run();
        expect(errors).toBeUndefined();
        expect(data).toEqual(expected);

        const asked = sandbox.servers.flatMap(({ storeKey, journal }) =>
          journal.requests("api").map((entry) => ({ storeKey, ...entry })),
        );
        expect(asked.length).toBeGreaterThan(0);
        const bytes = asked.reduce((sum, entry) => sum + entry.bytes!, 0);
        const count = `${asked.length} upstream request${asked.length === 1 ? "" : "s"}`;
        expect(await explorer.status().textContent()).toBe(
          `${count}, ${bytes.toLocaleString("en")} bytes, 0 ms waited`,
        );
        const stores = sandbox.servers
          .map(({ storeKey, journal }) => [
            storeKey,
            String(journal.requests("api").length),
          ])
          .filter(([, requests]) => requests !== "0");
        expect(
          (await explorer.cellsOf(0)).map((cells) => cells.slice(0, 2)).sort(),
        ).toEqual(stores.sort());
        const calls = asked.map((entry) => [
          entry.storeKey,
          `${entry.method} ${entry.path}`,
          String(entry.status),
        ]);
        expect(
          (await explorer.cellsOf(1))
            .map(([store, call, code]) => [store, call!.split("?")[0], code])
            .sort(),
        ).toEqual(calls.sort());
        expect(tab.problems).toEqual([]);
      },
    );

    it("shows the sandbox's own data", async () => {
      const server = sandbox.server(
        "commerce-layer-demo",
      ) as CommerceLayerSandboxServer;
      await open();
      const { data } = await explorer.run();
      expect(data.stores).toHaveLength(sandbox.servers.length);
      expect(data.stores[0].customerGroups).toMatchObject({
        totalCount: server.data.customerGroups.length,
        nodes: server.data.customerGroups
          .slice(0, 3)
          .map(({ name }) => ({ name })),
      });
      await page
        .locator(".result-window")
        .getByText(`"${server.data.customerGroups[0]!.name}"`)
        .first()
        .waitFor();
    });

    it("explains the schema beside the query", async () => {
      await open();
      await page
        .getByRole("button", { name: "Show Documentation Explorer" })
        .click();
      await page.getByRole("combobox").click();
      await page.keyboard.type("customerGroup");
      await page
        .getByRole("option")
        .filter({ hasText: /^Query\.customerGroup$/ })
        .click();
      const docs = page.getByRole("region", { name: "Documentation Explorer" });
      await docs.getByText("CustomerGroup", { exact: true }).waitFor();
      expect(await docs.textContent()).toMatch(/customerGroup[^]*id/);
      await screenshot(page, "explorer-docs");
      expect(tab.problems).toEqual([]);
    });

    it("shows what is wrong with a query", async () => {
      await open();
      await explorer.write("Query Editor", "{ nothing }");
      const answer = await explorer.run();
      expect(answer.data).toBeUndefined();
      expect(answer.errors).toMatchObject([
        {
          message: 'Cannot query field "nothing" on type "Query".',
          extensions: { code: "GRAPHQL_VALIDATION_FAILED" },
        },
      ]);
      expect(await explorer.status().textContent()).toMatch(
        /^0 upstream requests, 0 b/,
      );
      expect(
        sandbox.servers.flatMap(({ journal }) => journal.requests()),
      ).toEqual([]);
      await page.locator(".CodeMirror-lint-mark-error").first().waitFor();
      await screenshot(page, "explorer-wrong-query");
      // The browser's own remark on the status of the answer.
      expect(tab.problems).toEqual([
        expect.stringContaining("the server responded with a status of 400"),
      ]);
    });

    it("shows the errors of one store", async () => {
      sandbox
        .server("ecwid-demo")
        .faults.add({ status: 503, when: { kind: "api" } });
      await open();
      const { data, errors } = await explorer.run();
      expect(data.stores).toHaveLength(3);
      expect(errors).toMatchObject([
        {
          path: ["stores", 2, "customerGroups"],
          extensions: { code: "PLATFORM_UNAVAILABLE", store: "ecwid-demo" },
        },
      ]);
      expect(
        (await explorer.cellsOf(1)).map(
          ([store, , code]) => `${store} ${code}`,
        ),
      ).toContain("ecwid-demo 503");
      expect(tab.problems).toEqual([]);
    });

    it("is used by keys alone", async () => {
      await open();
      await explorer.tabOf("SameCustomer").focus();
      await page.keyboard.press("Enter");
      expect(
        await page
          .getByRole("tab", { name: "SameCustomer" })
          .getAttribute("aria-selected"),
      ).toBe("true");
      await page.locator(".graphiql-query-editor textarea").focus();
      const answer = explorer.answered();
      await page.keyboard.press("Control+Enter");
      await answer;
      await page
        .getByText("2 upstream requests")
        .or(page.getByText("3 upstream requests"))
        .waitFor();
      await page.getByText("Stores and calls").focus();
      await page.keyboard.press("Enter");
      expect(await page.getByRole("table").count()).toBe(0);
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      expect(
        await page
          .getByRole("group", { name: "Stores and calls" })
          .evaluate((element) => element === document.activeElement),
      ).toBe(true);
      expect(tab.problems).toEqual([]);
    });

    it("opens its dialogs within the policy", async () => {
      await open();
      for (const name of ["Open short keys dialog", "Open settings dialog"]) {
        await page.getByRole("button", { name }).click();
        await page.getByRole("dialog").waitFor();
        // The page behind a dialog is kept still by a style that has the nonce.
        expect(
          await page.evaluate(() => getComputedStyle(document.body).overflowY),
        ).toBe("hidden");
        await page.keyboard.press("Escape");
        await page.getByRole("dialog").waitFor({ state: "detached" });
      }
      expect(tab.problems).toEqual([]);
    });

    it("runs no script that it did not bring", async () => {
      await open();
      await page.evaluate(() => {
        const script = document.createElement("script");
        script.textContent = "document.title = 'taken'";
        document.body.append(script);
        const image = new Image();
        image.src = "https://elsewhere.example/pixel.png";
      });
      await page.waitForFunction(() => document.title !== "taken");
      expect(await page.title()).toBe("Clientele");
      expect(tab.problems).toEqual([
        expect.stringMatching(/inline script.*script-src 'self'/),
        expect.stringMatching(/elsewhere\.example.*img-src 'self'/),
      ]);
    });

    it("keeps what was typed over a reload", async () => {
      await open();
      await explorer.write("Query Editor", "query Kept { stores { key } }");
      await page.waitForFunction(() =>
        sessionStorage.getItem("graphiql:tabState")?.includes("Kept"),
      );
      await page.reload();
      const { data } = await explorer.run();
      expect(data.stores).toEqual(
        sandbox.servers.map(({ storeKey }) => ({ key: storeKey })),
      );
      expect(await explorer.status().textContent()).toMatch(
        /^0 upstream requests/,
      );
      const other = await page.context().newPage();
      await other.goto(clientele.url);
      await other.getByRole("tab").first().waitFor();
      expect(await other.getByRole("tablist").textContent()).not.toContain(
        "Kept",
      );
    });

    it("gives up a request when stopped", async () => {
      const server = sandbox.server("commerce-layer-demo");
      await open();
      await explorer.choose("CustomersPage");
      server.faults.add({ hang: true, when: { kind: "api" } });
      const failed = page.waitForEvent("requestfailed");
      await explorer.editor().click();
      await page.keyboard.press("Control+Enter");
      await page.getByText("Waiting for the answer").waitFor();
      await page.getByRole("button", { name: "Stop query" }).click();
      expect((await failed).failure()?.errorText).toBe("net::ERR_ABORTED");
      await page.getByText("After each operation").waitFor();
      server.faults.clear();
      expect((await explorer.run()).errors).toBeUndefined();
    });

    it.each(["light", "dark"] as const)(
      "is %s as the system is",
      async (colorScheme) => {
        await open(clientele.url, { colorScheme });
        await explorer.choose("Pricing");
        await explorer.run();
        const [background, text] = await page
          .getByRole("status")
          .evaluate((element) => {
            const container = document.querySelector(".graphiql-container")!;
            return [
              getComputedStyle(container).backgroundColor,
              getComputedStyle(element).color,
            ].map((color) => {
              const parts = (color.match(/[\d.]+/g) ?? []).slice(0, 3);
              return parts.reduce((sum, part) => sum + Number(part) / 3, 0);
            });
          });
        if (colorScheme === "light") {
          expect(background).toBeGreaterThan(200);
          expect(text).toBeLessThan(128);
        } else {
          expect(background).toBeLessThan(80);
          expect(text).toBeGreaterThan(128);
        }
        await screenshot(page, `explorer-${colorScheme}`);
      },
    );
  });

  describe("with keys", () => {
    let guarded: Clientele;

    beforeAll(async () => {
      const sha256 = (text: string) =>
        createHash("sha256").update(text).digest("hex");
      guarded = await startClientele(
        sandbox.servers.map((server) => ({ server })),
        {
          auth: {
            mode: "apiKeys",
            keys: [
              {
                name: "debugger",
                sha256: sha256(key),
                scopes: [...scopes, "debug"],
              },
              { name: "frontend", sha256: sha256(`${key}-2`), scopes },
            ],
          },
        },
      );
    });
    afterAll(() => guarded.stop());

    it("asks for a token, once for all tabs", async () => {
      await open(guarded.url);
      await page.getByText("This server wants a token").waitFor();
      await screenshot(page, "explorer-token");
      await explorer.writeHeaders({ authorization: `Bearer ${key}` });
      expect((await explorer.run()).errors).toBeUndefined();
      expect(await explorer.status().textContent()).toMatch(
        /^3 upstream requests/,
      );
      await explorer.choose("SameCustomer");
      expect((await explorer.run()).data.customersByEmail).toHaveLength(2);
      // The schema came with the token.
      await page
        .getByRole("button", { name: "Show Documentation Explorer" })
        .click();
      await page.getByText("All Schema Types").waitFor();
    });

    it("keeps the token in the page alone", async () => {
      await open(guarded.url);
      await explorer.writeHeaders({ authorization: `Bearer ${key}` });
      await explorer.run();
      await explorer.choose("SameCustomer");
      await explorer.choose("Stores");
      await explorer.run();
      // GraphiQL writes down what is typed half a second later.
      await page.waitForTimeout(1_000);
      const stored = await page.evaluate(() => [
        JSON.stringify({ ...localStorage }),
        JSON.stringify({ ...sessionStorage }),
        document.cookie,
      ]);
      expect(stored[0]).toBe("{}");
      expect(stored[1]).toContain("graphiql:tabState");
      expect(stored[1]).toContain("graphiql:queries");
      expect(stored[1]).not.toContain(key);
      expect(stored[2]).toBe("");
      await page.reload();
      await page.getByText("This server wants a token").waitFor();
    });

    it("says who may know the cost", async () => {
      await open(guarded.url);
      await explorer.writeHeaders({ authorization: `Bearer ${key}-2` });
      const answer = await explorer.run();
      expect(answer.errors).toBeUndefined();
      expect(answer.extensions).toBeUndefined();
      await page.getByText("The answer does not say what it cost").waitFor();
      expect(await page.getByRole("table").count()).toBe(0);
    });
  });
});
