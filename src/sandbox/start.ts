import { type Control, startControl } from "./control";
import type { SandboxRoom, SandboxServer } from "./room";

export interface SandboxOptions {
  readonly rooms: readonly SandboxRoom[];
  /** The same for every room. Default 1. */
  readonly seed?: number;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Port of each room by its store key; default, and for 0, a free one. */
  readonly ports?: Readonly<Record<string, number>>;
  /**
   * Serves the control API of all rooms, on the port of {@link startControl}.
   * Default: there is none.
   */
  readonly control?: { readonly port?: number | undefined };
}

/** Some rooms that are listening. */
export interface Sandbox {
  /** In the order of the rooms. */
  readonly servers: readonly SandboxServer[];
  /** The control API; undefined unless it was asked for. */
  readonly control: Control | undefined;
  /**
   * The room of one store.
   *
   * @throws RangeError when no room has that store key.
   */
  server(storeKey: string): SandboxServer;
  /** Closes every room; resolves when all are closed. */
  close(): Promise<void>;
}

/**
 * Starts rooms side by side.
 *
 * @throws what the first room, or the control API, failed with; what had started
 *   is closed by then.
 */
export async function startSandbox({
  rooms,
  seed,
  host,
  ports = {},
  control: controlOptions,
}: SandboxOptions): Promise<Sandbox> {
  const outcomes = await Promise.allSettled(
    rooms.map(async (room) => {
      const port = ports[room.storeKey];
      return room.start({
        ...(seed === undefined ? {} : { seed }),
        ...(host === undefined ? {} : { host }),
        ...(port === undefined ? {} : { port }),
      });
    }),
  );
  const servers = outcomes.flatMap((outcome) =>
    outcome.status === "fulfilled" ? [outcome.value] : [],
  );
  let control: Control | undefined;
  const close = async () => {
    await Promise.all([
      control?.close(),
      ...servers.map((server) => server.close()),
    ]);
  };
  try {
    const failed = outcomes.find((outcome) => outcome.status === "rejected");
    if (failed) throw failed.reason;
    control = controlOptions
      ? await startControl({ rooms: servers, ...controlOptions })
      : undefined;
  } catch (error) {
    await close();
    throw error;
  }
  return {
    servers,
    control,
    server: (storeKey) => {
      const found = servers.find((server) => server.storeKey === storeKey);
      if (!found) throw new RangeError(`no room serves the store ${storeKey}`);
      return found;
    },
    close,
  };
}
