import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { type RunningProgram, follow } from "../../support/process";
import { readProjects, root } from "../../supply-chain/lockfiles";
import { filesOfContext } from "./support/build-context";
import { type Stage, createBuilder } from "./support/image";

const nodeOfImage = "/nodejs/bin/node";
const work = mkdtempSync(join(tmpdir(), "clientele-image-"));
// The user of the image may read it.
chmodSync(work, 0o755);

const builder = createBuilder(join(root, "deploy/Dockerfile"), root, work);
const image = builder.stages.at(-1) as Stage;
const lastStage = image.names[0] ?? "";

let app = "";
let files: readonly string[] = [];

beforeAll(() => {
  app = join(builder.build(lastStage), image.workingDirectory);
  files = filesBelow(app);
}, 600_000);

afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => !statSync(join(folder, file)).isDirectory())
    .sort();
}

/** What is installed, as paths of the lockfile. */
function installedIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) =>
      /(^|\/)node_modules\/(@[^/]+\/)?[^/@.][^/]*\/package\.json$/.test(file),
    )
    .map((file) => file.replace(/\/package\.json$/, ""));
}

const running: RunningProgram[] = [];

/** Starts the image's own command on a free port, as the user of the image. */
function start(
  environment: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): RunningProgram {
  const [program = "", ...words] = [...image.entrypoint, ...image.command];
  expect(program).toBe(nodeOfImage);
  const [uid = NaN, gid = NaN] = image.user.split(":").map(Number);
  const started = follow(
    spawn(process.execPath, [...flags, ...words], {
      cwd: app,
      env: {
        PATH: process.env["PATH"],
        ...image.environment,
        HOST: "127.0.0.1",
        PORT: "0",
        ...environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
      // Only root may become somebody else.
      ...(process.getuid?.() === 0 ? { uid, gid } : {}),
    }),
  );
  running.push(started);
  return started;
}

async function urlOf(program: RunningProgram): Promise<URL> {
  const [, url = ""] = await program.waitFor(
    /listening on (http:\/\/[^\s"]+\/graphql)/,
  );
  return new URL(url);
}

/** The exit code of the image's HEALTHCHECK. */
function healthOf(url: URL): number | null {
  const [program, ...words] = image.healthcheck;
  expect(program).toBe(nodeOfImage);
  return spawnSync(process.execPath, words, {
    env: { ...image.environment, PORT: url.port },
    timeout: 30_000,
  }).status;
}

describe("the build's context", () => {
  it("lets in what is built from, and nothing else", () => {
    const names = new Set(
      filesOfContext(root).map((file) => file.split("/")[0]),
    );
    expect([...names].sort()).toEqual(
      [
        ".npmrc",
        "LICENSE",
        "deploy",
        "examples",
        "package-lock.json",
        "package.json",
        "schema.graphql",
        "src",
        "tsconfig.json",
      ].sort(),
    );
    expect(
      filesOfContext(root).filter((file) => file.startsWith("deploy/")),
    ).toEqual([
      "deploy/gateway/compose-supergraph.mjs",
      "deploy/gateway/gateway.config.mjs",
    ]);
  });

  it("keeps out secrets, packages and builds", () => {
    const folder = mkdtempSync(join(work, "context-"));
    cpSync(join(root, ".dockerignore"), join(folder, ".dockerignore"));
    for (const file of [
      ".env",
      ".git/config",
      "clientele.yaml",
      "dist/main.js",
      "examples/client/package.json",
      "node_modules/a/index.js",
      "package.json",
      "src/main.ts",
      "src/explorer/node_modules/a/index.js",
      "src/README.md",
      "test/main.test.ts",
    ]) {
      cpSync(__filename, join(folder, file));
    }
    expect(filesOfContext(folder)).toEqual(["package.json", "src/main.ts"]);
  });
});

describe("the image", () => {
  it("runs as a user without rights", () => {
    expect(image.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(image.base).toMatch(/^gcr\.io\/distroless\/nodejs\d+-.*:nonroot$/);
  });

  it("listens where its port is exposed", () => {
    expect(image.environment).toMatchObject({
      NODE_ENV: "production",
      HOST: "0.0.0.0",
    });
    expect(image.exposed).toEqual([image.environment["PORT"]]);
  });

  it("holds what the server needs, and nothing else", () => {
    expect(readdirSync(app).sort()).toEqual(
      [
        "LICENSE",
        "dist",
        "node_modules",
        "package.json",
        "sbom.json",
        "schema.graphql",
      ].sort(),
    );
    const ours = files.filter((file) => !file.startsWith("node_modules/"));
    expect(ours).toContain("dist/main.js");
    expect(
      ours.filter((file) => /\.(map|ts|tsx)$|(^|\/)\.|test/.test(file)),
    ).toEqual([]);
    const sources = filesOfContext(root).filter((file) =>
      /^src\/(?!explorer\/).+\.ts$/.test(file),
    );
    expect(ours.filter((file) => file.endsWith(".js"))).toEqual(
      expect.arrayContaining(
        sources.map((file) => file.replace(/^src\/(.+)\.ts$/, "dist/$1.js")),
      ),
    );
  });

  it("holds the packages of production alone", () => {
    const locked = readProjects()[0]?.packages ?? [];
    const shipped = locked
      .filter(({ isDevelopment }) => !isDevelopment)
      .map(({ path }) => path);
    const installed = installedIn(app);
    expect(installed.length).toBeGreaterThan(50);
    expect(installed.filter((path) => !shipped.includes(path))).toEqual([]);
  });

  it("names its packages with their digests (C5)", async () => {
    const text = readFileSync(join(app, "sbom.json"), "utf8");
    expect(
      await new Validation.JsonStrictValidator(Spec.Version.v1dot5).validate(
        text,
      ),
    ).toBeNull();
    const { components } = JSON.parse(text) as {
      readonly components: readonly {
        readonly name: string;
        readonly version: string;
        readonly hashes?: readonly unknown[];
      }[];
    };
    const installed = new Set(
      installedIn(app).map((path) => {
        const { name, version } = JSON.parse(
          readFileSync(join(app, path, "package.json"), "utf8"),
        ) as { readonly name: string; readonly version: string };
        return `${name}@${version}`;
      }),
    );
    expect(
      components.map(({ name, version }) => `${name}@${version}`).sort(),
    ).toEqual([...installed].sort());
    expect(components.filter(({ hashes }) => !hashes?.length)).toEqual([]);
  });
});

describe("the container", () => {
  afterEach(async () => {
    for (const program of running.splice(0)) {
      program.child.kill("SIGKILL");
      await program.ended;
    }
  });

  it("serves, tells its health and ends with code 0 (C1)", async () => {
    const program = start();
    const url = await urlOf(program);
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        query: "{ stores { key customers(first: 1) { totalCount } } }",
      }),
    });
    const { data } = (await response.json()) as {
      readonly data: {
        readonly stores: readonly {
          readonly customers: { readonly totalCount: number };
        }[];
      };
    };
    expect(data.stores.length).toBeGreaterThan(1);
    for (const { customers } of data.stores) {
      expect(customers.totalCount).toBeGreaterThan(1_000);
    }
    expect(healthOf(url)).toBe(0);
    program.child.kill("SIGTERM");
    expect(await program.ended).toBe(0);
    expect(healthOf(url)).toBe(1);
  });

  it("writes no file", async () => {
    const program = start();
    await fetch(await urlOf(program));
    program.child.kill("SIGTERM");
    await program.ended;
    expect(filesBelow(app)).toEqual(files);
  });

  it("starts where writing is forbidden (C12)", async () => {
    const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
    const isStable = major > 23 || (major === 23 && minor >= 5);
    const program = start({}, [
      isStable ? "--permission" : "--experimental-permission",
      "--allow-fs-read=*",
      ...(major >= 25 ? ["--allow-net"] : []),
    ]);
    const url = await urlOf(program);
    expect((await fetch(new URL("/readyz", url))).status).toBe(200);
    program.child.kill("SIGTERM");
    expect(await program.ended).toBe(0);
  });

  it("says what is wrong with its configuration", async () => {
    const program = start({ CLIENTELE_CONFIG: "/etc/clientele/absent.yaml" });
    expect(await program.ended).toBe(78);
    expect(program.output()).toContain("/etc/clientele/absent.yaml");
  });
});

