import { type RefObject, useLayoutEffect } from "react";

/**
 * When the element goes, the focus that was in it goes to the heading above it
 * instead of nowhere.
 */
export function useReturnedFocus(ref: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = ref.current;
    return () => {
      if (!element?.contains(document.activeElement)) return;
      element
        .closest("section, main")
        ?.querySelector<HTMLElement>("h1, h2")
        ?.focus();
    };
  }, [ref]);
}
