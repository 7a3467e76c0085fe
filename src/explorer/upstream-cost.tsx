import { useEditorContext, useExecutionContext } from "@graphiql/react";
import { type ReactNode, useMemo, useState } from "react";
import type { StaleStore, UpstreamSummary } from "../http/ledger";
import { describeAge } from "./describe-age";
import { type Cost, readAnswer } from "./read-answer";
import { type SchemaProblem, useSchemaProblem } from "./use-schema-problem";

/**
 * What the answer that is shown cost upstream: the sum, by store, and every call;
 * and which stores' parts of it are old.
 */
export function UpstreamCost() {
  const { tabs, activeTabIndex } = useEditorContext({ nonNull: true });
  const { isFetching } = useExecutionContext({ nonNull: true });
  const [isOpen, setOpen] = useState(true);
  const answer = tabs[activeTabIndex]?.response ?? null;
  const { cost, stale } = useMemo(() => readAnswer(answer), [answer]);
  const problem = useSchemaProblem(answer, cost);
  return (
    <section className="cost" aria-label="Upstream cost">
      <div role="status">
        <p>
          {isFetching ? (
            "Waiting for the answer …"
          ) : (
            <Summary cost={cost} problem={problem} />
          )}
        </p>
        {stale.map((entry) => (
          <Stale key={entry.store} {...entry} />
        ))}
        {problem === "unreadable" && (
          <p className="cost-note">
            The schema could not be read: there is neither documentation nor
            completion.
          </p>
        )}
      </div>
      {cost.kind === "told" && cost.upstream.requests > 0 && (
        <Details upstream={cost.upstream} isOpen={isOpen} setOpen={setOpen} />
      )}
    </section>
  );
}

function Summary({
  cost,
  problem,
}: {
  readonly cost: Cost;
  readonly problem: SchemaProblem | undefined;
}) {
  if (cost.kind === "told") return <Sum upstream={cost.upstream} />;
  if (cost.kind === "untold") {
    return (
      <>
        The answer does not say what it cost: that takes a token with the scope{" "}
        <code>debug</code>.
      </>
    );
  }
  const isTokenMissing =
    cost.kind === "unauthenticated" ||
    (cost.kind === "noAnswer" && problem === "tokenMissing");
  if (!isTokenMissing) {
    return <>After each operation, this shows what it cost upstream.</>;
  }
  return (
    <>
      This server wants a token. Write{" "}
      <code>{'{ "authorization": "Bearer …" }'}</code> under Headers, with the
      token in place of the dots: it serves all tabs, and is forgotten with the
      page.
    </>
  );
}

function Stale({ store, ageMs }: StaleStore) {
  return (
    <p className="cost-note">
      <strong>{store}</strong> gave no fresh answer: what it said up to{" "}
      {describeAge(ageMs)} ago stands in.
    </p>
  );
}

function Sum({ upstream }: { readonly upstream: UpstreamSummary }) {
  const { requests, bytes, byStore } = upstream;
  const waitedMs = Object.values(byStore).reduce(
    (sum, account) => sum + account.waitedMs,
    0,
  );
  return (
    <>
      <strong>
        {whole(requests)} upstream {requests === 1 ? "request" : "requests"}
      </strong>
      , {whole(bytes)} bytes, {whole(waitedMs)} ms waited
    </>
  );
}

function Details({
  upstream,
  isOpen,
  setOpen,
}: {
  readonly upstream: UpstreamSummary;
  readonly isOpen: boolean;
  readonly setOpen: (isOpen: boolean) => void;
}) {
  return (
    <details
      open={isOpen}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>Stores and calls</summary>
      <div
        className="cost-tables"
        role="group"
        aria-label="Stores and calls"
        tabIndex={0}
      >
        <Table
          columns={["Store"]}
          numbers={[
            "Requests",
            "Bytes",
            "Waited, ms",
            "Sent again",
            "Shared",
            "From cache",
          ]}
          rows={Object.entries(upstream.byStore).map(([store, account]) => [
            store,
            account.requests,
            account.bytes,
            account.waitedMs,
            account.retried,
            account.coalesced,
            account.cached,
          ])}
        />
        <Table
          columns={["Store", "Call"]}
          numbers={["Status", "ms", "Bytes"]}
          rows={upstream.calls.map((call) => [
            call.store,
            <code key="call">
              {call.method} {legible(call.path)}
            </code>,
            call.status ?? "no answer",
            call.ms,
            call.bytes,
          ])}
        />
      </div>
    </details>
  );
}

/** A table whose last columns are numbers; columns of nothing but 0 are `empty`. */
function Table({
  columns,
  numbers,
  rows,
}: {
  readonly columns: readonly string[];
  readonly numbers: readonly string[];
  readonly rows: readonly (readonly ReactNode[])[];
}) {
  const classes = [
    ...columns.map(() => undefined),
    ...numbers.map((_, index) =>
      rows.some((cells) => cells[columns.length + index] !== 0)
        ? "number"
        : "number empty",
    ),
  ];
  return (
    <table>
      <thead>
        <tr>
          {[...columns, ...numbers].map((name, index) => (
            <th key={name} scope="col" className={classes[index]}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells, row) => (
          <tr key={row}>
            {cells.map((cell, index) => (
              <td key={index} className={classes[index]}>
                {typeof cell === "number" ? whole(cell) : cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const wholes = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

function whole(number: number): string {
  return wholes.format(number);
}

/** Without percent signs where they can be read. */
function legible(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
