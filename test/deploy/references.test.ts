import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseConfig } from "../../src/config/load-config";
import { platforms } from "../../src/platforms/registry";
import { dashboard, deploy, readYaml, rules } from "./queries";

const read = (file: string) => readFileSync(resolve(deploy, file), "utf8");
const dockerfile = read("Dockerfile");
const compose = readYaml("compose.yaml");
const accounts = readYaml("compose.accounts.yaml");
const deployment = readYaml("kubernetes/deployment.yaml");
const service = readYaml("kubernetes/service.yaml");
const kustomization = readYaml("kubernetes/kustomization.yaml");
const pod = deployment.spec.template.spec;
const [container] = pod.containers;

const port = Number(/^EXPOSE (\d+)$/m.exec(dockerfile)?.[1]);
const routes = readFileSync(
  resolve(__dirname, "../../src/server/http-app.ts"),
  "utf8",
);

/** A `${NAME}` of a configuration. */
const variablesIn = (text: string) => [
  ...new Set(
    [...text.replace(/#.*$/gm, "").matchAll(/\$\{(\w+)\}/g)].map(
      ([, name = ""]) => name,
    ),
  ),
];

describe("the image", () => {
  it("runs no script of a package, and no development package", () => {
    const installs = dockerfile.match(/^RUN npm ci.*$/gm) ?? [];
    expect(installs).toHaveLength(2);
    for (const install of installs) {
      expect(install).toContain("--ignore-scripts");
    }
    expect(installs[1]).toContain("--omit=dev");
    expect(dockerfile).toMatch(/^COPY --from=production .*node_modules/m);
    expect(dockerfile).not.toMatch(/^COPY --from=build .*node_modules/m);
  });

  it("asks the server's own path for its health", () => {
    expect(dockerfile).toMatch(/HEALTHCHECK[^\n]*\\\n[^\n]*\/healthz/);
    expect(routes).toContain('case "/healthz":');
  });

  it("names a version of every image", () => {
    const images = [
      ...(dockerfile.match(/^FROM \S+/gm) ?? []).map((from) => from.slice(5)),
      ...Object.values<any>(compose.services).flatMap(
        ({ image }) => image ?? [],
      ),
    ].filter((image: string) => !["build"].includes(image));
    expect(images.length).toBeGreaterThan(4);
    expect(
      images.filter((image: string) => !/:(v?\d|nonroot$)/.test(image)),
    ).toEqual([]);
    expect(images.filter((image: string) => image.endsWith(":latest"))).toEqual(
      [],
    );
  });
});

describe("compose.yaml", () => {
  const { gateway, clientele, prometheus, grafana } = compose.services;

  it("runs two replicas that can write nothing", () => {
    expect(clientele.deploy.replicas).toBe(2);
    expect(clientele).toMatchObject({
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
    });
    expect(clientele.ports).toBeUndefined();
  });

  it("shows its ports to this machine only", () => {
    const published = Object.values<any>(compose.services).flatMap(
      ({ ports = [] }) => ports as string[],
    );
    expect(published).toHaveLength(3);
    expect(
      published.filter((entry) => !entry.startsWith("127.0.0.1:")),
    ).toEqual([]);
  });

  it("builds from files and stages that exist", () => {
    for (const { build } of [gateway, clientele]) {
      expect(existsSync(resolve(deploy, build.context, build.dockerfile))).toBe(
        true,
      );
      if (build.target) {
        expect(dockerfile).toMatch(
          new RegExp(`^FROM \\S+ AS ${build.target}$`, "m"),
        );
      }
    }
  });

  it("mounts files that exist", () => {
    const mounts = Object.values<any>(compose.services)
      .flatMap(({ volumes = [] }) => volumes as string[])
      .map((volume) => volume.split(":"));
    expect(mounts.length).toBeGreaterThan(4);
    for (const [source = "", , mode] of mounts) {
      if (source in compose.volumes) continue;
      expect([source, existsSync(resolve(deploy, source)), mode]).toEqual([
        source,
        true,
        "ro",
      ]);
    }
  });

  it("leads the gateway and Prometheus to the replicas", () => {
    expect(clientele.expose).toEqual([String(port)]);
    expect(dockerfile).toContain(
      `compose-supergraph.mjs clientele http://clientele:${port}/graphql schema.graphql`,
    );
    const [job] = readYaml("prometheus/prometheus.yaml").scrape_configs;
    expect(job.job_name).toBe("clientele");
    expect(job.dns_sd_configs).toEqual([
      expect.objectContaining({ names: ["clientele"], type: "A", port }),
    ]);
    expect(job.metrics_path ?? "/metrics").toBe("/metrics");
    expect(routes).toContain('case "/metrics":');
  });

  it("leads Grafana to Prometheus and to the dashboard", () => {
    const [source] = readYaml(
      "grafana/provisioning/datasources/prometheus.yaml",
    ).datasources;
    expect(source.url).toBe("http://prometheus:9090");
    expect(prometheus.ports[0]).toMatch(/:9090$/);
    expect(dashboard.templating.list[0]).toMatchObject({
      name: "datasource",
      current: { value: source.uid },
    });
    const [provider] = readYaml(
      "grafana/provisioning/dashboards/clientele.yaml",
    ).providers;
    const mounted = (grafana.volumes as string[]).map((volume) =>
      volume.split(":"),
    );
    expect(mounted).toContainEqual([
      "./grafana/dashboards",
      provider.options.path,
      "ro",
    ]);
    const home = grafana.environment
      .GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH as string;
    expect(dirname(home)).toBe(provider.options.path);
    expect(
      existsSync(resolve(deploy, "grafana/dashboards", home.split("/").pop()!)),
    ).toBe(true);
  });

  it("gives Prometheus its configuration and its rules", () => {
    expect(prometheus.command).toContain(
      "--config.file=/etc/prometheus/prometheus.yaml",
    );
    const { rule_files: files } = readYaml("prometheus/prometheus.yaml");
    for (const file of files as string[]) {
      expect(existsSync(resolve(deploy, "prometheus", file))).toBe(true);
    }
  });

  it("takes accounts from a file that it mounts", () => {
    const { environment, volumes } = accounts.services.clientele;
    expect(volumes).toHaveLength(1);
    expect(volumes[0]).toMatch(
      new RegExp(`:${environment.CLIENTELE_CONFIG}:ro$`),
    );
    expect(Object.keys(accounts.services)).toEqual(["clientele"]);
  });
});

describe("the Kubernetes manifests", () => {
  const text = read("kubernetes/clientele.yaml");
  const env: any[] = container.env;
  const secrets = env.filter(({ valueFrom }) => valueFrom);

  it("are all applied", () => {
    const files = readdirSync(join(deploy, "kubernetes")).filter(
      (file) => file.endsWith(".yaml") && file !== "kustomization.yaml",
    );
    const [{ files: configuration }] = kustomization.configMapGenerator;
    expect([...kustomization.resources, ...configuration].sort()).toEqual(
      files.sort(),
    );
  });

  it("hold a configuration that a public address accepts", () => {
    const environment = {
      HOST: "0.0.0.0",
      ...Object.fromEntries(
        secrets.map(({ name }) => [
          name,
          (name as string).endsWith("SHA256")
            ? "0".repeat(64)
            : "from-a-secret",
        ]),
      ),
    };
    const config = parseConfig(text, "clientele.yaml", {
      environment,
      platforms,
    });
    expect(config.server.auth.mode).toBe("apiKeys");
    expect(config.server.port).toBe(port);
    expect(config.stores.map(({ platform }) => platform.name)).toEqual(
      platforms.map(({ name }) => name),
    );
  });

  it("share the quotas out among the replicas", () => {
    const { stores } = readYaml("kubernetes/clientele.yaml");
    for (const { quota } of stores) {
      expect(quota.share * deployment.spec.replicas).toBe(1);
    }
  });

  it("give every secret by its name in the configuration", () => {
    expect(secrets.map(({ name }) => name).sort()).toEqual(
      variablesIn(text).sort(),
    );
    for (const { name, valueFrom } of secrets) {
      expect(valueFrom.secretKeyRef).toEqual({
        name: "clientele-secrets",
        key: name,
      });
    }
    const readme = read("README.md");
    for (const { name } of secrets) expect(readme).toContain(`${name}=`);
    expect(text).not.toMatch(/(secret|token|sha256): (?!\$\{)/i);
  });

  it("mount the configuration where it is looked for", () => {
    const [{ name, files }] = kustomization.configMapGenerator;
    const [volume] = pod.volumes;
    const [mount] = container.volumeMounts;
    expect(volume.configMap.name).toBe(name);
    expect(mount.name).toBe(volume.name);
    expect(mount.readOnly).toBe(true);
    expect(env).toContainEqual({
      name: "CLIENTELE_CONFIG",
      value: `${mount.mountPath}/${files[0]}`,
    });
  });

  it("run without rights, on a file system that cannot be written", () => {
    const [uid, gid] = /^USER (\d+):(\d+)$/m
      .exec(dockerfile)!
      .slice(1)
      .map(Number);
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: uid,
        runAsGroup: gid,
        seccompProfile: { type: "RuntimeDefault" },
      },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    expect(container.resources).toMatchObject({
      requests: { cpu: expect.any(String), memory: expect.any(String) },
      limits: { memory: "512Mi" },
    });
  });

  it("probe the server's own paths and port", () => {
    const probes = {
      "/healthz": [container.startupProbe, container.livenessProbe],
      "/readyz": [container.readinessProbe],
    };
    for (const [path, list] of Object.entries(probes)) {
      expect(routes).toContain(`case "${path}":`);
      for (const probe of list) {
        expect(probe.httpGet).toEqual({ path, port: "http" });
      }
    }
    expect(container.ports).toEqual([{ name: "http", containerPort: port }]);
  });

  it("leave time to answer what is in flight", () => {
    const { shutdownDelayMs } = readYaml("kubernetes/clientele.yaml").server;
    expect(shutdownDelayMs).toBeGreaterThan(0);
    const [, graceMs = ""] =
      /graceMs \?\? ([\d_]+)/.exec(
        readFileSync(
          resolve(__dirname, "../../src/server/start-server.ts"),
          "utf8",
        ),
      ) ?? [];
    const graceSeconds = Number(graceMs.replace("_", "")) / 1_000;
    expect(graceSeconds).toBeGreaterThan(0);
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(
      shutdownDelayMs / 1_000 + graceSeconds + 5,
    );
    expect(
      Number.parseInt(compose.services.clientele.stop_grace_period as string),
    ).toBeGreaterThanOrEqual(graceSeconds + 5);
  });

  it("select the pods by the labels that they have", () => {
    const { labels } = deployment.spec.template.metadata;
    const budget = readYaml("kubernetes/pod-disruption-budget.yaml");
    const policy = readYaml("kubernetes/network-policy.yaml");
    const monitor = readYaml("kubernetes/monitoring/service-monitor.yaml");
    for (const selected of [
      deployment.spec.selector.matchLabels,
      service.spec.selector,
      budget.spec.selector.matchLabels,
      policy.spec.podSelector.matchLabels,
      pod.topologySpreadConstraints[0].labelSelector.matchLabels,
    ]) {
      expect(labels).toMatchObject(selected);
      expect(Object.keys(selected as object)).not.toEqual([]);
    }
    expect(service.metadata.labels).toMatchObject(
      monitor.spec.selector.matchLabels,
    );
    // The rules know the job by it.
    expect(service.metadata.labels[monitor.spec.jobLabel]).toBe("clientele");
    expect(service.spec.ports).toEqual([
      expect.objectContaining({ name: "http", port, targetPort: "http" }),
    ]);
    expect(monitor.spec.endpoints[0]).toMatchObject({
      port: "http",
      path: "/metrics",
    });
    expect(policy.spec.ingress[0].ports).toEqual([{ port, protocol: "TCP" }]);
  });

  it("let a replica out to names and to TLS only", () => {
    const policy = readYaml("kubernetes/network-policy.yaml");
    expect(policy.spec.policyTypes).toEqual(["Ingress", "Egress"]);
    expect(
      (policy.spec.egress as any[]).flatMap(({ ports }) =>
        (ports as any[]).map((entry) => `${entry.protocol} ${entry.port}`),
      ),
    ).toEqual(["UDP 53", "TCP 53", "TCP 443"]);
    const [world] = policy.spec.egress[1].to;
    expect(world.ipBlock.except).toContain("169.254.0.0/16");
  });
});

describe("the alert rules", () => {
  it("each have a test and a line of advice", () => {
    const tested = read("prometheus/alerts.test.yaml");
    const readme = read("README.md");
    for (const { alert } of rules) {
      expect(tested).toMatch(new RegExp(`alertname: ${alert}\\b`));
      expect(readme).toContain(`| \`${alert}\``);
    }
  });

  it("know the limit of memory that is set", () => {
    const { expr } = rules.find(
      ({ alert }) => alert === "ClienteleMemoryNearlyUsed",
    )!;
    const limit = Number.parseInt(container.resources.limits.memory as string);
    expect(expr).toContain(`${limit} * 1024 * 1024`);
    expect(compose.services.clientele.deploy.resources.limits.memory).toBe(
      `${limit}M`,
    );
  });
});
