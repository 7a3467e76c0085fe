import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import tls from "node:tls";
import { type Transport, createTransport } from "../../src/http/transport";
import { createCertificate } from "./certificate";
import { requestTo, startPeer, stopServers } from "./support";

const dayMs = 86_400_000;
const from = new Date(Date.now() - 30 * dayMs);
const to = new Date(Date.now() + 30 * dayMs);

interface TlsServer {
  readonly port: number;
  readonly cert: string;
  readonly requests: () => number;
  close(): Promise<void>;
}

const running: TlsServer[] = [];

async function startTls(
  options: Parameters<typeof createCertificate>[0],
): Promise<TlsServer> {
  const { key, cert } = createCertificate(options);
  let requests = 0;
  const server = createServer({ key, cert }, (_, response) => {
    requests += 1;
    response.end("{}");
  });
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const started: TlsServer = {
    port: (server.address() as AddressInfo).port,
    cert,
    requests: () => requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  running.push(started);
  return started;
}

/** As if the operator had named the certificate in NODE_EXTRA_CA_CERTS. */
function trust(ca: string): void {
  const connect = tls.connect as (
    options: tls.ConnectionOptions,
  ) => tls.TLSSocket;
  jest
    .spyOn(tls, "connect")
    .mockImplementation(((options: tls.ConnectionOptions) =>
      connect({ ...options, ca })) as never);
}

let transport: Transport;

beforeEach(() => {
  transport = createTransport({ connections: 1 });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await transport.close();
  await stopServers();
  await Promise.all(running.splice(0).map((server) => server.close()));
});

const secret = { authorization: "Bearer canary" };

function ask(host: string, port: number) {
  return transport.send(
    requestTo(`https://${host}:${port}/`, { headers: secret }),
  );
}

describe("a platform over TLS", () => {
  it("is asked when its certificate is trusted", async () => {
    const server = await startTls({ hosts: ["127.0.0.1"], from, to });
    trust(server.cert);
    const { status } = await ask("127.0.0.1", server.port);
    expect(status).toBe(200);
    expect(server.requests()).toBe(1);
  });

  it.each([
    ["self-signed", ["127.0.0.1"], from, to, "DEPTH_ZERO_SELF_SIGNED_CERT"],
    [
      "expired",
      ["127.0.0.1"],
      from,
      new Date(Date.now() - dayMs),
      "CERT_HAS_EXPIRED",
    ],
    [
      "not valid yet",
      ["127.0.0.1"],
      new Date(Date.now() + dayMs),
      to,
      "CERT_NOT_YET_VALID",
    ],
    [
      "for another host",
      ["other.test"],
      from,
      to,
      "ERR_TLS_CERT_ALTNAME_INVALID",
    ],
  ] as const)("is sent nothing when %s (U22)", async (...row) => {
    const [name, hosts, start, end, code] = row;
    const server = await startTls({ hosts, from: start, to: end });
    if (name !== "self-signed") trust(server.cert);
    await expect(ask("127.0.0.1", server.port)).rejects.toMatchObject({
      kind: "untrusted",
      message: `it could not be trusted over TLS (${code}); nothing was sent`,
    });
    expect(server.requests()).toBe(0);
  });

  it("is sent nothing when it speaks plain text (U22)", async () => {
    let received = "";
    const peer = await startPeer((socket) => {
      socket.on("data", (bytes) => {
        received += bytes.toString("latin1");
        socket.end("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
      });
    });
    await expect(ask("127.0.0.1", peer.port)).rejects.toMatchObject({
      kind: "untrusted",
    });
    expect(received).not.toContain("canary");
    expect(received).not.toContain("HTTP");
  });
});
