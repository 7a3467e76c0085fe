import { platforms } from "../../../src/platforms/registry";
import type { BigCommerceSandboxServer } from "../../../src/sandbox/bigcommerce";
import type { CommerceLayerSandboxServer } from "../../../src/sandbox/commerce-layer";
import type { EcwidSandboxServer } from "../../../src/sandbox/ecwid";
import { type Sandbox, startSandbox } from "../../../src/sandbox/start";
import { type Clientele, startClientele } from "../../support/clientele";
import { type RunningClient, startClient } from "./example-client";

/** A sandbox, a server on it, and the page on that server. */
export interface Whole {
  readonly sandbox: Sandbox;
  readonly clientele: Clientele;
  readonly client: RunningClient;
  readonly commerceLayer: CommerceLayerSandboxServer;
  readonly bigCommerce: BigCommerceSandboxServer;
  readonly ecwid: EcwidSandboxServer;
  /** Stops the server alone, once. */
  stopServer(): Promise<void>;
  stop(): Promise<void>;
}

interface WholeOptions {
  readonly command?: "preview" | "dev";
  readonly server?: Readonly<Record<string, unknown>>;
  /** What the configuration says of each store. */
  readonly store?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts all three, on free ports. */
export async function startWhole({
  command = "preview",
  server,
  store = {},
  environment,
}: WholeOptions = {}): Promise<Whole> {
  const rooms = await Promise.all(
    platforms.map(({ sandbox: room }) => room!()),
  );
  const sandbox = await startSandbox({ rooms });
  const clientele = await startClientele(
    sandbox.servers.map((one) => ({ server: one, settings: store })),
    server,
  );
  const client = await startClient(command, {
    CLIENTELE_URL: clientele.url,
    ...environment,
  });
  let stopped: Promise<void> | undefined;
  const stopServer = () => (stopped ??= clientele.stop());
  return {
    sandbox,
    clientele,
    client,
    commerceLayer: sandbox.server(
      "commerce-layer-demo",
    ) as CommerceLayerSandboxServer,
    bigCommerce: sandbox.server("bigcommerce-demo") as BigCommerceSandboxServer,
    ecwid: sandbox.server("ecwid-demo") as EcwidSandboxServer,
    stopServer,
    stop: async () => {
      await client.stop();
      await stopServer();
      await sandbox.close();
    },
  };
}
