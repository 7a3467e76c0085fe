import { useEffect, useRef } from "react";

interface LoadMoreProps {
  readonly shown: number;
  /** `null` when it is not known. */
  readonly total: number | null;
  /** What the rows are, in the plural. */
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
        {countInWords(shown, total, noun)}
      </p>
    </div>
  );
}

/** As in "40 of 63 groups". */
export function countInWords(
  shown: number,
  total: number | null,
  noun: string,
): string {
  if (total === null) return `${toCount(shown)} ${noun}`;
  return shown >= total
    ? `All ${toCount(total)} ${noun}`
    : `${toCount(shown)} of ${toCount(total)} ${noun}`;
}

const counts = new Intl.NumberFormat("en-GB");

export function toCount(count: number): string {
  return counts.format(count);
}

function isFocusLost(): boolean {
  return document.activeElement === document.body;
}
