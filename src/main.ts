import { stopSignal } from "./production";
import { setImmediate as turn } from "node:timers/promises";
import { pino } from "pino";
import { type Config, shutdownGraceMs } from "./config/config";
import { checkConfig, loadConfig } from "./config/load-config";
import { ConfigurationError } from "./config/problems";
import { buildSchema } from "./graph/build-schema";
import { platforms } from "./platforms/registry";
import type { Sandbox } from "./sandbox/start";
import { placeOf } from "./server/place-of";
import { startServer } from "./server/start-server";

/** sysexits.h: something in the configuration is wrong. */
const exitConfiguration = 78;

const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime });

/** What a signal ends: nothing yet, or all that was started. */
let end: () => Promise<unknown> = () => Promise.resolve();
let exitCode: number | undefined;

/** Answers what is in flight, then ends the process; the first reason counts. */
function endWith(code: number): void {
  if (exitCode !== undefined) return;
  exitCode = code;
  end().then(
    () => process.exit(code),
    () => process.exit(1),
  );
}

void stopSignal.then((signal) => {
  logger.info(`${signal}: answering what is in flight, then stopping`);
  endWith(0);
});

// Nobody knows what state is left: what is in flight is answered, and whoever
// runs the process starts another. Messages may quote data, so none is shown.
const failUnhandled = (error: unknown) => {
  logger.fatal(
    {
      error: error instanceof Error ? error.name : typeof error,
      at: placeOf(error),
    },
    "an error that nobody handled: answering what is in flight, then stopping",
  );
  endWith(1);
};
process.on("uncaughtException", failUnhandled);
process.on("unhandledRejection", failUnhandled);

async function main(): Promise<void> {
  // A signal that came while modules were loaded is heard in the next turn.
  await turn();
  // Node would send the stores' credentials to whoever answers.
  if (process.env["NODE_TLS_REJECT_UNAUTHORIZED"] === "0") {
    refuse(
      "NODE_TLS_REJECT_UNAUTHORIZED=0 lets anybody pass for a platform: unset it; a certificate authority of your own goes into NODE_EXTRA_CA_CERTS.",
    );
  }
  const file = process.env["CLIENTELE_CONFIG"];
  if (file?.trim() === "") {
    refuse(
      "CLIENTELE_CONFIG is empty: name a file, or unset it to serve the sandbox.",
    );
  }
  const sandbox = file === undefined ? await startDemo() : undefined;
  await turn();
  const config =
    file === undefined ? demoConfig(sandbox) : loadConfig(file, sources);
  const server = await startServer({
    config,
    schema: buildSchema(platforms),
    logger,
    graceMs: shutdownGraceMs(config.server.shutdownDelayMs),
  });
  end = () => server.stop().then(() => sandbox?.close());
  if (exitCode !== undefined) return;
  logger.info(`listening on ${server.url}`);
}

const sources = { environment: process.env, platforms };

/** Without a configuration, the sandbox is served: every platform that has a room. */
async function startDemo(): Promise<Sandbox> {
  const { startSandbox } = await import("./sandbox/start");
  const rooms = await Promise.all(
    platforms.flatMap(({ sandbox }) => (sandbox ? [sandbox()] : [])),
  );
  return startSandbox({ rooms, control: {} });
}

function demoConfig(sandbox: Sandbox | undefined): Config {
  const stores = (sandbox?.servers ?? []).map((server) => ({
    ...server.storeSettings,
    key: server.storeKey,
    platform: server.platform,
    // It tells of its quota as the platforms do, and serves more all the same.
    quota: { enforce: "afterRefusal" },
  }));
  for (const { storeKey, origin } of sandbox?.servers ?? []) {
    logger.info(`sandbox ${storeKey} at ${origin}`);
  }
  if (sandbox?.control) {
    logger.info(`sandbox control at ${sandbox.control.origin}`);
  }
  return checkConfig(
    // The sandbox holds nobody's data: it may be shown to anybody.
    { server: { auth: { mode: "none", allowAnonymous: true } }, stores },
    "the sandbox's configuration",
    sources,
  );
}

main().catch((error: unknown) => {
  if (error instanceof ConfigurationError) refuse(error.message);
  process.stderr.write(`${startProblem(error)}\n`);
  process.exit(1);
});

function refuse(problem: string): never {
  process.stderr.write(`${problem}\n`);
  process.exit(exitConfiguration);
}

/** Names the setting, and never its value. */
function startProblem(error: unknown): string {
  if (!(error instanceof Error)) return "The server did not start.";
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE" || code === "EACCES") {
    return `The port cannot be used (${code}): set PORT or server.port to another one.`;
  }
  if (syscall === "listen" || syscall === "getaddrinfo") {
    return `The host cannot be listened at (${code}): set HOST or server.host to an address of this machine.`;
  }
  return `The server did not start: ${message}`;
}
