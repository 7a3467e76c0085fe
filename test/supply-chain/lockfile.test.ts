import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import semver from "semver";
import {
  type LockedPackage,
  describePackage,
  readJson,
  readProjects,
  root,
} from "./lockfiles";
import { tableBelow } from "./record";

const projects = readProjects();
const server = projects.find(({ folder }) => folder === "");
if (!server) throw new Error("the root has no lockfile");
const shipped = server.packages.filter(({ isDevelopment }) => !isDevelopment);

/** Every locked package that `isWrong`, for people to read. */
function packagesThat(isWrong: (locked: LockedPackage) => boolean): string[] {
  return projects.flatMap((project) =>
    project.packages
      .filter(isWrong)
      .map((locked) => describePackage(project, locked)),
  );
}

const specifications = projects.flatMap(({ folder, manifest, packages }) =>
  Object.entries({
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
  }).map(([name, wanted]) => ({
    where: `${folder === "" ? "" : `${folder}: `}${name}`,
    wanted,
    locked: packages.find(({ path }) => path === `node_modules/${name}`),
  })),
);

describe("the lockfiles (C2)", () => {
  it("are found, the root's first", () => {
    expect(projects.map(({ folder }) => folder)).toEqual(
      expect.arrayContaining(["", "test/deploy/checks"]),
    );
    expect(server.packages.length).toBeGreaterThan(500);
  });

  it("lock every package by its digest", () => {
    expect(
      packagesThat(
        ({ integrity, version }) =>
          !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? "") || !version,
      ),
    ).toEqual([]);
  });

  it("name no source but the registry", () => {
    expect(packagesThat(({ resolved }) => resolved !== undefined)).toEqual([]);
    expect(
      specifications.filter(({ wanted }) => !/^[\^~]?\d/.test(wanted)),
    ).toEqual([]);
  });

  it("hold what package.json asks for", () => {
    expect(specifications.length).toBeGreaterThan(40);
    const wrong = specifications.filter(
      ({ wanted, locked }) =>
        !semver.satisfies(locked?.version ?? "0.0.0", wanted),
    );
    expect(wrong).toEqual([]);
  });

  it("belong to packages that cannot be published", () => {
    expect(
      projects.filter(({ manifest }) => manifest.private !== true),
    ).toEqual([]);
  });
});

describe("the advisories (C3)", () => {
  interface Advisory {
    readonly ids: readonly string[];
    readonly packages: readonly string[];
    readonly affected: string;
  }
  const { checkedOn, advisories } = readJson(
    resolve(__dirname, "advisories.json"),
  ) as { readonly checkedOn: string; readonly advisories: readonly Advisory[] };

  const against = ({
    name,
    version,
  }: Pick<LockedPackage, "name" | "version">) =>
    advisories.filter(
      ({ packages, affected }) =>
        packages.includes(name) &&
        semver.satisfies(version ?? "", affected, { includePrerelease: true }),
    );

  it("can all be read", () => {
    expect(advisories.length).toBeGreaterThan(20);
    const unreadable = advisories.filter(
      ({ ids, packages, affected }) =>
        packages.length === 0 ||
        ids.length === 0 ||
        !ids.every((id) =>
          /^(CVE-\d{4}-\d{4,}|GHSA(-[a-z0-9]{4}){3})$/.test(id),
        ) ||
        semver.validRange(affected) === null,
    );
    expect(unreadable).toEqual([]);
  });

  it.each([
    ["undici", "7.18.1", true],
    ["undici", "7.29.0", false],
    ["@apollo/server", "5.4.9", true],
    ["@apollo/server", "5.5.0", false],
    ["@apollo/federation-internals", "2.13.1", true],
    ["@apollo/federation-internals", "2.13.2", false],
    ["graphql", "16.8.0", true],
    ["graphql", "16.3.0-alpha.1", false],
  ])("know %s %s, affected: %s", (name, version, isAffected) => {
    expect(against({ name, version }).length > 0).toBe(isAffected);
  });

  it("match nothing that is locked", () => {
    expect(packagesThat((locked) => against(locked).length > 0)).toEqual([]);
  });

  it("are looked over every 90 days", () => {
    const days = (Date.now() - Date.parse(checkedOn)) / 86_400_000;
    expect(days).toBeGreaterThan(-1);
    if (days > 90) {
      console.warn(
        `advisories.json was last looked over ${Math.floor(days)} days ago (${checkedOn})`,
      );
    }
  });
});

describe("install scripts", () => {
  it("are denied to every package that has some", () => {
    for (const { folder, manifest, packages } of projects) {
      const scripted = new Set(
        packages
          .filter(({ hasInstallScript }) => hasInstallScript)
          .map(({ name }) => name),
      );
      expect({ folder, allowScripts: manifest.allowScripts ?? {} }).toEqual({
        folder,
        allowScripts: Object.fromEntries(
          [...scripted].sort().map((name) => [name, false]),
        ),
      });
    }
  });
});

