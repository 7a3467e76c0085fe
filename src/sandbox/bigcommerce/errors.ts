import type { RoomAnswer } from "../listener";

/** The two generations of the API. */
export type ApiVersion = "v2" | "v3";

const TYPE =
  "https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes";

/** A request that is not served; thrown inside the room, never out of it. */
export class ApiError extends Error {
  /**
   * @param status of the answer.
   * @param message becomes v2's `message` and v3's `title`.
   * @param errors what is wrong, by the name of the parameter.
   */
  constructor(
    readonly status: number,
    message: string,
    readonly errors: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/**
 * A parameter that cannot be read: 422 in v3 and 400 in v2.
 *
 * @param name of the parameter.
 * @param reason in the form "must be …".
 */
export class BadParameter extends ApiError {
  constructor(name: string, reason: string) {
    super(422, "JSON data is missing or invalid", { [name]: reason });
    this.name = "BadParameter";
  }
}

/**
 * The answer to a wrong request in the shape of its version: v2 sends a bare array,
 * v3 an object (BigCommerce docs, status codes).
 */
export function toErrorAnswer(
  error: ApiError,
  version: ApiVersion,
): RoomAnswer {
  if (version === "v3") {
    const { status, message: title, errors } = error;
    // Observed: a 404 of v3 comes without `errors`, a 403 with an empty one.
    const body =
      status === 404
        ? { status, title, type: TYPE }
        : { status, title, type: TYPE, errors };
    return { status, headers: {}, body };
  }
  if (error instanceof BadParameter) {
    const [name = "", reason = ""] = Object.entries(error.errors)[0] ?? [];
    const body = [
      {
        status: 400,
        message: `The field '${name}' is invalid.`,
        details: { invalid_reason: `${name} ${reason}` },
      },
    ];
    return { status: 400, headers: {}, body };
  }
  const { status, message } = error;
  return { status, headers: {}, body: [{ status, message }] };
}

/**
 * The 400 of v2's single group: an object with `errors`, unlike the rest of v2
 * (BigCommerce docs, Get Customer Group).
 */
export function toGroupErrorAnswer(title: string): RoomAnswer {
  return {
    status: 400,
    headers: {},
    body: { errors: [{ status: 400, title, type: TYPE }] },
  };
}

/** What the gateway in front of both versions says: plain text. */
export function toGatewayAnswer(status: number, text: string): RoomAnswer {
  return { status, headers: {}, body: text };
}
