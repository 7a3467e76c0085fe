import { execFileSync } from "node:child_process";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { root } from "../../supply-chain/lockfiles";

describe("the bill of materials (C5)", () => {
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot5);

  it("is valid CycloneDX 1.5", async () => {
    const bill = execFileSync(
      "npm",
      ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"],
      {
        cwd: root,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
        maxBuffer: 64 * 1024 * 1024,
        shell: process.platform === "win32",
      },
    );
    expect(await validator.validate(bill)).toBeNull();
    const { components } = JSON.parse(bill) as {
      readonly components: object[];
    };
    const broken = JSON.stringify({
      ...JSON.parse(bill),
      components: [...components, { name: "no type" }],
    });
    expect(await validator.validate(broken)).not.toBeNull();
  });
});
