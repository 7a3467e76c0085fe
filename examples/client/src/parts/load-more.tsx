import { useEffect, useRef } from "react";
import { shownInWords } from "./count";

interface LoadMoreProps {
  readonly shown: number;
  /** `null` when it is not known. */
  readonly total: number | null;
  /** What a row is, in the singular. */
  readonly noun: string;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly onMore: () => void;
}

/** How much of a list is shown, and the way to more of it. */
export function LoadMore({
  shown,
  total,
  noun,
  hasMore,
  isLoading,
  onMore,
}: LoadMoreProps) {
  const count = useRef<HTMLParagraphElement>(null);
  const hasAsked = useRef(false);
  const hasButton = hasMore || isLoading;

  // The button goes with the last page; the focus stays at the list's end.
  useEffect(() => {
    if (hasAsked.current && !hasButton && isFocusLost()) count.current?.focus();
  }, [hasButton]);

  return (
    <div className="load-more">
      {hasButton && (
        <button
          type="button"
          aria-disabled={isLoading}
          onClick={() => {
            if (isLoading) return;
            hasAsked.current = true;
            onMore();
          }}
        >
          {isLoading ? "Loading…" : "Load more"}
        </button>
      )}
      <p ref={count} tabIndex={-1} className="quiet">
        {shownInWords(shown, total, noun)}
      </p>
    </div>
  );
}

function isFocusLost(): boolean {
  return document.activeElement === document.body;
}
