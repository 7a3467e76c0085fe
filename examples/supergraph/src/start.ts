import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { composeWithApollo, composeWithGuild } from "./compose";
import { createSupervisor } from "./supervisor";

const here = join(__dirname, "../..");
const root = join(here, "../..");

const usage = `Starts Clientele on its sandbox, a second subgraph "loyalty", composes the two,
and serves them behind gateways.

  --gateway WHICH         apollo, hive or both (the default)
  --clientele-port PORT   4000 by default
  --loyalty-port PORT     4001
  --apollo-port PORT      4002
  --hive-port PORT        4003
  --supergraphs FOLDER    where the composed supergraphs are written
  --help

0 takes a free port. With CLIENTELE_CONFIG, Clientele serves your own stores
instead of the sandbox.
`;

interface Options {
  readonly gateways: readonly GatewayName[];
  readonly ports: Readonly<
    Record<"clientele" | "loyalty" | GatewayName, string>
  >;
  readonly folder: string;
}

const gatewayNames = ["apollo", "hive"] as const;
type GatewayName = (typeof gatewayNames)[number];

/** Standard output is for the addresses; everything else goes beside it. */
const supervisor = createSupervisor((name, line) => {
  process.stderr.write(`[${name}] ${line}\n`);
});

async function main(options: Options): Promise<void> {
  const { ports, folder } = options;
  const start = async (
    name: string,
    port: string,
    command: readonly [string, ...string[]],
    onLine?: (line: string) => void,
  ) => {
    const environment = { HOST: "127.0.0.1", PORT: port };
    const url = await supervisor
      .start({ name, command, environment }, onLine)
      .catch((error: Error) => {
        throw new Error(
          `${error.message}. If port ${port} is taken, end what listens there or choose another: --help tells how`,
          { cause: error },
        );
      });
    process.stdout.write(`${name} ${url}\n`);
    return url;
  };

  const clientele = await start(
    "clientele",
    ports.clientele,
    [join(root, "dist/main.js")],
    (line) => {
      const [, key, origin] =
        /sandbox (\S+) at (http:[^\s"]+)/.exec(line) ?? [];
      if (key) process.stdout.write(`sandbox ${key} ${origin}\n`);
    },
  );
  const loyalty = await start("loyalty", ports.loyalty, [
    join(here, "dist/loyalty/main.js"),
  ]);
  const subgraphs = [
    // What Clientele's own `_service` answers, which may ask for credentials.
    subgraph("clientele", clientele, join(root, "schema.graphql")),
    subgraph("loyalty", loyalty, join(here, "loyalty/schema.graphql")),
  ];
  const supergraphs = {
    apollo: composeWithApollo(subgraphs),
    hive: composeWithGuild(subgraphs),
  };
  mkdirSync(folder, { recursive: true });
  for (const gateway of options.gateways) {
    const { sdl, hints } = supergraphs[gateway];
    const file = join(folder, `supergraph.${gateway}.graphql`);
    writeFileSync(file, sdl);
    for (const hint of hints) process.stderr.write(`[composition] ${hint}\n`);
    await start(`${gateway}-gateway`, ports[gateway], [
      join(here, `dist/src/${gateway}-gateway.js`),
      file,
    ]);
  }
  process.stdout.write("ready\n");
}

function subgraph(name: string, url: string, file: string) {
  return { name, url, sdl: readFileSync(file, "utf8") };
}

/** @throws TypeError, RangeError when an option makes no sense. */
function readOptions(): Options | undefined {
  const { values } = parseArgs({
    options: {
      gateway: { type: "string", default: "both" },
      "clientele-port": { type: "string", default: "4000" },
      "loyalty-port": { type: "string", default: "4001" },
      "apollo-port": { type: "string", default: "4002" },
      "hive-port": { type: "string", default: "4003" },
      supergraphs: { type: "string", default: join(here, "dist") },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return undefined;
  const gateways = gatewayNames.filter((name) =>
    [name, "both"].includes(values.gateway),
  );
  if (gateways.length === 0) {
    throw new RangeError(
      `--gateway is "${values.gateway}"; expected apollo, hive or both`,
    );
  }
  return {
    gateways,
    ports: {
      clientele: values["clientele-port"],
      loyalty: values["loyalty-port"],
      apollo: values["apollo-port"],
      hive: values["hive-port"],
    },
    folder: values.supergraphs,
  };
}

/** Ends everything once, whoever is the first to want it. */
let isEnding = false;
function end(code: number): void {
  if (isEnding) return;
  isEnding = true;
  supervisor.stop().then(
    (isPeaceful) => process.exit(isPeaceful ? code : 1),
    () => process.exit(1),
  );
}

function fail(error: unknown): void {
  // What was starting when all were stopped has nothing more to say.
  if (isEnding) return;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\n`);
  end(1);
}

let options: Options | undefined;
try {
  options = readOptions();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n\n${usage}`);
  process.exit(64);
}
if (!options) {
  process.stdout.write(usage);
  process.exit(0);
}
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
  process.on(signal, () => {
    end(0);
  });
}
void supervisor.failed.then(({ name, reason }) => {
  fail(`${name} ended unasked (${reason}): stopping the others`);
});
main(options).catch(fail);
