import { isRecord } from "../client/is-record";

/** How long the page stands still before its place is worth a note. */
const stillMs = 100;

/** Where the reader left this view, until it is long enough for that again. */
let target: number | undefined;
let noting: ReturnType<typeof setTimeout> | undefined;

/**
 * Takes the reader back to where a view was left, on Back, Forward and reload.
 * The browser would do so before the view's rows have come.
 */
export function followScroll(): void {
  window.history.scrollRestoration = "manual";
  window.addEventListener("scroll", () => {
    clearTimeout(noting);
    noting = setTimeout(noteScroll, stillMs);
  });
  window.addEventListener("pagehide", noteScroll);
  window.addEventListener("popstate", aim);
  // Whoever moves on their own is not moved.
  for (const type of ["wheel", "touchstart", "pointerdown", "keydown", "click"])
    window.addEventListener(type, giveUp, { capture: true, passive: true });
  new ResizeObserver(arrive).observe(document.body);
  aim();
}

/** Notes in the history how far the present view is scrolled. */
export function noteScroll(): void {
  clearTimeout(noting);
  if (target !== undefined) return;
  const state: unknown = window.history.state;
  window.history.replaceState(
    { ...(isRecord(state) ? state : {}), scrollY: window.scrollY },
    "",
  );
}

function aim(): void {
  clearTimeout(noting);
  const state: unknown = window.history.state;
  const noted = isRecord(state) ? state["scrollY"] : undefined;
  target = typeof noted === "number" ? noted : 0;
  // The view of before still stands there.
  requestAnimationFrame(arrive);
}

/** As near as it goes: rows may still be on their way. */
function arrive(): void {
  if (target === undefined) return;
  const reach = document.documentElement.scrollHeight - window.innerHeight;
  window.scrollTo(0, target);
  if (target <= reach) target = undefined;
}

function giveUp(): void {
  target = undefined;
}
