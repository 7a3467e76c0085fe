import type { RoomAnswer } from "../listener";

/** A request that is not served; thrown inside the room, never out of it. */
export class ApiError extends Error {
  /**
   * @param status of the answer.
   * @param message becomes `errorMessage`.
   * @param errorCode left out of the body when it is undefined.
   */
  constructor(
    readonly status: number,
    message: string,
    readonly errorCode?: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** A parameter that cannot be read. */
export class WrongParameter extends ApiError {
  /**
   * @param name of the parameter.
   * @param reason in the form "must be …".
   */
  constructor(name: string, reason: string) {
    super(400, `Wrong parameter '${name}': ${reason}`, "WRONG_PARAMETER");
    this.name = "WrongParameter";
  }
}

/** Too many requests. */
export class RateLimited extends ApiError {
  /** @param waitSeconds how long the client has to wait, a whole number. */
  constructor(waitSeconds: number) {
    super(429, "Too many requests", "RATE_LIMITED", {
      "retry-after": String(waitSeconds),
    });
    this.name = "RateLimited";
  }
}

/** The answer to a request that is not served. */
export function toErrorAnswer(error: ApiError): RoomAnswer {
  const { status, errorCode, message: errorMessage, headers } = error;
  const body =
    errorCode === undefined ? { errorMessage } : { errorCode, errorMessage };
  return { status, headers, body };
}
