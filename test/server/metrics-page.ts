/** The samples of a server's `/metrics`. */
export interface MetricsPage {
  /** The sum of a metric's samples that have these labels; 0 when none has. */
  value(name: string, labels?: Readonly<Record<string, string>>): number;
  /** The samples of a metric above 0, by one of its labels. */
  by(
    label: string,
    name: string,
    labels?: Readonly<Record<string, string>>,
  ): Record<string, number>;
}

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Reads the page beside a server's `/graphql`. */
export async function readMetrics(url: string): Promise<MetricsPage> {
  const text = await (await fetch(new URL("/metrics", url))).text();
  const samples = [...text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(
    ([, name = "", labels = "", value]): Sample => ({
      name,
      labels: Object.fromEntries(
        [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(
          ([, label = "", own = ""]) => [label, own],
        ),
      ),
      value: Number(value),
    }),
  );
  const select = (
    name: string,
    labels: Readonly<Record<string, string>> = {},
  ) =>
    samples.filter(
      (sample) =>
        sample.name === name &&
        Object.entries(labels).every(
          ([label, own]) => sample.labels[label] === own,
        ),
    );
  return {
    value: (name, labels) =>
      select(name, labels).reduce((total, { value }) => total + value, 0),
    by: (label, name, labels) => {
      const values: Record<string, number> = {};
      for (const { labels: own, value } of select(name, labels)) {
        const key = own[label] ?? "";
        if (value > 0) values[key] = (values[key] ?? 0) + value;
      }
      return values;
    },
  };
}
