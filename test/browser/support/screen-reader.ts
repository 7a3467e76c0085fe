import type { Page } from "playwright-core";

/** What a screen reader hears of a page's live regions. */
export interface ScreenReader {
  /** Everything that was new or changed in them so far, in its order. */
  readonly heard: () => Promise<readonly string[]>;
  /** Forgets it. */
  readonly forget: () => Promise<void>;
}

export interface ListeningWindow {
  readonly heard: string[];
}

/** Listens to every address that the page goes to from now on. */
export async function listen(page: Page): Promise<ScreenReader> {
  await page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    const regions = "[role=status], [role=alert]";
    const hear = (node: Node) => {
      const element = node instanceof Element ? node : node.parentElement;
      const isWithin = element?.closest(regions);
      const added = isWithin
        ? [node]
        : (element?.querySelectorAll(regions) ?? []);
      for (const { textContent } of added)
        if (textContent) heard.push(textContent);
    };
    new MutationObserver((records) => {
      for (const { type, target, addedNodes } of records)
        if (type === "characterData") hear(target);
        else addedNodes.forEach(hear);
    }).observe(document, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
  return {
    heard: () =>
      page.evaluate(() => (window as unknown as ListeningWindow).heard),
    forget: () =>
      page.evaluate(() => {
        (window as unknown as ListeningWindow).heard.length = 0;
      }),
  };
}
