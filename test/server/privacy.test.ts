import {
  type CommerceLayerSandboxServer,
  commerceLayerSandbox,
} from "../../src/sandbox/commerce-layer";
import { type Clientele, startClientele } from "../support/clientele";

/** Whatever goes wrong, what the server says of it holds no data and no secret. */
describe("privacy", () => {
  let sandbox: CommerceLayerSandboxServer;
  let clientele: Clientele;

  beforeAll(async () => {
    sandbox = (await commerceLayerSandbox.start(
      {},
    )) as CommerceLayerSandboxServer;
    clientele = await startClientele([
      { server: sandbox, settings: { timeoutMs: 300 } },
    ]);
  });
  afterAll(async () => {
    await clientele.stop();
    await sandbox.close();
  });

  const leak =
    'canary-body sandbox-secret Bearer sandbox-access-token anna@example.com "email"';
  const faults = [
    { status: 500, body: leak },
    { status: 503, body: { errors: [{ code: leak, detail: leak }] } },
    { status: 400, body: { errors: [{ code: "INVALID_X", detail: leak }] } },
    { status: 401, body: { errors: [{ code: "UNAUTHORIZED", detail: leak }] } },
    { status: 404, body: leak },
    { status: 429, body: leak },
    { status: 200, body: leak },
    { status: 200, body: { data: [{ id: leak, type: leak }], meta: {} } },
    { status: 200, body: { data: leak } },
    { redirect: { status: 302, location: `http://127.0.0.1:1/${leak}` } },
    { truncate: true as const },
    { reset: "mid-body" as const },
    { hang: true as const },
  ];

  it.each(faults.map((fault) => [JSON.stringify(fault).slice(0, 60), fault]))(
    "tells nothing of what came: %s",
    async (_, fault) => {
      sandbox.faults.clear();
      sandbox.faults.add({
        when: { kind: "api" },
        ...(fault as { hang: true }),
      });
      const answer = await clientele.send(
        `query Search($email: String) {
           list: customers(first: 5, filter: { email: $email }) { nodes { email } totalCount }
           one: customer(id: "gid://clientele/Customer/commerce-layer-demo/xYZkjABcde") { email customerGroup { name } }
         }`,
        { email: "canary-variable@example.com" },
      );
      const said = JSON.stringify(answer.errors ?? []) + clientele.log.join("");
      expect(said).not.toMatch(
        /canary|sandbox-secret|sandbox-access-token|sandbox-client|anna@|example\.com|127\.0\.0\.1/,
      );
      const metrics = await fetch(new URL("/metrics", clientele.url));
      expect(await metrics.text()).not.toMatch(/canary|sandbox-|anna@|xYZkj/);
    },
  );
});
