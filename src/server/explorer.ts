import { randomBytes } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, resolve } from "node:path";
import { weightIn } from "./header-weight";
import { RefusedRequest } from "./read-request-body";

/** The page at `/graphql` in which people write operations, and its files. */
export interface Explorer {
  /**
   * Answers a browser that asks for the page or one of its files. Neither holds
   * data nor needs credentials: those go with the operations that the page sends.
   *
   * @param pathname as it came, not decoded.
   * @param search with its question mark, or empty.
   * @returns false when the request asks for something else; it then has no
   *   answer yet.
   * @throws RefusedRequest 404 or 405 for a file, 503 when there is no build.
   */
  answer(
    request: IncomingMessage,
    response: ServerResponse,
    pathname: string,
    search: string,
  ): boolean;
}

/** Seen from src/server and from dist/server alike. */
const builtFolder = resolve(__dirname, "../../dist/explorer");
const files = "/graphql/explorer/";

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/**
 * Reads the build at once: what is not in it by name cannot be asked for.
 *
 * @param folder what `npm run build` made of src/explorer; the page is
 *   answered with 503 when it is not there.
 */
export function createExplorer(folder = builtFolder): Explorer {
  const build = readBuild(folder);
  const sendFile = (
    { method, headers }: IncomingMessage,
    response: ServerResponse,
    name: string,
  ) => {
    if (method !== "GET" && method !== "HEAD") {
      response.setHeader("allow", "GET, HEAD");
      throw new RefusedRequest(405, "The explorer's files can only be read.");
    }
    const type = types[extname(name)];
    const encoding = encodingFor(headers["accept-encoding"] ?? "");
    const body = build?.get(name + suffixes[encoding]);
    if (!type || !body) {
      throw new RefusedRequest(404, "There is nothing here; see /graphql.");
    }
    response.writeHead(200, {
      "content-type": type,
      "content-length": body.length,
      ...(encoding === "identity" ? {} : { "content-encoding": encoding }),
      vary: "accept-encoding",
      // The name changes with the content.
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
    });
    response.end(body);
  };
  const sendPage = (response: ServerResponse) => {
    const page = build?.get("page.html")?.toString();
    if (page === undefined) {
      throw new RefusedRequest(
        503,
        "The explorer is not built: npm run build makes it.",
      );
    }
    const nonce = randomBytes(16).toString("base64");
    const body = page.replace("{nonce}", nonce);
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      "content-length": Buffer.byteLength(body),
      "cache-control": "no-store",
      "content-security-policy": policy(nonce),
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
    response.end(body);
  };
  return {
    answer: (request, response, pathname, search) => {
      if (pathname.startsWith(files)) {
        sendFile(request, response, pathname.slice(files.length));
        return true;
      }
      if (!isForPage(request, response, pathname, search)) return false;
      sendPage(response);
      return true;
    },
  };
}

/**
 * Stands where the explorer is switched off: tells people who come with a browser
 * that it is, and nothing else to anybody.
 */
export function createClosedExplorer(): Explorer {
  const text =
    "The explorer is switched off on this server; programs send their operations here by POST.\n";
  return {
    answer: (request, response, pathname, search) => {
      if (!isForPage(request, response, pathname, search)) return false;
      response.writeHead(404, {
        "content-type": "text/plain; charset=utf-8",
        "content-length": Buffer.byteLength(text),
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      });
      response.end(text);
      return true;
    },
  };
}

/** Notes in the answer what it depends on. */
function isForPage(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  pathname: string,
  search: string,
): boolean {
  const isRead = method === "GET" || method === "HEAD";
  if (pathname !== "/graphql" || !isRead) return false;
  response.setHeader("vary", "accept");
  return (
    !new URLSearchParams(search).has("query") &&
    prefersPage(headers.accept ?? "")
  );
}

function readBuild(folder: string): ReadonlyMap<string, Buffer> | undefined {
  try {
    return new Map(
      readdirSync(folder).map((name) => [
        name,
        readFileSync(resolve(folder, name)),
      ]),
    );
  } catch {
    return undefined;
  }
}

/**
 * Whether a browser asks. Who takes both forms equally, as `curl` does, is sent
 * what stands first, and JSON where nothing does.
 */
function prefersPage(accept: string): boolean {
  const html = weightIn(accept, ["text/html", "text/*", "*/*"]);
  if (!html || html.quality === 0) return false;
  return ["application/json", "application/graphql-response+json"].every(
    (type) => {
      const json = weightIn(accept, [type, "application/*", "*/*"]);
      return (
        !json ||
        html.quality > json.quality ||
        (html.quality === json.quality && html.position < json.position)
      );
    },
  );
}

const suffixes = { br: ".br", gzip: ".gz", identity: "" } as const;

/** Of what the client likes equally, the smallest. */
function encodingFor(accepted: string): keyof typeof suffixes {
  const quality = (name: string) =>
    weightIn(accepted, [name, "*"])?.quality ?? 0;
  const [br, gzip] = [quality("br"), quality("gzip")];
  // Whoever does not name `identity` takes it last.
  const identity = weightIn(accepted, ["identity"])?.quality ?? 0;
  if (br > 0 && br >= gzip && br >= identity) return "br";
  if (gzip > 0 && gzip >= identity) return "gzip";
  return "identity";
}

/**
 * Everything comes from here and goes here. The nonce is for the one style
 * element that a dialog puts in to keep the page still; the editor draws its
 * marks with data: images.
 */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
