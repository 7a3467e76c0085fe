/** The part of autocannon 9 that is used here; it comes without types. */
declare module "autocannon" {
  interface Request {
    /** Called before the request is sent, each time. */
    readonly setupRequest?: (request: object) => object;
    readonly onResponse?: (status: number, body: string) => void;
  }
  interface Options {
    readonly url: string;
    readonly connections: number;
    /** In seconds. */
    readonly duration: number;
    /** In milliseconds; it ends at one of its samples. */
    readonly sampleInt: number;
    /** In seconds. */
    readonly timeout: number;
    readonly method: "GET" | "POST";
    readonly headers: Readonly<Record<string, string>>;
    readonly requests: readonly Request[];
  }
  interface Result {
    /** Connections that failed, and requests that took too long. */
    readonly errors: number;
  }
  interface Instance extends PromiseLike<Result> {
    on(event: "start", listener: () => void): this;
    on(
      event: "response",
      listener: (
        client: unknown,
        status: number,
        bytes: number,
        /** With fractions. */
        milliseconds: number,
      ) => void,
    ): this;
  }
  export default function autocannon(options: Options): Instance;
}
