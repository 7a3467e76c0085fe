import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { RoomAnswer } from "../listener";
import type { Random } from "../random";
import { ORGANIZATION_ID } from "./documents";

/** The credentials of every Commerce Layer sandbox: they open nothing else. */
export const sandboxCredentials = {
  clientId: "sandbox-client",
  clientSecret: "sandbox-secret",
  /** A token that always works, for configurations without a client. */
  accessToken: "sandbox-access-token",
} as const;

const tokenRequest = z.object({
  grant_type: z.string(),
  client_id: z.string(),
  client_secret: z.string().optional(),
  scope: z.string().optional(),
});
const revokeRequest = z.object({
  client_id: z.string(),
  client_secret: z.string().optional(),
  token: z.string(),
});

/** Gives out access tokens and knows which of them open the API. */
export class Tokens {
  readonly #expiries = new Map<string, number>();

  /**
   * @param now the time in milliseconds since 1970.
   * @param lifetimeSeconds asked for each new token.
   */
  constructor(
    private readonly origin: string,
    private readonly random: Random,
    private readonly now: () => number,
    private readonly lifetimeSeconds: () => number,
  ) {}

  /** Whether an `Authorization` header carries a token that opens the API. */
  isValid(authorization: string | undefined): boolean {
    const token = /^Bearer +(\S+) *$/i.exec(authorization ?? "")?.[1];
    if (token === undefined) return false;
    if (token === sandboxCredentials.accessToken) return true;
    const expiry = this.#expiries.get(token);
    return expiry !== undefined && this.now() < expiry;
  }

  /** Ends every token given out so far; the fixed one goes on working. */
  revokeAll(): void {
    this.#expiries.clear();
  }

  /** Answers `POST /oauth/token`. */
  answerToken(body: string, contentType: string | undefined): RoomAnswer {
    const input = tokenRequest.safeParse(readBody(body, contentType));
    if (!input.success)
      return refuse(400, "invalid_request", "BAD_REQUEST", MALFORMED);
    const { grant_type, scope = "market:all" } = input.data;
    if (grant_type !== "client_credentials")
      return refuse(
        400,
        "unsupported_grant_type",
        "BAD_REQUEST",
        "The authorization grant type is not supported by the authorization server.",
      );
    if (!isClient(input.data)) return invalidClient();
    return toAnswer(200, this.#issue(scope));
  }

  /** Answers `POST /oauth/revoke`. */
  answerRevoke(body: string, contentType: string | undefined): RoomAnswer {
    const input = revokeRequest.safeParse(readBody(body, contentType));
    if (!input.success)
      return refuse(400, "invalid_request", "BAD_REQUEST", MALFORMED);
    if (!isClient(input.data))
      return refuse(
        403,
        "unauthorized_client",
        "FORBIDDEN",
        "You are not authorized to revoke this token",
      );
    this.#expiries.delete(input.data.token);
    return toAnswer(200, {});
  }

  #issue(scope: string): object {
    const iat = Math.floor(this.now() / 1000);
    const lifetime = this.lifetimeSeconds();
    const payload = {
      organization: {
        id: ORGANIZATION_ID,
        slug: "sandbox",
        enterprise: false,
        region: "eu-west-1",
      },
      application: {
        id: "qZxSwEdCvF",
        client_id: sandboxCredentials.clientId,
        kind: "integration",
        public: false,
        confidential: true,
      },
      scope,
      exp: iat + lifetime,
      test: true,
      rand: this.random.next(),
      iat,
      iss: this.origin,
    };
    const head = { alg: "RS512", typ: "JWT", kid: "sandbox" };
    const signed = `${encode(head)}.${encode(payload)}`;
    // It has the size of an RS512 signature and is none: nobody holds a key.
    const signature = Buffer.concat(
      [0, 1, 2, 3].map((n) =>
        createHash("sha512").update(`${n}${signed}`).digest(),
      ),
    ).toString("base64url");
    const token = `${signed}.${signature}`;
    this.#expiries.set(token, this.now() + lifetime * 1000);
    return {
      access_token: token,
      token_type: "bearer",
      expires_in: lifetime,
      scope,
      created_at: iat,
    };
  }
}

const MALFORMED =
  "The request is missing a required parameter or is otherwise malformed.";

/** The answer to a client that is not known; the status is a number here. */
function invalidClient(): RoomAnswer {
  return refuse(
    401,
    "invalid_client",
    "UNAUTHORIZED",
    "Client authentication failed due to unknown client, no client " +
      "authentication included, or unsupported authentication method.",
  );
}

/** An error of the token endpoint. */
export function refuse(
  status: number,
  title: string,
  code: string,
  detail: string,
): RoomAnswer {
  return toAnswer(status, { errors: [{ title, detail, code, status }] });
}

function toAnswer(status: number, body: object): RoomAnswer {
  return { status, headers: { "content-type": "application/json" }, body };
}

function isClient(input: {
  client_id: string;
  client_secret?: string | undefined;
}): boolean {
  return (
    input.client_id === sandboxCredentials.clientId &&
    isEqual(input.client_secret ?? "", sandboxCredentials.clientSecret)
  );
}

function isEqual(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

function readBody(body: string, contentType: string | undefined): unknown {
  if (contentType?.startsWith("application/x-www-form-urlencoded"))
    return Object.fromEntries(new URLSearchParams(body));
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
