import {
  useEditorContext,
  useExecutionContext,
  useSchemaStore,
} from "@graphiql/react";
import { type ReactNode, useEffect, useMemo } from "react";
import type { UpstreamSummary } from "../http/ledger";
import { readCost } from "./read-cost";

/** What the answer that is shown cost upstream: the sum, by store, and every call. */
export function UpstreamCost() {
  const { tabs, activeTabIndex } = useEditorContext({ nonNull: true });
  const { isFetching } = useExecutionContext({ nonNull: true });
  const schemaStore = useSchemaStore();
  const answer = tabs[activeTabIndex]?.response ?? null;
  const cost = useMemo(() => readCost(answer), [answer]);

  // A token that opened the server opens its schema too.
  const isSchemaDue =
    !schemaStore.schema && (cost.kind === "told" || cost.kind === "untold");
  useEffect(() => {
    if (isSchemaDue) void schemaStore.introspect();
  }, [isSchemaDue]);

  const isTokenMissing =
    cost.kind === "unauthenticated" ||
    (cost.kind === "noAnswer" &&
      readCost(schemaStore.fetchError).kind === "unauthenticated");
  return (
    <section className="cost" aria-label="Upstream cost">
      <p role="status">
        {isFetching ? (
          "Waiting for the answer …"
        ) : isTokenMissing ? (
          <>
            This server wants a token. Write{" "}
            <code>{'{ "authorization": "Bearer …" }'}</code> under Headers: it
            serves all tabs, and is forgotten with the page.
          </>
        ) : cost.kind === "told" ? (
          <Sum upstream={cost.upstream} />
        ) : cost.kind === "untold" ? (
          <>
            The answer does not say what it cost: that takes the scope{" "}
            <code>debug</code> and the header{" "}
            <code>clientele-debug: upstream</code>.
          </>
        ) : (
          "After each operation, this shows what it cost upstream."
        )}
      </p>
      {cost.kind === "told" && cost.upstream.requests > 0 && (
        <Details upstream={cost.upstream} />
      )}
    </section>
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

function Details({ upstream }: { readonly upstream: UpstreamSummary }) {
  return (
    <details open>
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

/** A table whose last columns are numbers. */
function Table({
  columns,
  numbers,
  rows,
}: {
  readonly columns: readonly string[];
  readonly numbers: readonly string[];
  readonly rows: readonly (readonly ReactNode[])[];
}) {
  const classOf = (index: number) =>
    index >= columns.length ? "number" : undefined;
  return (
    <table>
      <thead>
        <tr>
          {[...columns, ...numbers].map((name, index) => (
            <th key={name} scope="col" className={classOf(index)}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells, row) => (
          <tr key={row}>
            {cells.map((cell, index) => (
              <td key={index} className={classOf(index)}>
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
