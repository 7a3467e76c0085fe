import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "playwright-core";

/** A page with axe-core in it. */
interface AxeWindow {
  readonly axe: {
    run(): Promise<{
      readonly violations: readonly {
        readonly id: string;
        readonly nodes: readonly { readonly html: string }[];
      }[];
    }>;
  };
}

const axe = readFileSync(
  resolve(
    __dirname,
    "../../../examples/client/node_modules/axe-core/axe.min.js",
  ),
  "utf8",
);

/** What axe finds against WCAG 2.2 AA and good practice, with its places. */
export async function brokenRules(page: Page): Promise<string[][]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as AxeWindow).axe.run();
    return violations.map(({ id, nodes }) => [
      id,
      ...nodes.map(({ html }) => html),
    ]);
  });
}
