import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const root = resolve(__dirname, "../src");

interface Import {
  readonly file: string;
  readonly target: string;
  readonly isTypeOnly: boolean;
}

const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.replaceAll("\\", "/"));

const imports: readonly Import[] = files.flatMap((file) => {
  const text = readFileSync(join(root, file), "utf8");
  const found = [
    ...text.matchAll(
      /^(?:import|export) (type )?(?:[^;"]* from )?"([^"]+)";|import\("([^"]+)"\)/gms,
    ),
  ];
  return found.map((match) => ({
    file,
    target: targetOf(file, match[2] ?? match[3] ?? ""),
    isTypeOnly: match[1] !== undefined,
  }));
});

/** A file of ours as its path below src, a package by its name. */
function targetOf(file: string, specifier: string): string {
  return specifier.startsWith(".")
    ? relative(root, resolve(root, dirname(file), specifier)).replaceAll(
        "\\",
        "/",
      )
    : specifier;
}

function areaOf(path: string): string {
  const [first = "", second = ""] = path.split("/");
  // Every other folder of the sandbox is a room.
  if (path.startsWith("sandbox/faults/")) return first;
  const isFolder = files.some((file) => file.startsWith(`${first}/${second}/`));
  return (first === "platforms" || first === "sandbox") && isFolder
    ? `${first}/${second}`
    : first;
}

const rooms = [
  ...new Set(files.map(areaOf).filter((area) => area.startsWith("platforms/"))),
];
const sandboxRooms = [
  ...new Set(files.map(areaOf).filter((area) => area.startsWith("sandbox/"))),
];

/** What each area may import of ours, beside itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  telemetry: [],
  http: ["domain", "telemetry"],
  platforms: ["http", "domain", ...rooms],
  loaders: ["platforms", "http", "domain", "telemetry"],
  graph: ["loaders", "platforms", "http", "domain"],
  config: ["platforms", "http", "domain"],
  server: [
    "graph",
    "config",
    "loaders",
    "platforms",
    "http",
    "domain",
    "telemetry",
  ],
  sandbox: [],
  explorer: ["http"],
  ...Object.fromEntries(
    rooms.map((room) => [room, ["graph", "platforms", "http", "domain"]]),
  ),
  ...Object.fromEntries(sandboxRooms.map((room) => [room, ["sandbox"]])),
};

describe("architecture", () => {
  it("finds the files and their imports", () => {
    expect(files.length).toBeGreaterThan(50);
    expect(imports.length).toBeGreaterThan(200);
    expect(rooms).toContain("platforms/commerce-layer");
  });

  it("points every arrow one way", () => {
    const wrong = imports.filter(({ file, target, isTypeOnly }) => {
      const from = areaOf(file);
      const to = areaOf(target);
      const permitted = allowed[from];
      if (permitted === undefined || from === to) return false;
      const isOurs = files.some(
        (known) => known === `${target}.ts` || known === `${target}/index.ts`,
      );
      if (!isOurs || permitted.includes(to)) return false;
      // A room and its contract name the sandbox room that stands in for it.
      if (to === "sandbox" && file === "platforms/platform.ts") {
        return !isTypeOnly;
      }
      return !(
        from.startsWith("platforms/") &&
        to === from.replace("platforms/", "sandbox/") &&
        file.endsWith("/index.ts")
      );
    });
    expect(wrong).toEqual([]);
  });

  it("keeps each package in its own folder", () => {
    const owners: Readonly<Record<string, RegExp>> = {
      dataloader: /^loaders\//,
      undici: /^http\//,
      "@apollo/subgraph": /^graph\/federation\.ts$/,
      "@graphql-tools/utils": /^graph\/federation\.ts$/,
      "@apollo/server": /^server\//,
      jose: /^server\/authenticate\.ts$/,
      "@opentelemetry/api": /^telemetry\//,
      "prom-client": /^server\/metrics\.ts$/,
      yaml: /^(config\/load-config|run-sandbox)\.ts$/,
      pino: /^(main|server\/start-server)\.ts$/,
      "type-graphql": /^(graph\/|platforms\/[^/]+\/graph\/)/,
    };
    const wrong = imports.filter(({ file, target }) => {
      const owner = owners[target];
      return owner !== undefined && !owner.test(file);
    });
    expect(wrong).toEqual([]);
  });

  it("names a platform in its rooms only", () => {
    const names = /commerce[-_ ]?layer|bigcommerce|ecwid/i;
    const wrong = files.filter(
      (file) =>
        !rooms.some((room) => file.startsWith(`${room}/`)) &&
        !sandboxRooms.some((room) => file.startsWith(`${room}/`)) &&
        file !== "platforms/registry.ts" &&
        names.test(readFileSync(join(root, file), "utf8")),
    );
    expect(wrong).toEqual([]);
  });

  it("gives every platform room the same layout", () => {
    for (const room of rooms) {
      const inside = files.filter((file) => file.startsWith(`${room}/`));
      for (const name of ["index", "settings", "api", "wire", "mapping"]) {
        expect(inside).toContain(`${room}/${name}.ts`);
      }
      expect(inside.some((file) => file.startsWith(`${room}/graph/`))).toBe(
        true,
      );
      expect(readdirSync(join(root, room), { encoding: "utf8" })).toContain(
        "README.md",
      );
    }
  });

  it("calls no file after what it might be", () => {
    const vague =
      /(^|[/-])(util|utils|helper|helpers|manager|base|common)([-.]|$)/;
    expect(files.filter((file) => vague.test(file))).toEqual([]);
  });
});
