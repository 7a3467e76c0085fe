/** A server that takes requests. */
export interface Service {
  readonly url: string;
  /** Answers what is in flight, then stops. */
  stop(): Promise<void>;
}

const signals = ["SIGTERM", "SIGINT"] as const;

/**
 * Runs a service as the whole of a process: prints `listening on <url>` when it
 * is ready, stops it on SIGTERM and SIGINT, and then ends with code 0. The code
 * is 1 when it cannot start or stop.
 */
export function runUntilStopped(start: () => Promise<Service>): void {
  keepSignals(stop);
  let service: Service | undefined;
  function stop(): void {
    const stopped = service?.stop();
    service = undefined;
    stopped?.then(() => process.exit(0), fail);
  }
  start().then((started) => {
    service = started;
    for (const signal of signals) process.on(signal, stop);
    process.stdout.write(`listening on ${service.url}\n`);
  }, fail);
}

/**
 * Hive Gateway listens to signals itself, and drops what is in flight as soon as
 * one comes, before its server could answer it.
 *
 * @param owner the only listener that stays.
 */
function keepSignals(owner: () => void): void {
  process.on("newListener", (event: string, listener: () => void) => {
    if (listener === owner || !signals.some((signal) => signal === event)) {
      return;
    }
    queueMicrotask(() => process.off(event, listener));
  });
}

function fail(error: unknown): void {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(1);
}

/** Where to listen: `HOST`, by default 127.0.0.1, and `PORT`, by default a free one. */
export function listenAddress(): {
  readonly host: string;
  readonly port: number;
} {
  return {
    host: process.env["HOST"] ?? "127.0.0.1",
    port: Number(process.env["PORT"] ?? 0),
  };
}
