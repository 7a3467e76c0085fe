import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { parseAllDocuments } from "yaml";
import { root } from "../../supply-chain/lockfiles";

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Where the model of a kind is: a package's module that exports its class. */
const modules: Readonly<Record<string, string>> = {
  "apps/v1": "kubernetes-models/apps/v1",
  v1: "kubernetes-models/v1",
  "policy/v1": "kubernetes-models/policy/v1",
  "networking.k8s.io/v1": "kubernetes-models/networking.k8s.io/v1",
  "monitoring.coreos.com/v1":
    "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1",
};

function moduleOf({ apiVersion }: Manifest): string {
  const module = modules[apiVersion];
  if (module === undefined) throw new Error(`${apiVersion} has no model here`);
  return module;
}

function readManifests(text: string): Manifest[] {
  return parseAllDocuments(text).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as Manifest;
  });
}

const folder = join(root, "deploy/kubernetes");
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".yaml"))
  .filter((file) => !["kustomization.yaml", "clientele.yaml"].includes(file));

/** The rules as the Prometheus Operator takes them, by the README's command. */
function ruleManifest(): string {
  const readme = readFileSync(join(root, "deploy/README.md"), "utf8");
  const command = /^\{ printf .*\} \| kubectl apply -f -$/m.exec(readme)?.[0];
  expect(command).toBeDefined();
  return execFileSync(
    "sh",
    ["-c", command?.replace("| kubectl apply -f -", "| cat") ?? ""],
    { cwd: root, encoding: "utf8" },
  );
}

const manifests: readonly (readonly [string, Manifest])[] = [
  ...files.flatMap((file) =>
    readManifests(readFileSync(join(folder, file), "utf8")).map(
      (manifest) => [`${file} (${manifest.kind})`, manifest] as const,
    ),
  ),
  ...readManifests(ruleManifest()).map(
    (manifest) => [`the README's ${manifest.kind}`, manifest] as const,
  ),
];

/** Checks the values of a manifest: formats, enumerations, what is required. */
async function validate(manifest: Manifest): Promise<void> {
  const exports = (await import(moduleOf(manifest))) as Readonly<
    Record<string, new (data: object) => { validate(): void }>
  >;
  const Model = exports[manifest.kind];
  if (!Model) throw new Error(`${manifest.kind} has no model here`);
  new Model(manifest).validate();
}

/**
 * Checks the names in a manifest, which the schemas leave open: a literal may
 * hold nothing that its type does not have.
 *
 * @returns what the compiler says.
 */
function misspelt(manifest: Manifest): string[] {
  const file = join(__dirname, "manifest.ts");
  const text = `import type { I${manifest.kind} } from "${moduleOf(manifest)}/${manifest.kind}";
export const manifest: I${manifest.kind} = ${JSON.stringify(manifest)};
`;
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
  };
  const plain = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...plain,
    getCurrentDirectory: () => dirname(file),
    fileExists: (name) => name === file || plain.fileExists(name),
    readFile: (name) => (name === file ? text : plain.readFile(name)),
    getSourceFile: (name, ...rest) =>
      name === file
        ? ts.createSourceFile(file, text, ts.ScriptTarget.ES2022)
        : plain.getSourceFile(name, ...rest),
  };
  return ts
    .getPreEmitDiagnostics(ts.createProgram([file], options, host))
    .map(({ messageText }) =>
      ts.flattenDiagnosticMessageText(messageText, "\n"),
    );
}

describe("the manifests", () => {
  it("are found", () => {
    expect(manifests.map(([, { kind }]) => kind).sort()).toEqual([
      "Deployment",
      "NetworkPolicy",
      "PodDisruptionBudget",
      "PrometheusRule",
      "Service",
      "ServiceMonitor",
    ]);
  });

  it.each(manifests)("%s has values of the right form", async (_, manifest) => {
    await expect(validate(manifest)).resolves.toBeUndefined();
  });

  it.each(manifests)("%s has no misspelt name", (_, manifest) => {
    expect(misspelt(manifest)).toEqual([]);
  });

  it("would be told of a wrong value or name", async () => {
    const [, deployment] = manifests.find(
      ([, { kind }]) => kind === "Deployment",
    ) as [string, Manifest & { spec: object }];
    await expect(
      validate({
        ...deployment,
        spec: { ...deployment.spec, replicas: "two" },
      } as Manifest),
    ).rejects.toThrow(/replicas/);
    const problems = misspelt({
      ...deployment,
      spec: { ...deployment.spec, replica: 2 },
    } as Manifest);
    expect(problems.join()).toMatch(/replica/);
  });
});
