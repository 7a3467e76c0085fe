import { accessSync, constants, mkdirSync } from "node:fs";
import { resolve } from "node:path";
import {
  type BrowserContextOptions,
  type Page,
  chromium,
} from "playwright-core";

const outputFolder = resolve(__dirname, "../output");

/** Chromium without a window, with a profile of its own that is thrown away. */
export interface TestBrowser {
  /**
   * Opens a tab with storage of its own, that shares nothing with other tabs.
   *
   * @param options as Playwright's, for instance `colorScheme` and `viewport`.
   */
  open(options?: BrowserContextOptions): Promise<WatchedPage>;
  close(): Promise<void>;
}

/** A tab, with everything that it asked for and everything that went wrong in it. */
export interface WatchedPage {
  readonly page: Page;
  /** The addresses of all requests so far, those of workers and frames included. */
  readonly requests: readonly string[];
  /**
   * Errors on the console and exceptions that nobody caught; empty when all is
   * well. Answers of 400 and more are errors there, and so is whatever a content
   * security policy forbids.
   */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

/**
 * Starts the system's Chromium: `CHROMIUM_PATH`, by default `/usr/bin/chromium`.
 *
 * @throws when there is none, saying how to install it.
 */
export async function launchBrowser(): Promise<TestBrowser> {
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    // Headless with a fresh profile: Playwright's own doing.
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  return {
    open: async (options) => {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        ...options,
      });
      const requests: string[] = [];
      const problems: string[] = [];
      context.on("request", (request) => requests.push(request.url()));
      context.on("console", (message) => {
        if (message.type() === "error") problems.push(message.text());
      });
      context.on("weberror", (error) => {
        problems.push(String(error.error()));
      });
      return {
        page: await context.newPage(),
        requests,
        problems,
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}

/**
 * Keeps what the page shows as `test/browser/output/<name>.png`, for people to
 * look at; nothing is compared with it.
 */
export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(outputFolder, { recursive: true });
  await page.screenshot({
    path: resolve(outputFolder, `${name}.png`),
    animations: "disabled",
  });
}

function chromiumPath(): string {
  const path = process.env["CHROMIUM_PATH"] || "/usr/bin/chromium";
  try {
    accessSync(path, constants.X_OK);
  } catch {
    throw new Error(
      `There is no Chromium at ${path}. Install it (Debian: apt-get install chromium) or name yours in CHROMIUM_PATH.`,
    );
  }
  return path;
}
