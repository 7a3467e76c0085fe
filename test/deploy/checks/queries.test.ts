import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parser } from "@prometheus-io/lezer-promql";
import { root } from "../../supply-chain/lockfiles";
import { queries } from "../queries";

/** Where a query stops being PromQL; null when it is all of it. */
function errorIn(text: string): string | null {
  let error: string | null = null;
  parser.parse(text).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) error ??= `«${text.slice(from, to + 10)}» at ${from}`;
    },
  });
  return error;
}

describe("the queries", () => {
  it.each(queries)("of $owner are PromQL: $text", ({ text }) => {
    expect(errorIn(text)).toBeNull();
  });

  it.each([
    "sum by (store) (rate(a_total[5m])",
    "rate(a_total[5 minutes])",
    'a_total{job="clientele"',
    "sum of a_total",
  ])("would be found wrong: %s", (text) => {
    expect(errorIn(text)).not.toBeNull();
  });
});

describe("promtool", () => {
  const folder = join(root, "deploy/prometheus");
  const promtool = (...words: string[]) =>
    spawnSync("promtool", words, { cwd: folder, encoding: "utf8" });
  const installed = promtool("--version").error ? it.skip : it;

  installed.each([
    ["check", "config", "prometheus.yaml"],
    ["check", "rules", "alerts.yaml"],
    ["test", "rules", "alerts.test.yaml"],
  ])("passes %s %s", (...words) => {
    const { status, stdout, stderr } = promtool(...words);
    expect({ status, output: status === 0 ? "" : stdout + stderr }).toEqual({
      status: 0,
      output: "",
    });
  });
});
