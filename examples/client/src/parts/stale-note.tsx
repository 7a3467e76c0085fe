import { useEffect, useRef, useState } from "react";
import { ageInWords, type StaleStore } from "../client/stale";
import { useAnnouncement } from "./announcer";
import { useReturnedFocus } from "./return-focus";

/** Often enough for a reader, seldom enough not to be a clock. */
const tickMs = 10_000;

const moments = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "medium",
  timeStyle: "long",
});

interface StaleNoteProps {
  /** Nothing is shown when there are none. */
  readonly stale: readonly StaleStore[];
  /** Whether they are being asked again. */
  readonly isAsking: boolean;
  readonly onAskAgain: () => void;
}

/** Says beside data that it is old, of which store, and how old it is. */
export function StaleNote(props: StaleNoteProps) {
  return props.stale.length === 0 ? null : <ShownStaleNote {...props} />;
}

function ShownStaleNote({ stale, isAsking, onAskAgain }: StaleNoteProps) {
  const note = useRef<HTMLDivElement>(null);
  useReturnedFocus(note);
  useAnnouncement(
    stale
      .map(
        ({ store, ageMs }) =>
          `${introductionTo(store)} ${ageInWords(ageMs)} ago`,
      )
      .join(". "),
  );
  return (
    <div ref={note} className="stale">
      <ul>
        {stale.map(({ store, asOf }) => (
          <li key={store}>
            {introductionTo(store)} <Age key={asOf} asOf={asOf} />
          </li>
        ))}
      </ul>
      <button
        type="button"
        aria-disabled={isAsking}
        onClick={() => {
          if (!isAsking) onAskAgain();
        }}
      >
        {isAsking ? "Asking again…" : "Ask again"}
      </button>
    </div>
  );
}

/** Grows while it is looked at. */
function Age({ asOf }: { readonly asOf: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, tickMs);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return (
    <time dateTime={new Date(asOf).toISOString()} title={moments.format(asOf)}>
      {ageInWords(now - asOf)} ago
    </time>
  );
}

function introductionTo(store: string): string {
  return `${store} did not answer: shown as of`;
}
