import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { brokenRules } from "./support/axe";
import {
  type TestBrowser,
  type WatchedPage,
  launchBrowser,
  screenshot,
} from "./support/browser";
import { buildClient } from "./support/example-client";
import { listen } from "./support/screen-reader";
import { type Whole, startWhole } from "./support/whole";

const ttlMs = 10_000;

/** Older data in the place of what a store did not answer. */
describe("example client, on a server that keeps answers", () => {
  let browser: TestBrowser;
  let whole: Whole;
  let tab: WatchedPage;
  let page: Page;
  /** How far the server's clock is ahead of the page's. */
  let aheadMs: number;
  let startedAt: number;

  beforeAll(async () => {
    await buildClient();
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(() => {
    aheadMs = 0;
    startedAt = Date.now();
    const now = performance.now.bind(performance);
    jest.spyOn(performance, "now").mockImplementation(() => now() + aheadMs);
  });
  afterEach(async () => {
    await tab.close();
    await whole.stop();
    jest.restoreAllMocks();
    expect(tab.problems).toEqual([]);
  });

  const start = async (cache: Readonly<Record<string, number>>) => {
    whole = await startWhole({ store: { cache, retry: { attempts: 1 } } });
  };
  const visit = async (path: string) => {
    await page.goto(whole.client.origin + path, { waitUntil: "networkidle" });
  };
  const open = async (path: string, options: BrowserContextOptions = {}) => {
    tab = await browser.open(options);
    page = tab.page;
    await visit(path);
  };
  const main = () => page.getByRole("main");
  const region = (name: string) => page.getByRole("region", { name });
  const notes = (within: Locator) => within.locator(".stale");
  const askAgain = (within: Locator) =>
    notes(within).getByRole("button", { name: "Ask again", exact: true });
  const button = (name: string) =>
    page.getByRole("button", { name, exact: true });
  const rows = (within: Locator) =>
    within.locator(".group-row > a, td.email").allTextContents();
  const focused = () =>
    page.evaluate(() => document.activeElement?.textContent ?? "");

  /** Seconds that a note tells; the store is the one that it must name. */
  const toldAge = async (note: Locator, store: string) => {
    const text = (await note.getByRole("listitem").textContent()) ?? "";
    const [, minutes, seconds] =
      /^(?:.+) did not answer: shown as of (\d+) min (?:(\d+) s )?ago$/.exec(
        text,
      ) ?? [];
    expect(text.startsWith(`${store} did not`)).toBe(true);
    return Number(minutes) * 60 + Number(seconds ?? 0);
  };
  /** Of something that was read first after the test began. */
  const expectAge = (toldSeconds: number) => {
    const elapsedMs = Date.now() - startedAt;
    expect(toldSeconds).toBeGreaterThanOrEqual(aheadMs / 1_000);
    expect(toldSeconds).toBeLessThanOrEqual(
      Math.ceil((aheadMs + elapsedMs) / 1_000),
    );
  };
  const ecwidGroups = () =>
    whole.ecwid.data.customerGroups.map(({ name }) => name);

  it("says of which store, beside its data, and since when", async () => {
    await start({ groupsTtlMs: ttlMs });
    await open("/");
    expect(await notes(page.locator("body")).count()).toBe(0);
    aheadMs = 93_000;
    whole.ecwid.faults.add({ status: 503 });
    const { heard } = await listen(page);
    await visit("/");
    expect(await notes(page.locator("body")).count()).toBe(1);
    const note = notes(region("ecwid-demo"));
    const age = await toldAge(note, "ecwid-demo");
    expectAge(age);
    expect(await rows(region("ecwid-demo"))).toEqual(ecwidGroups().slice(0, 6));
    await main().getByText("191 groups in 3 stores").waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
    // The moment itself, for those who read the page later.
    const moment = await note.locator("time").getAttribute("datetime");
    expect(
      Math.abs(Date.parse(moment!) + age * 1_000 - Date.now()),
    ).toBeLessThan(Date.now() - startedAt);
    expect((await heard()).filter((text) => text.includes("answer"))).toEqual([
      expect.stringMatching(
        /^ecwid-demo did not answer: shown as of 1 min \d+ s ago$/,
      ),
    ]);
    await screenshot(page, "client-stale");
  });

  it("goes on counting, in silence", async () => {
    await start({ groupsTtlMs: ttlMs });
    await open("/stores/ecwid-demo");
    aheadMs = 93_000;
    whole.ecwid.faults.add({ status: 503 });
    await page.clock.install();
    const { heard } = await listen(page);
    await visit("/stores/ecwid-demo");
    const before = await toldAge(notes(main()), "ecwid-demo");
    await page.clock.fastForward("02:00");
    const after = await toldAge(notes(main()), "ecwid-demo");
    expect(after - before).toBeGreaterThanOrEqual(120);
    expect(after - before).toBeLessThan(150);
    expect(
      (await heard()).filter((text) => text.includes("did not answer")),
    ).toHaveLength(1);
  });

  it("asks again, and says nothing of it when the store is back", async () => {
    await start({ groupsTtlMs: ttlMs });
    await open("/");
    aheadMs = 93_000;
    const fault = whole.ecwid.faults.add({ status: 503 });
    const delay = whole.ecwid.faults.add({ delayMs: 1_500 });
    await visit("/");
    const store = region("ecwid-demo");
    await askAgain(store).focus();
    await page.keyboard.press("Enter");
    await notes(store).getByText("Asking again…").waitFor();
    expect(await rows(store)).toHaveLength(6);
    await askAgain(store).waitFor();
    expect(await focused()).toBe("Ask again");
    expectAge(await toldAge(notes(store), "ecwid-demo"));

    fault.remove();
    delay.remove();
    // However long the server spares a store that failed.
    aheadMs += 15_000;
    await page.keyboard.press("Enter");
    await notes(store).waitFor({ state: "detached" });
    expect(await focused()).toBe("ecwid-demo");
    expect(await rows(store)).toEqual(ecwidGroups().slice(0, 6));
  });

  it("does not remember what was old", async () => {
    await start({ groupsTtlMs: ttlMs });
    await open("/");
    aheadMs = 93_000;
    whole.ecwid.faults.add({ status: 503 });
    await visit("/");
    await notes(region("ecwid-demo")).waitFor();
    await page.getByRole("link", { name: "bigcommerce-demo" }).first().click();
    await button("Load more").waitFor();
    whole.ecwid.faults.clear();
    aheadMs += 15_000;
    await page.goBack();
    await region("ecwid-demo").locator(".group-row").first().waitFor();
    expect(await notes(page.locator("body")).count()).toBe(0);
  });

  it("says it of a list with newer pages, and reads all of it again", async () => {
    await start({ groupsTtlMs: ttlMs });
    await open("/stores/ecwid-demo");
    aheadMs = 93_000;
    const fault = whole.ecwid.faults.add({ status: 503 });
    await visit("/stores/ecwid-demo");
    await notes(main()).waitFor();
    fault.remove();
    aheadMs += 15_000;
    await button("Load more").click();
    await main().getByText("40 of 63 groups").waitFor();
    // The first twenty are as old as they were.
    expect(await notes(main()).count()).toBe(1);
    await askAgain(main()).click();
    await notes(main()).waitFor({ state: "detached" });
    await main().getByText("40 of 63 groups").waitFor();
    expect(await rows(main())).toEqual(ecwidGroups().slice(0, 40));
    expect(await focused()).toBe("ecwid-demo");
  });

  it("tells a group's age and its members' apart", async () => {
    await start({ groupsTtlMs: ttlMs, customersTtlMs: ttlMs });
    const path = "/stores/bigcommerce-demo/groups/3";
    await open(path);
    const members = await rows(region("Members"));
    aheadMs = 93_000;
    // The members are asked for anew; the group is not to be had.
    whole.bigCommerce.faults.add({
      status: 503,
      when: { pathPattern: "customer_groups" },
    });
    await visit(path);
    await notes(main().locator(".view-head")).waitFor();
    expect(await notes(main()).count()).toBe(1);
    expect(await rows(region("Members"))).toEqual(members);

    whole.bigCommerce.faults.clear();
    whole.bigCommerce.faults.add({
      status: 503,
      when: { pathPattern: "/customers" },
    });
    aheadMs += 30_000;
    await visit(path);
    await notes(region("Members")).waitFor();
    expect(await notes(main()).count()).toBe(1);
    expect(await rows(region("Members"))).toEqual(members);
  });

  it.each([
    ["/", 1280, "light"],
    ["/", 360, "dark"],
    ["/stores/bigcommerce-demo", 360, "light"],
    ["/stores/bigcommerce-demo/groups/3", 1280, "dark"],
  ] as const)(
    "keeps the rules of accessibility: %s, %d, %s",
    async (path, width, colorScheme) => {
      await start({ groupsTtlMs: ttlMs, customersTtlMs: ttlMs });
      await open(path, { colorScheme, viewport: { width, height: 800 } });
      aheadMs = 93_000;
      whole.bigCommerce.faults.add({ status: 503 });
      await visit(path);
      await notes(main()).first().waitFor();
      expect(await brokenRules(page)).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth),
      ).toBe(width);
      await screenshot(page, `client-stale-${colorScheme}-${width}`);
    },
  );
});
