import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { bigCommerce } from "./synthetic-bigcommerce";
import { commerceLayer } from "./synthetic-commerce-layer";
import { ecwid } from "./synthetic-ecwid";
import type { Platform } from "./synthetic-rows";

const platforms: Readonly<Record<string, Platform>> = {
  "commerce-layer": commerceLayer,
  bigcommerce: bigCommerce,
  ecwid,
};

/** By address: each is made once, and compressed as the platforms do. */
const known = new Map<string, Buffer>();
let requests = 0;

/**
 * Serves any number of stores: the first part of a path is the platform, the
 * second the store.
 */
const server = createServer((request, response) => {
  requests += 1;
  const { url = "/" } = request;
  let body = known.get(url);
  if (!body) known.set(url, (body = answer(url)));
  response.writeHead(200, {
    "content-type": "application/json",
    "content-encoding": "gzip",
    "content-length": body.length,
  });
  response.end(body);
});
// Longer than any client's: none writes to a connection that just ends.
server.keepAliveTimeout = 600_000;

function answer(target: string): Buffer {
  const { pathname, searchParams } = new URL(target, origin());
  const [, root = "", platform = "", path = ""] =
    /^(\/([a-z-]+)\/[^/]+)(\/.*)$/.exec(pathname) ?? [];
  const json = platforms[platform]?.({
    root: origin() + root,
    path,
    query: searchParams,
  });
  return gzipSync(JSON.stringify(json ?? {}));
}

function origin(): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

process.on("message", () => {
  process.send?.({ requests });
  requests = 0;
});
// Whoever started it is gone.
process.on("disconnect", () => process.exit());
process.on("SIGTERM", () => process.exit());
server.listen(0, "127.0.0.1", () => process.send?.({ origin: origin() }));
