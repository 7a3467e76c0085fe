import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type CommerceLayerSandboxServer,
  startCommerceLayerSandbox,
} from "../../../src/sandbox/commerce-layer";
import { headersFor } from "../src/forwarded-headers";
import { ids } from "./support/operations";
import { type StartProgram, post, runStart } from "./support/supergraph";

const keys = {
  "key-of-everything": ["read:groups", "read:customers", "debug"],
  "key-of-customers": ["read:customers"],
};

describe("credentials behind a gateway", () => {
  const folder = mkdtempSync(join(tmpdir(), "clientele-"));
  let sandbox: CommerceLayerSandboxServer;
  let program: StartProgram;

  beforeAll(async () => {
    sandbox = await startCommerceLayerSandbox({ seed: 1 });
    const file = join(folder, "config.json");
    writeFileSync(
      file,
      JSON.stringify({
        server: {
          auth: {
            mode: "apiKeys",
            keys: Object.entries(keys).map(([key, scopes]) => ({
              name: key,
              sha256: createHash("sha256").update(key).digest("hex"),
              scopes,
            })),
          },
        },
        stores: [
          {
            key: sandbox.storeKey,
            platform: sandbox.platform,
            ...sandbox.storeSettings,
          },
        ],
      }),
    );
    program = runStart([], { CLIENTELE_CONFIG: file });
    await program.waitFor(/^ready$/);
  });
  afterAll(async () => {
    program.child.kill("SIGTERM");
    await program.ended;
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });

  const query = `query ($id: ID!) {
    customer(id: $id) { email customerGroup { name } loyalty { points } }
  }`;

  describe.each(["apollo", "hive"])("of %s", (name) => {
    const ask = (key?: string) => {
      const prefix = `${name}-gateway `;
      const line = program.lines.find((line) => line.startsWith(prefix)) ?? "";
      return post(
        line.slice(prefix.length),
        { query, variables: { id: ids.john } },
        {
          "clientele-debug": "upstream",
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        },
      );
    };

    it("reach Clientele, which answers as they permit", async () => {
      const answer = await ask("key-of-everything");
      expect(answer.errors).toBeUndefined();
      expect(answer.data).toEqual({
        customer: {
          email: "john@example.com",
          customerGroup: { name: "VIP" },
          loyalty: { points: 388 },
        },
      });
      expect(answer.extensions?.upstream?.requests).toBe(1);
    });

    it("that miss a scope get the rest", async () => {
      const answer = await ask("key-of-customers");
      expect(answer.data).toEqual({
        customer: {
          email: "john@example.com",
          customerGroup: null,
          loyalty: { points: 388 },
        },
      });
      expect(answer.errors).toHaveLength(1);
      expect(answer.errors?.[0]?.extensions).toMatchObject({
        code: "FORBIDDEN",
        scope: "read:groups",
      });
      expect(answer.extensions?.upstream).toBeUndefined();
    });

    it.each([undefined, "key-of-nobody"])("are refused as %s", async (key) => {
      sandbox.journal.clear();
      const answer = await ask(key);
      expect(answer.data ?? { customer: null }).toEqual({ customer: null });
      expect(answer.errors?.[0]?.extensions?.["code"]).toBe("UNAUTHENTICATED");
      expect(sandbox.journal.entries()).toEqual([]);
    });
  });

  it("go to Clientele alone", () => {
    const valueOf = (name: string) => `the ${name}`;
    expect(headersFor("clientele", valueOf)).toEqual({
      authorization: "the authorization",
      "clientele-debug": "the clientele-debug",
    });
    expect(headersFor("loyalty", valueOf)).toEqual({});
    expect(headersFor("clientele", () => undefined)).toEqual({});
  });
});
