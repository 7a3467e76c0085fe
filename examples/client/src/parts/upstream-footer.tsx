import { useSyncExternalStore } from "react";
import type {
  UpstreamCall,
  UpstreamCost,
  UpstreamCostMeter,
} from "../client/upstream-cost";
import { countOf, toCount } from "./count";

/** What the view has cost upstream: requests are what the platforms ration. */
export function UpstreamFooter({
  meter,
}: {
  readonly meter: UpstreamCostMeter;
}) {
  const cost = useSyncExternalStore(meter.subscribe, meter.read);
  return (
    <footer className="upstream" aria-label="What this view cost upstream">
      <p>{inWords(cost)}</p>
      {cost.calls.length > 0 && (
        <details>
          <summary>Every request</summary>
          <ol>
            {cost.calls.map((call, index) => (
              // Equal calls are told apart by their places alone.
              <li key={index}>
                <code>
                  {call.method} {readablePath(call.path)}
                </code>
                <span>
                  {call.store} · {call.status ?? "no answer"} ·{" "}
                  {toCount(Math.round(call.ms))} ms · {toSize(call.bytes)}
                </span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </footer>
  );
}

function inWords({
  isWaiting,
  answers,
  told,
  failures,
  calls,
}: UpstreamCost): string {
  if (calls.length > 0) {
    const bytes = calls.reduce((sum, call) => sum + call.bytes, 0);
    const size = bytes === 0 ? "" : ` and ${toSize(bytes)}`;
    return `This view cost ${countOf(calls.length, "request")}${size} upstream: ${perStore(calls)}.`;
  }
  if (isWaiting || (failures > 0 && answers === 0)) return nonBreakingSpace;
  if (answers === 0)
    return "This view came from the page’s own memory: no request upstream.";
  return told > 0
    ? "This view cost no request upstream."
    : "The server does not tell what this view cost upstream.";
}

// Keeps the line's place while there is nothing to say.
const nonBreakingSpace = "\u00a0";

function perStore(calls: readonly UpstreamCall[]): string {
  const counts = new Map<string, number>();
  for (const { store } of calls)
    counts.set(store, (counts.get(store) ?? 0) + 1);
  return [...counts]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([store, count]) => `${store} ${toCount(count)}`)
    .join(", ");
}

/** Decoded for reading only; as it is where that does not work. */
function readablePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function toSize(bytes: number): string {
  return bytes < 1_000
    ? `${bytes} B`
    : `${(bytes / 1_000).toFixed(bytes < 10_000 ? 1 : 0)} kB`;
}
