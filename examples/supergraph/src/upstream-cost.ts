/** `extensions.upstream` of Clientele's answers, as far as it is added up here. */
export interface UpstreamCost {
  readonly requests: number;
  readonly bytes: number;
  readonly byStore: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly calls: readonly unknown[];
}

/**
 * What several answers of Clientele cost together: a gateway may ask it more
 * than once for one operation of its client.
 */
export function addCosts(costs: readonly UpstreamCost[]): UpstreamCost {
  const byStore: Record<string, Record<string, number>> = {};
  for (const cost of costs) {
    for (const [store, counts] of Object.entries(cost.byStore)) {
      const sum = (byStore[store] ??= {});
      for (const [name, count] of Object.entries(counts)) {
        sum[name] = (sum[name] ?? 0) + count;
      }
    }
  }
  return {
    requests: costs.reduce((sum, { requests }) => sum + requests, 0),
    bytes: costs.reduce((sum, { bytes }) => sum + bytes, 0),
    byStore,
    calls: costs.flatMap(({ calls }) => calls),
  };
}
