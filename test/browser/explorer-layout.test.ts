import type { BrowserContextOptions, Locator } from "playwright-core";
import type { Sandbox } from "../../src/sandbox/start";
import { type Clientele, startClientele } from "../support/clientele";
import { type TestBrowser, launchBrowser, screenshot } from "./support/browser";
import {
  type ExplorerPage,
  openExplorer,
  startAllRooms,
} from "./support/explorer-page";

const phone = { width: 390, height: 844 };

/** Where the parts of the explorer stand, and that they can be used there. */
describe("explorer's layout", () => {
  let browser: TestBrowser;
  let sandbox: Sandbox;
  let clientele: Clientele;
  let explorer: ExplorerPage;

  beforeAll(async () => {
    browser = await launchBrowser();
    sandbox = await startAllRooms();
    clientele = await startClientele(
      sandbox.servers.map((server) => ({ server })),
    );
  });
  afterAll(async () => {
    await browser.close();
    await clientele.stop();
    await sandbox.close();
  });
  afterEach(() => explorer.tab.close());

  const open = async (options: BrowserContextOptions) => {
    explorer = await openExplorer(browser, clientele.url, options);
    return explorer.page;
  };
  const boxOf = async (place: Locator | string) => {
    const locator =
      typeof place === "string" ? explorer.page.locator(place) : place;
    const { x, y, width, height } = (await locator.boundingBox())!;
    return { x, y, width, height, right: x + width, bottom: y + height };
  };
  const parts = async () => ({
    tabs: await boxOf(explorer.page.getByRole("tablist")),
    editors: await boxOf(".graphiql-editors"),
    query: await boxOf(".graphiql-query-editor"),
    variables: await boxOf(".graphiql-editor-tool"),
    answer: await boxOf(".result-window"),
    footer: await boxOf(".graphiql-footer"),
  });
  /** Elements that hold more than they show, sideways. */
  const overflowing = (selector: string) =>
    explorer.page
      .locator(selector)
      .evaluateAll((elements) =>
        elements
          .filter(
            ({ scrollWidth, clientWidth, classList }) =>
              scrollWidth > clientWidth && !classList.contains("CodeMirror"),
          )
          .map(({ className }) => className),
      );

  describe("on a phone", () => {
    it.each(["light", "dark"] as const)(
      "has the answer below the query, both as wide as the page, in %s",
      async (colorScheme) => {
        const page = await open({ viewport: phone, colorScheme });
        await explorer.choose("SameCustomer");
        await explorer.run();
        expect(await explorer.cellsOf(0)).toHaveLength(3);
        const { tabs, editors, query, variables, answer, footer } =
          await parts();
        for (const { x, right, width } of [editors, answer, footer]) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(right).toBeLessThanOrEqual(phone.width);
          expect(width).toBeGreaterThan(350);
        }
        expect(tabs.height).toBeLessThan(50);
        expect(query.height).toBeGreaterThan(180);
        expect(variables.height).toBeGreaterThan(70);
        expect(answer.y).toBeGreaterThanOrEqual(editors.bottom);
        expect(answer.height).toBeGreaterThan(150);
        expect(footer.y).toBeGreaterThanOrEqual(answer.bottom);
        expect(
          await overflowing("html, body, .graphiql-main, .cost, .cost-tables"),
        ).toEqual([]);
        await screenshot(page, `explorer-phone-${colorScheme}`);
      },
    );

    it("reaches the end of the footer and every tab", async () => {
      const page = await open({ viewport: { width: 390, height: 600 } });
      await explorer.run();
      await page.locator(".graphiql-footer").evaluate((element) => {
        element.scrollIntoView({ block: "end" });
      });
      expect((await boxOf(".graphiql-footer")).bottom).toBeLessThanOrEqual(600);
      await explorer.choose("EcwidCustomersAndGroups");
      expect((await explorer.run()).errors).toBeUndefined();
    });

    it("has the documentation above the query", async () => {
      const page = await open({ viewport: phone });
      await page
        .getByRole("button", { name: "Show Documentation Explorer" })
        .click();
      const docs = page.getByRole("region", { name: "Documentation Explorer" });
      await docs.getByText("All Schema Types").waitFor();
      const panel = await boxOf(".graphiql-plugin");
      const { tabs, query } = await parts();
      expect(panel.x).toBeGreaterThanOrEqual(0);
      expect(panel.right).toBeLessThanOrEqual(phone.width);
      expect(panel.height).toBeGreaterThan(300);
      expect(tabs.y).toBeGreaterThanOrEqual(panel.bottom);
      expect(query.bottom).toBeLessThanOrEqual(phone.height);
      await screenshot(page, "explorer-phone-docs");
      await page
        .getByRole("button", { name: "Hide Documentation Explorer" })
        .click();
      await page.waitForFunction(
        () =>
          document.querySelector(".graphiql-plugin")!.getBoundingClientRect()
            .right <= 0,
      );
      expect((await parts()).tabs.y).toBeLessThan(100);
    });

    it.each(["Open settings dialog", "Open short keys dialog"])(
      "has all of what is behind %j in the page",
      async (name) => {
        const page = await open({ viewport: phone });
        await page.getByRole("button", { name }).click();
        const dialog = await boxOf(page.getByRole("dialog"));
        const inside = page
          .getByRole("dialog")
          .locator("button, td, .graphiql-dialog-section-caption");
        for (const element of await inside.all()) {
          const { x, right } = await boxOf(element);
          expect(x).toBeGreaterThan(dialog.x);
          expect(right).toBeLessThan(dialog.right);
        }
        expect(dialog.right).toBeLessThanOrEqual(phone.width);
      },
    );

    it.each([390, 360, 320])(
      "has its name beside the buttons, or not at all, at %i px",
      async (width) => {
        const page = await open({ viewport: { ...phone, width } });
        const logo = page.locator(".graphiql-logo");
        expect(await logo.isVisible()).toBe(width > 350);
        if (width <= 350) return;
        const { x, right: end } = await boxOf(logo);
        const ends = await page
          .locator(".graphiql-sidebar button")
          .evaluateAll((elements) =>
            elements.map((element) => {
              const { left, right } = element.getBoundingClientRect();
              return { left, right };
            }),
          );
        expect(
          ends.filter(({ left, right }) => left < end && right > x),
        ).toEqual([]);
      },
    );
  });

  it("can be used on a phone that lies on its side", async () => {
    await open({ viewport: { width: 844, height: 390 } });
    await explorer.run();
    const { tabs, editors, query, answer } = await parts();
    expect(editors.y).toBeGreaterThanOrEqual(tabs.bottom);
    expect(answer.y).toBeGreaterThanOrEqual(tabs.bottom);
    expect(answer.x).toBeGreaterThanOrEqual(editors.right);
    expect(query.height).toBeGreaterThan(180);
    expect(answer.height).toBeGreaterThan(150);
  });

  it.each([701, 800, 1280, 1920])(
    "gives query and answer halves of %i px",
    async (width) => {
      const page = await open({ viewport: { width, height: 800 } });
      await explorer.run();
      const { editors, answer, footer } = await parts();
      expect(Math.abs(editors.width - answer.width)).toBeLessThan(1);
      expect(answer.x).toBeGreaterThanOrEqual(editors.right);
      expect(footer.right).toBeLessThanOrEqual(width);
      expect(footer.bottom).toBeLessThanOrEqual(800);
      expect(answer.height).toBeGreaterThan(200);
      expect(await overflowing("html, body, .cost, .cost-tables")).toEqual([]);
      // Columns of nothing but 0 are there where they have room.
      const count = await page.getByRole("columnheader").count();
      expect(count).toBe(width < 1000 ? 8 : 12);
    },
  );

  it("is dark, to the browser's own parts, when the settings say so", async () => {
    const page = await open({ colorScheme: "light" });
    await page.getByRole("button", { name: "Open settings dialog" }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: "Dark", exact: true })
      .click();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await explorer.run();
    expect(
      await page.evaluate(() => [
        getComputedStyle(document.body).colorScheme,
        getComputedStyle(document.querySelector(".graphiql-container")!)
          .backgroundColor,
      ]),
    ).toEqual(["dark", "rgb(33, 42, 59)"]);
    await screenshot(page, "explorer-dark-by-setting");
  });

  it("is written in the system's own fonts", async () => {
    const page = await open({});
    const fontOf = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => getComputedStyle(element).fontFamily);
    expect(await fontOf(".cost")).toMatch(/^system-ui,/);
    expect(await fontOf(".graphiql-query-editor .CodeMirror")).toMatch(
      /^ui-monospace,/,
    );
    await page.getByRole("button", { name: "Open settings dialog" }).click();
    expect(await fontOf(".graphiql-dialog")).toMatch(/^system-ui,/);
    expect(await fontOf(".graphiql-dialog .graphiql-button")).toMatch(
      /^system-ui,/,
    );
  });
});
