/**
 * Measures the processor time that a Clientele uses meanwhile, all its threads,
 * in milliseconds with fractions: its own metrics tell it more finely than the
 * system does. What it takes to tell them is not counted.
 *
 * @param url of its GraphQL endpoint.
 * @throws when its metrics do not tell, and what `work` throws.
 */
export async function measureProcessorTime(
  url: string,
  work: () => Promise<void>,
): Promise<number> {
  const first = await readProcessorTime(url);
  const before = await readProcessorTime(url);
  await work();
  const after = await readProcessorTime(url);
  return after - before - (before - first);
}

async function readProcessorTime(url: string): Promise<number> {
  const answer = await fetch(new URL("/metrics", url));
  const text = await answer.text();
  const seconds = /^process_cpu_seconds_total (\S+)$/m.exec(text)?.[1];
  if (seconds === undefined) throw new Error("no processor time in /metrics");
  return Number(seconds) * 1_000;
}
