import { pino } from "pino";
import { type Config } from "./config/config";
import { checkConfig, loadConfig } from "./config/load-config";
import { ConfigurationError } from "./config/problems";
import { buildSchema } from "./graph/build-schema";
import { platforms } from "./platforms/registry";
import type { Sandbox } from "./sandbox/start";
import { startServer } from "./server/start-server";

/** sysexits.h: something in the configuration is wrong. */
const exitConfiguration = 78;

const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime });

async function main(): Promise<void> {
  const file = process.env["CLIENTELE_CONFIG"];
  const sandbox = file === undefined ? await startDemo() : undefined;
  const config =
    file === undefined ? demoConfig(sandbox) : loadConfig(file, sources);
  const server = await startServer({
    config,
    schema: buildSchema(platforms),
    logger,
  });
  logger.info(`listening on ${server.url}`);

  const stop = (signal: NodeJS.Signals) => {
    logger.info(`${signal}: answering what is in flight, then stopping`);
    server
      .stop()
      .then(() => sandbox?.close())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

const sources = { environment: process.env, platforms };

/** Without a configuration, the sandbox is served: every platform that has a room. */
async function startDemo(): Promise<Sandbox> {
  const { startSandbox } = await import("./sandbox/start");
  const rooms = await Promise.all(
    platforms.flatMap(({ sandbox }) => (sandbox ? [sandbox()] : [])),
  );
  return startSandbox({ rooms });
}

function demoConfig(sandbox: Sandbox | undefined): Config {
  const stores = (sandbox?.servers ?? []).map((server) => ({
    ...server.storeSettings,
    key: server.storeKey,
    platform: server.platform,
  }));
  for (const { storeKey, origin } of sandbox?.servers ?? []) {
    logger.info(`sandbox ${storeKey} at ${origin}`);
  }
  return checkConfig(
    // The sandbox holds nobody's data: it may be shown to anybody.
    { server: { auth: { mode: "none", allowAnonymous: true } }, stores },
    "the sandbox's configuration",
    sources,
  );
}

main().catch((error: unknown) => {
  if (error instanceof ConfigurationError) {
    process.stderr.write(`${error.message}\n`);
    process.exit(exitConfiguration);
  }
  const { code } = error as NodeJS.ErrnoException;
  process.stderr.write(
    code === "EADDRINUSE" || code === "EACCES"
      ? `The port cannot be used (${code}): set PORT or server.port to another one.\n`
      : `The server did not start: ${error instanceof Error ? error.message : "unknown error"}\n`,
  );
  process.exit(1);
});
