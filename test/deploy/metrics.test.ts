import { platforms } from "../../src/platforms/registry";
import { type Sandbox, startSandbox } from "../../src/sandbox/start";
import { type Clientele, startClientele } from "../support/clientele";
import { dashboard, queries, rules } from "./queries";

// What Prometheus itself adds.
const ofPrometheus = ["up"];
const labelsOfPrometheus = ["job", "instance"];

/**
 * The metrics of a page by name, each with the labels of its samples; null for
 * one without a sample.
 */
function metricsOf(page: string): Map<string, Set<string> | null> {
  const metrics = new Map<string, Set<string> | null>();
  for (const [, name = "", type] of page.matchAll(/^# TYPE (\S+) (\w+)$/gm)) {
    const suffixes =
      type === "histogram" ? ["_bucket", "_sum", "_count"] : [""];
    for (const suffix of suffixes) metrics.set(name + suffix, null);
  }
  for (const [, name = "", labels = ""] of page.matchAll(
    /^(\w+)(?:\{(.*)\})? \S+$/gm,
  )) {
    const known = metrics.get(name) ?? new Set();
    for (const [, label = ""] of labels.matchAll(/(\w+)="/g)) known.add(label);
    metrics.set(name, known);
  }
  return metrics;
}

/** What a query selects: names of metrics, each with the labels it is picked by. */
function selectorsIn(text: string): { name: string; labels: string[] }[] {
  return [...text.matchAll(/\b([a-z]\w*)\{([^}]*)\}/g)].map(
    ([, name = "", labels = ""]) => ({
      name,
      labels: [...labels.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(
        ([, label = ""]) => label,
      ),
    }),
  );
}

/** The labels that a query groups by. */
function groupsIn(text: string): string[] {
  return [...text.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, labels = ""]) =>
    labels.split(",").map((label) => label.trim()),
  );
}

describe("the dashboard and the alert rules", () => {
  let sandbox: Sandbox;
  let clientele: Clientele;
  let metrics: ReturnType<typeof metricsOf>;

  beforeAll(async () => {
    const rooms = await Promise.all(
      platforms.flatMap(({ sandbox: room }) => (room ? [room()] : [])),
    );
    sandbox = await startSandbox({ rooms });
    clientele = await startClientele(
      sandbox.servers.map((server) => ({ server })),
    );
    const ask = () =>
      clientele.send("{ stores { customers(first: 1) { nodes { email } } } }");
    await ask();
    for (const { faults } of sandbox.servers) {
      faults.add({ when: { kind: "api" }, status: 503 });
    }
    const { errors = [] } = await ask();
    expect(errors.length).toBeGreaterThan(0);
    const response = await fetch(new URL("/metrics", clientele.url));
    metrics = metricsOf(await response.text());
  });
  afterAll(async () => {
    await clientele.stop();
    await sandbox.close();
  });

  it("ask many queries", () => {
    expect(queries.length).toBeGreaterThan(40);
    expect(queries.flatMap(({ text }) => selectorsIn(text)).length).toBe(
      queries.flatMap(({ text }) => text.match(/\{/g) ?? []).length,
    );
  });

  it("ask for metrics that a server has", () => {
    const unknown = queries.flatMap(({ owner, text }) =>
      selectorsIn(text)
        .filter(
          ({ name }) => !metrics.has(name) && !ofPrometheus.includes(name),
        )
        .map(({ name }) => `${owner}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it("ask for labels that the metrics have", () => {
    const unknown = queries.flatMap(({ owner, text }) =>
      selectorsIn(text).flatMap(({ name, labels }) => {
        const own = metrics.get(name);
        // One without a sample cannot be judged.
        if (!own) return [];
        return [...labels, ...groupsIn(text)]
          .filter((label) => ![...own, ...labelsOfPrometheus].includes(label))
          .map((label) => `${owner}: ${name} has no ${label}`);
      }),
    );
    expect(unknown).toEqual([]);
    expect([...metrics.values()].filter(Boolean).length).toBeGreaterThan(30);
  });

  it("select one job in every query", () => {
    const loose = queries.flatMap(({ owner, text }) =>
      /\{(?!job="clientele"[,}])/.test(text) ? [owner] : [],
    );
    expect(loose).toEqual([]);
  });

  it("show every metric that is the server's own", () => {
    const shown = new Set(
      queries.flatMap(({ text }) => selectorsIn(text)).map(({ name }) => name),
    );
    const own = [...metrics.keys()].filter(
      (name) =>
        name.startsWith("clientele_") && !/_(bucket|sum|count)$/.test(name),
    );
    expect(own.length).toBeGreaterThan(5);
    expect(own.filter((name) => !shown.has(name))).toEqual([]);
  });
});

describe("the alert rules", () => {
  it("have a name, a severity and texts of their own", () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { alert, labels, annotations } of rules) {
      expect(alert).toMatch(/^Clientele[A-Z][A-Za-z]+$/);
      expect(labels).toEqual({
        severity: expect.stringMatching(/^(critical|warning)$/) as string,
      });
      expect(Object.keys(annotations)).toEqual(["summary", "description"]);
    }
  });
});

describe("the dashboard", () => {
  const { panels, templating } = dashboard;
  const charts = panels.filter(({ type }) => type !== "row");

  it("says of every panel what it shows, and in which unit", () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
    const silent = charts.filter(
      ({ type, description, fieldConfig, targets = [] }) =>
        !description ||
        targets.length === 0 ||
        (type !== "state-timeline" && !fieldConfig?.defaults.unit),
    );
    expect(silent.map(({ title }) => title)).toEqual([]);
  });

  it("reads the data source that is chosen", () => {
    const names = templating.list.map(({ name }) => name);
    expect(names).toEqual(["datasource", "instance", "store"]);
    const sources = charts.flatMap(({ datasource, targets = [] }) => [
      datasource,
      ...targets.map((target) => target.datasource),
    ]);
    expect(sources.filter((source) => source?.uid !== "${datasource}")).toEqual(
      [],
    );
  });

  it("has no two panels in one place", () => {
    const taken = new Map<string, string>();
    const doubles: string[] = [];
    for (const { title, gridPos } of panels) {
      const { x, y, w, h } = gridPos;
      expect(x + w).toBeLessThanOrEqual(24);
      for (let column = x; column < x + w; column += 1) {
        for (let line = y; line < y + h; line += 1) {
          const other = taken.get(`${column} ${line}`);
          if (other !== undefined) doubles.push(`${title} on ${other}`);
          taken.set(`${column} ${line}`, title);
        }
      }
    }
    expect(doubles).toEqual([]);
  });
});
