import {
  type AddressInfo,
  type Server,
  Socket,
  type TcpNetConnectOpts,
  createServer,
} from "node:net";

/** Whoever must be sent nothing while a hostile platform points elsewhere. */
export interface Bystanders {
  /** `127.0.0.1:…`: a server of another port that answers everybody kindly. */
  readonly address: string;
  /** `localhost:…`: another one, to be reached by its name. */
  readonly name: string;
  /**
   * Fails when a connection was opened to one of the two, or by this process
   * to anywhere else than these origins, since the last call.
   */
  expectNothing(origins: readonly string[]): void;
  stop(): Promise<void>;
}

const kindly = '{"data":[],"items":[],"total":0}';

/**
 * Starts two servers that speak to whoever comes, and writes down where the
 * process connects to: also to names that do not exist and machines that do
 * not answer.
 */
export async function startBystanders(): Promise<Bystanders> {
  const received: string[] = [];
  const open = new Set<Socket>();
  const start = async (host: string): Promise<Server> => {
    const server = createServer((socket) => {
      open.add(socket);
      received.push("");
      socket.on("error", () => undefined);
      socket.on("close", () => open.delete(socket));
      socket.on("data", (bytes) => {
        received.push(bytes.toString("latin1"));
        socket.end(
          `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${kindly.length}\r\n\r\n${kindly}`,
        );
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, host, resolve);
    });
    return server;
  };
  const servers = [await start("127.0.0.1"), await start("localhost")];
  const [address = 0, name = 0] = servers.map(
    (server) => (server.address() as AddressInfo).port,
  );

  const destinations = new Set<string>();
  const connect = Reflect.get(Socket.prototype, "connect") as (
    ...options: readonly unknown[]
  ) => Socket;
  const spy = jest
    .spyOn(Socket.prototype, "connect")
    .mockImplementation(function (this: Socket, ...options: unknown[]) {
      const [to] = options.flat() as [TcpNetConnectOpts];
      destinations.add(`${to.host ?? "localhost"}:${to.port}`);
      return connect.apply(this, options);
    });

  return {
    address: `127.0.0.1:${address}`,
    name: `localhost:${name}`,
    expectNothing: (origins) => {
      const hosts = new Set(origins.map((origin) => new URL(origin).host));
      const elsewhere = [...destinations].filter((host) => !hosts.has(host));
      destinations.clear();
      expect({ elsewhere, received: received.splice(0) }).toEqual({
        elsewhere: [],
        received: [],
      });
    },
    stop: async () => {
      spy.mockRestore();
      for (const socket of open) socket.destroy();
      await Promise.all(
        servers.map(
          (server) =>
            new Promise((resolve) => {
              server.close(resolve);
            }),
        ),
      );
    },
  };
}