describe("versions (C7)", () => {
  it("are exact for release candidates", () => {
    const candidates = specifications.filter(({ wanted, locked }) =>
      [wanted, locked?.version ?? ""].some((version) =>
        semver.prerelease(version.replace(/^[\^~]/, "")),
      ),
    );
    expect(candidates.map(({ where }) => where)).toContain("type-graphql");
    expect(candidates.filter(({ wanted }) => !semver.valid(wanted))).toEqual(
      [],
    );
  });

  it("have one graphql in each tree", () => {
    for (const { folder, packages } of projects) {
      const copies = packages.filter(({ name }) => name === "graphql");
      expect({ folder, copies: copies.length }).toEqual({
        folder,
        copies: Math.min(copies.length, 1),
      });
    }
    expect(shipped.filter(({ name }) => name === "graphql")).toHaveLength(1);
  });
});

describe("the versions of Node (C9)", () => {
  it("are those that the server says", () => {
    expect(server.manifest.engines?.node).toBe(">=20.19.0");
    // Line 21 has ended; packages leave it out.
    const narrower = shipped.filter(
      ({ node }) => !semver.subset("^20.19.0 || >=22.0.0", node),
    );
    expect(narrower.map(({ name, node }) => `${name}: ${node}`)).toEqual([]);
  });

  // The first of each line that the tools themselves support.
  it.each(["20.19.0", "22.13.0", "24.0.0", "26.0.0"])(
    "are no reason for a warning on %s",
    (version) => {
      expect(
        packagesThat(({ node }) => !semver.satisfies(version, node)),
      ).toEqual([]);
    },
  );
});

describe("what the server runs on (C8)", () => {
  it("is at most 180 packages", () => {
    expect(shipped.length).toBeGreaterThan(50);
    expect(shipped.length).toBeLessThanOrEqual(180);
  });

  it("has a line of reason each", () => {
    const reasons = tableBelow("## What the server runs on").map(
      ([name = ""]) => name,
    );
    expect(reasons).toEqual(Object.keys(server.manifest.dependencies ?? {}));
  });
});

describe("licences (C6)", () => {
  const permissive = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 AND MIT",
    "BlueOak-1.0.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MIT",
    "(MIT AND BSD-3-Clause)",
    "(MIT OR Apache-2.0)",
    "(MIT OR CC0-1.0)",
    "(MPL-2.0 OR Apache-2.0)",
  ];
  const ofTools = [
    ...permissive,
    "(MIT AND Zlib)",
    "CC-BY-4.0",
    "CC0-1.0",
    "MPL-2.0",
    "Python-2.0",
  ];
  const exceptions = tableBelow("## Licences").map(
    ([name = "", licence = "", use = ""]) => ({ name, licence, use }),
  );

  const found = projects.flatMap((project) =>
    project.packages
      .map(({ name, licence = "none", isDevelopment }) => ({
        name,
        licence,
        use:
          project.folder === "" && !isDevelopment
            ? "production"
            : "development",
      }))
      .filter(
        ({ licence, use }) =>
          !(use === "production" ? permissive : ofTools).includes(licence),
      ),
  );
  const describeUse = ({ name, licence, use }: (typeof found)[number]) =>
    `${name} (${licence}) in ${use}`;

  it("are allowed, or recorded with a reason", () => {
    const unrecorded = found.filter(
      ({ name, licence, use }) =>
        !exceptions.some(
          (known) =>
            known.name === name &&
            known.licence === licence &&
            (known.use === use || known.use === "production"),
        ),
    );
    expect(unrecorded.map(describeUse)).toEqual([]);
  });

  it("have no record that nothing needs", () => {
    const uses = new Set(found.map(describeUse));
    expect(
      exceptions.map(describeUse).filter((record) => !uses.has(record)),
    ).toEqual([]);
  });

  it("have one exception in production", () => {
    expect(exceptions.filter(({ use }) => use === "production")).toEqual([
      {
        name: "@apollo/federation-internals",
        licence: "Elastic-2.0",
        use: "production",
      },
    ]);
  });
});

describe("the bill of materials (C5)", () => {
  interface Component {
    /** The package's own name, where it is installed under another. */
    readonly "bom-ref": string;
    readonly purl: string;
    readonly hashes?: readonly {
      readonly alg: string;
      readonly content: string;
    }[];
  }
  const bill = JSON.parse(
    execFileSync(
      "npm",
      ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"],
      {
        cwd: root,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
        maxBuffer: 64 * 1024 * 1024,
        shell: process.platform === "win32",
      },
    ),
  ) as {
    readonly bomFormat: string;
    readonly specVersion: string;
    readonly components: readonly Component[];
  };

  it("is CycloneDX 1.5", () => {
    expect(bill).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.5" });
  });

  it("has a component for each package", () => {
    const locked = new Set(
      server.packages.map(({ name, version }) => `${name}@${version}`),
    );
    const listed = bill.components.map((component) => component["bom-ref"]);
    expect(listed.sort()).toEqual([...locked].sort());
  });

  it("has the lockfile's digest for each component", () => {
    const digests = new Map(
      server.packages.map(({ name, version, integrity = "" }) => [
        `${name}@${version}`,
        Buffer.from(integrity.replace("sha512-", ""), "base64").toString("hex"),
      ]),
    );
    const wrong = bill.components.filter(
      ({ "bom-ref": reference, purl, hashes = [] }) =>
        !purl.startsWith("pkg:npm/") ||
        !hashes.some(
          ({ alg, content }) =>
            alg === "SHA-512" && content === digests.get(reference),
        ),
    );
    expect(wrong).toEqual([]);
  });
});
