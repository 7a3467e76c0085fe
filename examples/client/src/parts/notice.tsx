import { useEffect, useMemo, useRef, useState } from "react";
import { explain, type Problem } from "../client/problem";
import { useReturnedFocus } from "./return-focus";

interface NoticeProps {
  /** Nothing is shown when there are none. */
  readonly problems: readonly Problem[];
  /** What the reader does not see for it, as a sentence. */
  readonly missing: string;
  /** Whether it is being asked for again. */
  readonly isAsking: boolean;
  readonly onAskAgain: () => void;
}

/** Says beside the rest of a view what is missing there, why, and what to do. */
export function Notice(props: NoticeProps) {
  return props.problems.length === 0 ? null : <ShownNotice {...props} />;
}

function ShownNotice({ problems, missing, isAsking, onAskAgain }: NoticeProps) {
  const notice = useRef<HTMLDivElement>(null);
  useReturnedFocus(notice);
  const kinds = useMemo(() => foldKinds(problems), [problems]);
  const waitMs = Math.max(
    0,
    ...problems.map(({ retryAfterMs }) => retryAfterMs ?? 0),
  );
  const messages = [...new Set(problems.map(({ message }) => message))].filter(
    (message) => message !== "",
  );

  return (
    <div ref={notice} className="notice">
      {/* Without the button, whose seconds would all be read out; anew when
          asking again has brought nothing better. */}
      <div
        key={isAsking ? "asking" : "answered"}
        role={isAsking ? undefined : "alert"}
        className="notice-text"
      >
        {kinds.map((problem) => {
          const { title, advice } = explain(problem);
          return (
            <div key={keyOf(problem)}>
              <p className="notice-title">{title}</p>
              <p>
                {missing} {advice}
              </p>
            </div>
          );
        })}
      </div>
      <AskAgain waitMs={waitMs} isAsking={isAsking} onAskAgain={onAskAgain} />
      {messages.length > 0 && (
        <details>
          <summary>What the server says</summary>
          <ul>
            {messages.map((message) => (
              <li key={message}>{message}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

interface AskAgainProps {
  readonly waitMs: number;
  readonly isAsking: boolean;
  readonly onAskAgain: () => void;
}

/** A button that waits as long as the store asked for. */
function AskAgain({ waitMs, isAsking, onAskAgain }: AskAgainProps) {
  const [secondsLeft, setSecondsLeft] = useState(Math.ceil(waitMs / 1_000));
  useEffect(() => {
    if (isAsking) return;
    const until = performance.now() + waitMs;
    const tick = () => {
      const leftMs = Math.max(0, until - performance.now());
      setSecondsLeft(Math.ceil(leftMs / 1_000));
      if (leftMs === 0) clearInterval(timer);
    };
    const timer = setInterval(tick, 250);
    const start = setTimeout(tick);
    return () => {
      clearInterval(timer);
      clearTimeout(start);
    };
    // Each answer begins the wait anew.
  }, [isAsking, waitMs]);

  const isWaiting = secondsLeft > 0;
  return (
    // Not `disabled`: that would throw the focus out of the button.
    <button
      type="button"
      aria-disabled={isWaiting || isAsking}
      onClick={() => {
        if (!isWaiting && !isAsking) onAskAgain();
      }}
    >
      {isAsking
        ? "Asking again…"
        : isWaiting
          ? `Try again in ${secondsLeft} s`
          : "Try again"}
    </button>
  );
}

/** One problem for each kind of each store, with the longest wait of them. */
function foldKinds(problems: readonly Problem[]): readonly Problem[] {
  const kinds = new Map<string, Problem>();
  for (const problem of problems) {
    const known = kinds.get(keyOf(problem));
    if ((known?.retryAfterMs ?? -1) < (problem.retryAfterMs ?? 0))
      kinds.set(keyOf(problem), problem);
  }
  return [...kinds.values()];
}

function keyOf({ code, store, scope, id }: Problem): string {
  return [code, store, scope, id].join(" ");
}
