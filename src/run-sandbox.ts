import { parseArgs } from "node:util";
import { stringify } from "yaml";
import { platforms } from "./platforms/registry";
import { USUAL_CONTROL_PORT } from "./sandbox/control";
import { runFaultCommand } from "./sandbox/fault-command";
import { startSandbox } from "./sandbox/start";

const USAGE = `Starts the sandbox alone: a local server of each platform, on made-up data.

  npm run sandbox -- [options]

  --seed <n>               of the data (default 1)
  --host <address>         of the platforms (default 127.0.0.1)
  --port <store>=<port>    of one platform; again for others (default: a free one)
  --control-port <port>    of the control API, always on this machine alone
                           (default ${USUAL_CONTROL_PORT}, or a free one where that is taken)
  --fault <store>=<what>   starts with a fault: a preset's name or JSON; again for
                           others; npm run sandbox:fault -- presets shows the names
  --help
`;

/** The command line cannot be understood; the message says why. */
class UsageError extends Error {}

/**
 * Starts the sandbox alone, and prints where each platform and the control API
 * listen, and what to write into a configuration to use it.
 */
async function main(): Promise<void> {
  const { seed, host, ports, controlPort, faults, help } = toOptions();
  if (help) {
    process.stdout.write(USAGE);
    return;
  }
  const rooms = await Promise.all(
    platforms.flatMap(({ sandbox }) => (sandbox ? [sandbox()] : [])),
  );
  const known = rooms.map(({ storeKey }) => storeKey);
  for (const store of [...Object.keys(ports), ...faults.map(([key]) => key)])
    if (!known.includes(store))
      throw new UsageError(`no store ${store}: one of ${known.join(", ")}`);
  const sandbox = await startSandbox({
    rooms,
    ports,
    ...(seed === undefined ? {} : { seed }),
    ...(host === undefined ? {} : { host }),
    control: { port: controlPort },
  });
  const stop = () => {
    void sandbox.close().then(() => process.exit());
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);

  const control = sandbox.control?.origin ?? "";
  for (const [store, fault] of faults) {
    const code = await runFaultCommand([store, fault, "--control", control], {
      environment: {},
      write: (text) => process.stdout.write(`# ${text}`),
      writeError: (text) => process.stderr.write(text),
    });
    if (code === 0) continue;
    process.exitCode = code;
    stop();
    return;
  }
  for (const { storeKey, origin } of sandbox.servers) {
    process.stdout.write(`# ${storeKey} listens at ${origin}\n`);
  }
  process.stdout.write(`# the control API listens at ${control}\n`);
  process.stdout.write(
    stringify({
      stores: sandbox.servers.map((server) => ({
        key: server.storeKey,
        platform: server.platform,
        ...server.storeSettings,
        // Unless it is told to, it refuses nobody for the rate of requests.
        quota: { enforce: "afterRefusal" },
      })),
    }),
  );
}

function toOptions() {
  const { values } = parse();
  return {
    seed: values.seed === undefined ? undefined : toWhole("seed", values.seed),
    host: values.host,
    ports: Object.fromEntries(
      toPairs("port", values.port).map(([store, port]) => [
        store,
        toWhole("port", port),
      ]),
    ),
    controlPort:
      values["control-port"] === undefined
        ? undefined
        : toWhole("control-port", values["control-port"]),
    faults: toPairs("fault", values.fault),
    help: values.help,
  };
}

function parse() {
  try {
    return parseArgs({
      options: {
        seed: { type: "string" },
        host: { type: "string" },
        port: { type: "string", multiple: true },
        "control-port": { type: "string" },
        fault: { type: "string", multiple: true },
        help: { type: "boolean" },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function toPairs(name: string, given: readonly string[] = []) {
  return given.map((pair): [string, string] => {
    const at = pair.indexOf("=");
    if (at < 1) throw new UsageError(`--${name} must be <store>=<${name}>`);
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
}

function toWhole(name: string, text: string): number {
  const most = name === "seed" ? 4_294_967_295 : 65_535;
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Infinity;
  if (number > most)
    throw new UsageError(`--${name} must be a whole number up to ${most}`);
  return number;
}

main().catch((error: unknown) => {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${USAGE}`);
    process.exit(64);
  }
  process.stderr.write(
    `The sandbox did not start: ${error instanceof Error ? error.message : "unknown error"}\n`,
  );
  process.exit(1);
});
