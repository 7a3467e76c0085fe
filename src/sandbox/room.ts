import type { StatusFault } from "./faults/answer";
import type { Faults } from "./faults/faults";
import type { Journal } from "./journal";
import type { SettingsAccess } from "./settings";

/**
 * The contract of a sandbox room: a local HTTP server that speaks one
 * platform's dialect on deterministic data. Each platform has one; it is
 * loaded only when somebody asks for the sandbox.
 */
export interface SandboxRoom {
  /** The word that the configuration uses for the platform, e.g. `acme-shop`. */
  readonly platform: string;
  /** The key under which the demo serves this store, e.g. `acme-shop-demo`. */
  readonly storeKey: string;
  /**
   * Makes the data and listens.
   *
   * @throws when the port is taken.
   */
  start(options: SandboxRoomOptions): Promise<SandboxServer>;
}

export interface SandboxRoomOptions {
  /** Equal seeds make equal data, byte for byte. Default 1. */
  readonly seed?: number;
  /** Address to listen on. Default `127.0.0.1`. */
  readonly host?: string;
  /** Port to listen on; 0, the default, takes a free one. */
  readonly port?: number;
}

/**
 * Answers that a platform is known to send and its room sends only when it is
 * told to: by name, for `faults.add`.
 */
export type ReadyFaults = Readonly<Record<string, StatusFault>> & {
  /** Too many requests, with everything that the platform says of it. */
  readonly throttled: StatusFault;
  /** The same without a word on how long to wait. */
  readonly throttledSilently: StatusFault;
};

/** A room that is listening. */
export interface SandboxServer {
  readonly platform: string;
  readonly storeKey: string;
  /** `http://host:port`, without a slash at the end. */
  readonly origin: string;
  /**
   * What the configuration says of this store beside `key` and `platform`:
   * `baseUrl`, ids and working credentials (they open nothing but this sandbox).
   */
  readonly storeSettings: Readonly<Record<string, unknown>>;
  /** What the server was asked, in order. */
  readonly journal: Journal;
  /** What the server was told to do wrong. */
  readonly faults: Faults;
  /** Default: 429, with and without `Retry-After: 1`. */
  readonly readyFaults?: ReadyFaults;
  /** The settings as the control API reads and changes them. */
  readonly settingsAccess: SettingsAccess;
  /**
   * While true, every list whose request names no order comes in a new random
   * order each time, as a platform that promises none may do. Default false.
   */
  shuffled: boolean;
  /** Stops listening and ends open connections; resolves when both are done. */
  close(): Promise<void>;
}
