import type {
  BrowserContextOptions,
  Locator,
  Page,
  Request,
  Response,
} from "playwright-core";
import { platforms } from "../../../src/platforms/registry";
import { type Sandbox, startSandbox } from "../../../src/sandbox/start";
import type { TestBrowser, WatchedPage } from "./browser";

/** A stand-in for every platform, for the stores that the explorer shows. */
export async function startAllRooms(): Promise<Sandbox> {
  const rooms = await Promise.all(
    platforms.map(({ sandbox: room }) => room!()),
  );
  return startSandbox({ rooms });
}

/** The explorer in a tab, as people handle it. */
export interface ExplorerPage {
  readonly tab: WatchedPage;
  readonly page: Page;
  /** The editor for the operation. */
  editor(): Locator;
  /** What the footer says of the answer. */
  status(): Locator;
  /** What the editor for answers holds: it draws only the lines in sight. */
  shown(): Promise<string>;
  /** The next answer to an operation. */
  answered(): Promise<Response>;
  /** Sends what is in the editor, and reads the answer from the page. */
  run(): Promise<any>;
  /** The button of an operation's tab. */
  tabOf(name: string): Locator;
  choose(name: string): Promise<void>;
  /** @param area by its name: `Query Editor`, `Variables` or `Headers`. */
  write(area: string, text: string): Promise<void>;
  writeHeaders(headers: Readonly<Record<string, string>>): Promise<void>;
  /** The texts of a table's rows, cell by cell. */
  cellsOf(table: number): Promise<string[][]>;
}

/** Whether the page asks for an operation that somebody wrote. */
export function isOperation(request: Request): boolean {
  return request.method() === "POST" && !isIntrospection(request);
}

/** Whether the page asks for the schema. */
export function isIntrospection(request: Request): boolean {
  return request.postData()?.includes("IntrospectionQuery") ?? false;
}

/** Opens the explorer and waits until it knows the schema, or that it may not. */
export async function openExplorer(
  browser: TestBrowser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<ExplorerPage> {
  const tab = await browser.open(options);
  const introspected = tab.page.waitForResponse(
    (response) => response.request().method() === "POST",
  );
  await tab.page.goto(url);
  await introspected;
  return explorerOn(tab);
}

function explorerOn(tab: WatchedPage): ExplorerPage {
  const { page } = tab;
  const editor = () =>
    page.getByRole("region", { name: "Query Editor" }).locator(".CodeMirror");
  const shown = () =>
    page.evaluate(() =>
      (
        document.querySelector(".result-window .CodeMirror") as unknown as {
          CodeMirror: { getValue(): string };
        }
      ).CodeMirror.getValue(),
    );
  const answered = () =>
    page.waitForResponse((response) => isOperation(response.request()));
  const tabOf = (name: string) =>
    page.getByRole("tab").getByRole("button", { name, exact: true });
  const write = async (area: string, text: string) => {
    await page
      .getByRole("region", { name: area })
      .locator(".CodeMirror:visible")
      .click();
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText(text);
  };
  return {
    tab,
    page,
    editor,
    status: () => page.getByRole("status"),
    shown,
    answered,
    run: async () => {
      const answer = answered();
      await editor().click();
      await page.keyboard.press("Control+Enter");
      await answer;
      await page.waitForFunction(
        () => document.querySelector(".graphiql-spinner") === null,
      );
      return JSON.parse(await shown());
    },
    tabOf,
    choose: (name) => tabOf(name).click(),
    write,
    writeHeaders: async (headers) => {
      await page.getByRole("button", { name: "Headers" }).click();
      await write("Headers", JSON.stringify(headers));
    },
    cellsOf: (table) =>
      page
        .getByRole("table")
        .nth(table)
        .locator("tbody tr")
        .evaluateAll((rows) =>
          rows.map((row) =>
            [...row.querySelectorAll("td")].map(
              (cell) => cell.textContent ?? "",
            ),
          ),
        ),
  };
}
