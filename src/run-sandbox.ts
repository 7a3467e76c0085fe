import { stringify } from "yaml";
import { platforms } from "./platforms/registry";
import { startSandbox } from "./sandbox/start";

/**
 * Starts the sandbox alone, and prints where each platform listens and what to
 * write into a configuration to use it.
 */
async function main(): Promise<void> {
  const rooms = await Promise.all(
    platforms.flatMap(({ sandbox }) => (sandbox ? [sandbox()] : [])),
  );
  const sandbox = await startSandbox({ rooms });
  for (const { storeKey, origin } of sandbox.servers) {
    process.stdout.write(`# ${storeKey} listens at ${origin}\n`);
  }
  process.stdout.write(
    stringify({
      stores: sandbox.servers.map((server) => ({
        key: server.storeKey,
        platform: server.platform,
        ...server.storeSettings,
      })),
    }),
  );
  const stop = () => {
    void sandbox.close().then(() => process.exit(0));
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `The sandbox did not start: ${error instanceof Error ? error.message : "unknown error"}\n`,
  );
  process.exit(1);
});
