import { useSyncExternalStore } from "react";
import { noteScroll } from "./scroll";

const listeners = new Set<() => void>();
let moves = 0;

function notify(): void {
  moves += 1;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("popstate", notify);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener("popstate", notify);
  };
}

/** The path of the page's address; follows links, Back and Forward. */
export function usePath(): string {
  return useSyncExternalStore(subscribe, () => window.location.pathname);
}

/** Goes to another address of this page. */
export function navigate(path: string): void {
  noteScroll();
  window.history.pushState(null, "", path);
  window.scrollTo(0, 0);
  notify();
}

/** Whether the reader has come to this view from another one of this page. */
export function hasMoved(): boolean {
  return moves > 0;
}

/**
 * How many rows of its list the address shows, so that a reload and Back give
 * the list as long as it was; `undefined` when it does not say.
 */
export function readShownRows(): number | undefined {
  const text = new URLSearchParams(window.location.search).get("shown");
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

/** Notes in the address how many rows of its list are shown. */
export function noteShownRows(count: number): void {
  const { pathname } = window.location;
  window.history.replaceState(
    window.history.state,
    "",
    `${pathname}?shown=${count}`,
  );
}
