import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { repositoryFiles, root } from "./lockfiles";
import { findSecrets } from "./secrets";

// Put together here, so that this file holds none of them.
const random = "aB3".repeat(20);
const header = Buffer.from('{"alg":"RS256","typ":"JWT"}').toString("base64url");
const claims = Buffer.from('{"iss":"https://issuer.test"}').toString(
  "base64url",
);

describe("the scan for secrets", () => {
  it.each([
    ["a Commerce Layer access token", [header, claims, random].join(".")],
    ["a Commerce Layer client secret", random.slice(0, 43)],
    ["a BigCommerce access token", "a1b".repeat(11).slice(0, 31)],
    ["an Ecwid secret token", ["secret", random.slice(0, 32)].join("_")],
    ["an Ecwid public token", ["public", random.slice(0, 32)].join("_")],
    ["a private key", ["-----BEGIN", "EC PRIVATE", "KEY-----"].join(" ")],
    ["a registry token", ["npm", random.slice(0, 36)].join("_")],
    ["a real mail address", ["somebody", "company.de"].join("@")],
    ["an address below a real domain", ["a.b", "test.company.io"].join("@")],
    ["a real telephone number", ["+49", "30 1234567"].join(" ")],
  ])("finds %s", (_, secret) => {
    for (const text of [secret, `token: "${secret}",`, `x=${secret};`]) {
      expect(findSecrets(text)).toHaveLength(1);
    }
  });

  it.each([
    ["john@example.com"],
    ["noor2007@mail.example.test"],
    ["maintainers@users.noreply.somewhere.example"],
    ["@apollo/server@5.5.1"],
    ["+1 555 0123456"],
    ["+44 20 7946 0000"],
    ["2024-06-04T21:15:10+02:00"],
    ["d41d8cd98f00b204e9800998ecf8427e"],
    ["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    ["CommerceLayerCustomerSubscriptionConnection"],
    ["${STOREFRONT_KEY_SHA256}"],
  ])("passes %s", (text) => {
    expect(findSecrets(text)).toEqual([]);
  });

  it("shows no more than the beginning", () => {
    const secret = ["secret", random.slice(0, 32)].join("_");
    expect(JSON.stringify(findSecrets(secret))).not.toContain(
      secret.slice(0, 8),
    );
  });
});

describe("the repository", () => {
  it("holds no secret in its files (S12)", () => {
    const files = repositoryFiles().filter(
      (file) => !file.endsWith("package-lock.json"),
    );
    expect(files.length).toBeGreaterThan(200);
    const found = files.flatMap((file) => {
      const content = readFileSync(resolve(root, file));
      return content.includes(0)
        ? []
        : findSecrets(content.toString("utf8")).map((finding) => ({
            file,
            ...finding,
          }));
    });
    expect(found).toEqual([]);
  });

  it("holds no secret in its history (S13)", async () => {
    const git = spawn(
      "git",
      [
        "log",
        "--all",
        "--patch",
        "--unified=0",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
        "--",
        ".",
        ":(exclude,glob)**/package-lock.json",
      ],
      { cwd: root, stdio: ["ignore", "pipe", "ignore"] },
    );
    const ended = new Promise<number | null>((done) => {
      git.once("close", done);
    });
    let commit = "";
    let lines = 0;
    const found: object[] = [];
    for await (const line of createInterface({ input: git.stdout })) {
      lines += 1;
      if (line.startsWith("commit ")) commit = line.slice(7, 19);
      // What was taken away was added in some other commit.
      else if (!line.startsWith("-")) {
        for (const finding of findSecrets(line))
          found.push({ commit, ...finding });
      }
    }
    expect(await ended).toBe(0);
    expect(lines).toBeGreaterThan(1_000);
    expect(found).toEqual([]);
  }, 60_000);
});
