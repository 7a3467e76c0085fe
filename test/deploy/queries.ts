import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "yaml";

export const deploy = resolve(__dirname, "../../deploy");

/** A PromQL query of ours, and whose it is. */
export interface Query {
  readonly owner: string;
  readonly text: string;
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: { readonly type: string; readonly uid: string };
  readonly gridPos: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  };
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
  readonly targets?: readonly {
    readonly refId: string;
    readonly expr: string;
    readonly datasource: { readonly type: string; readonly uid: string };
  }[];
}

export interface Dashboard {
  readonly uid: string;
  readonly panels: readonly Panel[];
  readonly templating: {
    readonly list: readonly {
      readonly name: string;
      readonly type: string;
      readonly definition?: string;
    }[];
  };
  readonly annotations: { readonly list: readonly { readonly expr: string }[] };
}

export interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export function readYaml(file: string): any {
  return parse(readFileSync(resolve(deploy, file), "utf8"));
}

export const dashboard = JSON.parse(
  readFileSync(resolve(deploy, "grafana/dashboards/clientele.json"), "utf8"),
) as Dashboard;

export const rules = (
  readYaml("prometheus/alerts.yaml") as {
    readonly groups: readonly {
      readonly name: string;
      readonly rules: readonly Rule[];
    }[];
  }
).groups.flatMap((group) => group.rules);

/** Every query of the dashboard and of the alert rules, Grafana's names filled in. */
export const queries: readonly Query[] = [
  ...rules.map(({ alert, expr }) => ({ owner: alert, text: expr })),
  ...dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ owner: `panel ${title}`, text: expr })),
  ),
  ...dashboard.annotations.list.map(({ expr }) => ({
    owner: "annotation",
    text: expr,
  })),
  ...dashboard.templating.list.flatMap(({ name, definition }) => {
    const text = /^label_values\((.+), \w+\)$/.exec(definition ?? "")?.[1];
    return text === undefined ? [] : [{ owner: `variable ${name}`, text }];
  }),
].map(({ owner, text }) => ({
  owner,
  text: text
    .replaceAll("$__rate_interval", "1m")
    .replaceAll(/\$(instance|store)/g, ".*"),
}));
