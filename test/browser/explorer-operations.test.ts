import type { SandboxServer } from "../../src/sandbox/room";
import { commerceLayerSandbox } from "../../src/sandbox/commerce-layer";
import { type Clientele, startClientele } from "../support/clientele";
import { type TestBrowser, launchBrowser } from "./support/browser";
import { type ExplorerPage, openExplorer } from "./support/explorer-page";

const twoOperations = `query First { stores { key } }

query Second { stores { platform } }
`;

/** The code editor of the operation, as its page knows it. */
interface Editor extends Element {
  readonly CodeMirror: {
    getValue(): string;
    setCursor(line: number, character: number): void;
    readonly operationName: string | null;
    readonly operations: readonly unknown[] | null;
  };
}

/** Which of several operations the explorer sends. */
describe("explorer's operations", () => {
  let browser: TestBrowser;
  let sandbox: SandboxServer;
  let clientele: Clientele;
  let explorer: ExplorerPage;

  beforeAll(async () => {
    browser = await launchBrowser();
    sandbox = await commerceLayerSandbox.start({});
    clientele = await startClientele([{ server: sandbox }]);
  });
  afterAll(async () => {
    await browser.close();
    await clientele.stop();
    await sandbox.close();
  });
  beforeEach(async () => {
    explorer = await openExplorer(browser, clientele.url);
  });
  afterEach(() => explorer.tab.close());

  /** Writes a text, and waits until GraphiQL has found the operations in it. */
  const write = async (text: string, operations: number) => {
    await explorer.write("Query Editor", text);
    await explorer.page.waitForFunction(
      ([value, count]) => {
        const { CodeMirror } = document.querySelector<Editor>(
          ".graphiql-query-editor .CodeMirror",
        )!;
        return (
          CodeMirror.getValue() === value &&
          CodeMirror.operations?.length === count
        );
      },
      [text, operations] as const,
    );
  };
  /** Does something that sends an operation; tells what was sent and answered. */
  const sentBy = async (act: () => Promise<unknown>) => {
    const answered = explorer.answered();
    await act();
    const response = await answered;
    const { query, operationName } = response.request().postDataJSON() as {
      query: string;
      operationName?: string;
    };
    return {
      query,
      operationName,
      answer: (await response.json()) as { data?: unknown; errors?: unknown },
    };
  };

  it.each([
    { line: 0, name: "First", store: { key: "commerce-layer-demo" } },
    { line: 2, name: "Second", store: { platform: "COMMERCE_LAYER" } },
  ])("sends $name where the cursor is in it", async ({ line, name, store }) => {
    await write(twoOperations, 2);
    const { operationName, answer } = await sentBy(async () => {
      await explorer.page.evaluate((at) => {
        document
          .querySelector<Editor>(".graphiql-query-editor .CodeMirror")!
          .CodeMirror.setCursor(at, 3);
      }, line);
      await explorer.page.keyboard.press("Control+Enter");
    });
    expect(operationName).toBe(name);
    expect(answer).toMatchObject({ data: { stores: [store] } });
    expect(explorer.tab.problems).toEqual([]);
  });

  it("sends the one that is chosen from the button's menu", async () => {
    const { page } = explorer;
    await write(twoOperations, 2);
    for (const name of ["Second", "First"]) {
      const { operationName, answer } = await sentBy(async () => {
        await page.getByRole("button", { name: /^Execute query/ }).click();
        await page.getByRole("menuitem", { name, exact: true }).click();
      });
      expect(operationName).toBe(name);
      expect(answer.errors).toBeUndefined();
      await page
        .getByRole("button", { name: /^Execute query/ })
        .waitFor({ state: "visible" });
    }
    expect(explorer.tab.problems).toEqual([]);
  });

  it("sends no name where there is none", async () => {
    await write("{ stores { key } }", 1);
    const { operationName, answer } = await sentBy(() =>
      explorer.page.keyboard.press("Control+Enter"),
    );
    expect(operationName).toBeUndefined();
    expect(answer.errors).toBeUndefined();
  });

  it("leaves the name away that GraphiQL still has of another tab", async () => {
    const { page } = explorer;
    await explorer.choose("VipGroup");
    // The other tab's name stands in the text, and is no operation of it.
    const other = "# Shorter than Stores.\nquery Shorter { stores { key } }";
    await write(other, 1);
    await explorer.tabOf("Shorter").waitFor();
    await explorer.choose("Stores");
    await page.waitForFunction(
      () =>
        document.querySelector<Editor>(".graphiql-query-editor .CodeMirror")!
          .CodeMirror.operationName === "Stores",
    );
    let before: unknown;
    const { query, operationName, answer } = await sentBy(async () => {
      before = await page.evaluate(async () => {
        const button = (selector: string, text = "") =>
          [...document.querySelectorAll<HTMLElement>(selector)].find(
            ({ textContent }) => textContent.includes(text),
          )!;
        button("[role=tab] button", "Shorter").click();
        // No timer can run out meanwhile, GraphiQL's among them.
        for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
        const { CodeMirror } = document.querySelector<Editor>(
          ".graphiql-query-editor .CodeMirror",
        )!;
        const seen = [CodeMirror.getValue(), CodeMirror.operationName];
        button(".graphiql-execute-button").click();
        return seen;
      });
    });
    expect(before).toEqual([other, "Stores"]);
    expect(query).toBe(other);
    expect(operationName).toBeUndefined();
    expect(answer).toEqual({
      data: { stores: [{ key: sandbox.storeKey }] },
      extensions: expect.anything() as unknown,
    });
  });

  it("leaves it to the server to say what is wrong with a text", async () => {
    await explorer.write("Query Editor", "query Wrong {");
    const { answer } = await sentBy(() =>
      explorer.page.keyboard.press("Control+Enter"),
    );
    expect(answer.errors).toMatchObject([
      { extensions: { code: "GRAPHQL_PARSE_FAILED" } },
    ]);
  });
});
