import { platforms } from "../../src/platforms/registry";
import type { JournalEntry } from "../../src/sandbox/journal";
import { type Sandbox, startSandbox } from "../../src/sandbox/start";
import { type Clientele, dataOf, startClientele } from "../support/clientele";
import { readMetrics } from "./metrics-page";

const stores = ["commerce-layer-demo", "bigcommerce-demo", "ecwid-demo"];
const [commerceLayer, bigCommerce, ecwid] = stores as [string, string, string];

/** What is counted, held against what the sandbox was sent. */
describe("the metrics", () => {
  let sandbox: Sandbox;
  let clientele: Clientele;

  beforeEach(async () => {
    const rooms = await Promise.all(
      platforms.flatMap(({ sandbox: room }) => (room ? [room()] : [])),
    );
    sandbox = await startSandbox({ rooms });
    clientele = await startClientele(
      sandbox.servers.map((server) => ({ server })),
    );
  });
  afterEach(async () => {
    await clientele.stop();
    await sandbox.close();
  });

  const asked = (store: string): readonly JournalEntry[] =>
    sandbox.server(store).journal.requests("api");
  const faultsOf = (store: string) => sandbox.server(store).faults;
  const read = () => readMetrics(clientele.url);
  const customersOf = (store: string, first = 3) =>
    `{ customers(first: ${first}, filter: { stores: ["${store}"] }) { nodes { email } } }`;

  it("count each request to a store by its status", async () => {
    faultsOf(commerceLayer).add({
      when: { kind: "api" },
      status: 503,
      times: 1,
    });
    faultsOf(ecwid).add({
      when: { kind: "api" },
      reset: "before-headers",
      times: 1,
    });
    for (const store of stores) {
      dataOf(await clientele.send(customersOf(store)));
      dataOf(await clientele.send(customersOf(store, 5)));
    }
    const page = await read();
    for (const store of stores) {
      const statuses: Record<string, number> = {};
      for (const { status = "none" } of asked(store)) {
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
      expect(
        page.by("status", "clientele_upstream_requests_total", { store }),
      ).toEqual(statuses);
    }
    expect(page.by("store", "clientele_upstream_retries_total")).toEqual({
      [commerceLayer]: 1,
      [ecwid]: 1,
    });
    expect(
      page.value("clientele_upstream_requests_total", { status: "503" }),
    ).toBe(1);
    expect(
      page.value("clientele_upstream_requests_total", { status: "none" }),
    ).toBe(1);
  });

  it("count the bytes of answers as they came", async () => {
    for (const store of stores) {
      dataOf(await clientele.send(customersOf(store, 50)));
    }
    const page = await read();
    for (const store of stores) {
      const bytes = asked(store).reduce(
        (total, entry) => total + entry.bytes!,
        0,
      );
      expect(bytes).toBeGreaterThan(500);
      expect(page.value("clientele_upstream_bytes_total", { store })).toBe(
        bytes,
      );
    }
  });

  it("measure requests and operations", async () => {
    dataOf(await clientele.send(customersOf(ecwid)));
    const before = await read();
    faultsOf(ecwid).add({ when: { kind: "api" }, delayMs: 300 });
    for (const first of [5, 6]) {
      dataOf(await clientele.send(customersOf(ecwid, first)));
    }
    const page = await read();
    for (const [name, labels] of [
      ["clientele_operation_duration_seconds", {}],
      ["clientele_upstream_duration_seconds", { store: ecwid }],
    ] as const) {
      expect(page.value(`${name}_count`, labels)).toBe(3);
      expect(before.value(`${name}_count`, labels)).toBe(1);
      const seconds =
        page.value(`${name}_sum`, labels) - before.value(`${name}_sum`, labels);
      expect(seconds).toBeGreaterThan(0.59);
      expect(seconds).toBeLessThan(10);
      const fast = { ...labels, le: "0.25" };
      expect(page.value(`${name}_bucket`, fast)).toBe(
        before.value(`${name}_bucket`, fast),
      );
    }
    expect(
      page.value("clientele_upstream_duration_seconds_count", {
        store: bigCommerce,
      }),
    ).toBe(0);
  });

  it("count the errors of answers by their codes", async () => {
    await clientele.send('{ a: node(id: "x") { id } b: node(id: "y") { id } }');
    await clientele.send("{ nothing }");
    faultsOf(bigCommerce).add({ when: { kind: "api" }, status: 400, body: {} });
    const failed = await clientele.send(customersOf(bigCommerce));
    expect(failed.errors).toHaveLength(1);
    expect((await read()).by("code", "clientele_errors_total")).toEqual({
      BAD_USER_INPUT: 2,
      GRAPHQL_VALIDATION_FAILED: 1,
      PLATFORM_CONTRACT: 1,
    });
  });

  it("count what was spared", async () => {
    const id = `gid://clientele/Customer/${ecwid}/200000001`;
    faultsOf(ecwid).add({ when: { kind: "api" }, delayMs: 500 });
    const one = `{ customer(id: "${id}") { email } }`;
    await Promise.all([
      clientele.send(one),
      clientele.send(`${one} `),
      clientele.send(one),
    ]);
    const page = await read();
    expect(asked(ecwid)).toHaveLength(1);
    expect(
      page.value("clientele_upstream_requests_total", { store: ecwid }),
    ).toBe(1);
    expect(page.by("store", "clientele_upstream_coalesced_total")).toEqual({
      [ecwid]: 1,
    });
    expect(page.value("clientele_operations_coalesced_total")).toBe(1);
    expect(page.value("clientele_operation_duration_seconds_count")).toBe(3);
  });

  it("count what outlived its answer, and that is ended", async () => {
    const warm = `{ customersByEmail(email: "nobody@example.com") { id } }`;
    dataOf(await clientele.send(warm));
    const query = `{ customers(first: 1, filter: { email: "john@example.com", stores: ["${ecwid}"] }) { nodes { sameEmail { id } } } }`;
    faultsOf(commerceLayer).add({
      when: { kind: "api" },
      status: 400,
      body: {},
    });
    // So that the other request is surely under way.
    faultsOf(commerceLayer).add({ when: { kind: "api" }, delayMs: 300 });
    faultsOf(bigCommerce).add({ when: { kind: "api" }, hang: true });
    const sentBefore = stores.map((store) => asked(store).length);
    const answer = await clientele.send(query);
    expect(answer.errors).toMatchObject([
      { extensions: { code: "PLATFORM_CONTRACT", store: commerceLayer } },
    ]);
    const sent = stores.map(
      (store, index) => asked(store).length - sentBefore[index]!,
    );
    expect(sent).toEqual([1, 1, 1]);
    const page = await read();
    for (const store of stores) {
      expect(page.value("clientele_upstream_requests_total", { store })).toBe(
        asked(store).length,
      );
    }
    expect(page.value("clientele_upstream_running")).toBe(0);
    expect(
      page.value("clientele_upstream_requests_total", {
        store: bigCommerce,
        status: "none",
      }),
    ).toBe(1);
    // It says nothing of the platform.
    expect(page.value("clientele_upstream_circuit_state")).toBe(0);
  });
});