describe("the gateway's image", () => {
  it("holds a supergraph that leads to the service", () => {
    const gateway = builder.build("gateway");
    const supergraph = readFileSync(
      join(gateway, "supergraph.graphql"),
      "utf8",
    );
    expect(supergraph).toContain(
      '@join__graph(name: "clientele", url: "http://clientele:4000/graphql")',
    );
    expect(supergraph).toMatch(/^type BigCommerceCustomer /m);
    expect(existsSync(join(gateway, "gateway.config.mjs"))).toBe(true);
  });
});

describe("an installation without scripts (C1)", () => {
  it("passes tests of its own", () => {
    const build = join(builder.build("build"), "app");
    for (const file of ["jest.config.js", "test", "examples", "codegen.yml"]) {
      cpSync(join(root, file), join(build, file), {
        recursive: true,
        filter: (source) =>
          !/(^|\/)node_modules(\/|$)/.test(relative(root, source)),
      });
    }
    const report = join(work, "report.json");
    writeFileSync(report, "{}");
    const { status } = spawnSync(
      process.execPath,
      [
        join(build, "node_modules/jest/bin/jest.js"),
        "--json",
        `--outputFile=${report}`,
        "test/domain",
        "test/config",
        "test/loaders",
      ],
      {
        cwd: build,
        env: { PATH: process.env["PATH"], HOME: process.env["HOME"] },
        timeout: 240_000,
      },
    );
    const { numPassedTests = 0, numFailedTests } = JSON.parse(
      readFileSync(report, "utf8"),
    ) as {
      readonly numPassedTests?: number;
      readonly numFailedTests?: number;
    };
    expect({ status, numFailedTests }).toEqual({
      status: 0,
      numFailedTests: 0,
    });
    expect(numPassedTests).toBeGreaterThan(100);
  });
});
