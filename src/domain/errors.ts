/**
 * Every code that `extensions.code` of an answer can carry, beside those that
 * Apollo Server gives to documents it cannot parse or validate.
 */
export const errorCodes = [
  "BAD_USER_INPUT",
  "UNSUPPORTED_BY_PLATFORM",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "PLATFORM_UNAVAILABLE",
  "PLATFORM_THROTTLED",
  "PLATFORM_DENIED",
  "PLATFORM_CONTRACT",
  "QUERY_TOO_COMPLEX",
  "INTERNAL_SERVER_ERROR",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/**
 * An error that may be shown to a client as it is: its message and its
 * extensions hold no upstream text, no secret and no personal data. Any error
 * that is not of this class is masked before it leaves the server.
 */
export class ClienteleError extends Error {
  override readonly name: string = "ClienteleError";

  constructor(
    readonly code: ErrorCode,
    message: string,
    /** What stands beside `code` in the answer's `extensions`. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** The caller's argument cannot be used. Nothing was sent upstream. */
export class BadUserInputError extends ClienteleError {
  override readonly name = "BadUserInputError";

  /**
   * @param argument the argument's name as it stands in the operation, with a
   *   path below it where that helps: `id`, `filter.ids[3]`.
   */
  constructor(argument: string, problem: string) {
    super("BAD_USER_INPUT", `Argument "${argument}" ${problem}`, { argument });
  }
}

/** The operation would cost more than the server gives to one. */
export class QueryTooComplexError extends ClienteleError {
  override readonly name = "QueryTooComplexError";

  /**
   * @param what the limit's name, without its `max`: `depth`, `upstreamRequests`.
   * @param actual what the operation has of it; at least this where counting
   *   on would have been the attack.
   * @param problem a sentence that says so, and what to do.
   */
  constructor(
    readonly what: string,
    readonly limit: number,
    actual: number,
    problem: string,
  ) {
    super("QUERY_TOO_COMPLEX", problem, {
      what,
      limit,
      actual: Math.min(actual, Number.MAX_SAFE_INTEGER),
    });
  }
}

/** Which store was asked, and for what: every error of a platform says it. */
export interface PlatformCall {
  /** The store's key in the configuration. */
  readonly store: string;
  /** The platform's word in the configuration. */
  readonly platform: string;
  /** What was asked, without ids or values: `GET /customers/{id}`. */
  readonly operation: string;
}

/** A store could not answer as its platform promises. */
export class PlatformError extends ClienteleError {
  override readonly name = "PlatformError";

  constructor(
    code: Extract<
      ErrorCode,
      | "UNSUPPORTED_BY_PLATFORM"
      | "PLATFORM_UNAVAILABLE"
      | "PLATFORM_THROTTLED"
      | "PLATFORM_DENIED"
      | "PLATFORM_CONTRACT"
    >,
    readonly call: PlatformCall,
    problem: string,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(code, `Store "${call.store}", ${call.operation}: ${problem}`, {
      store: call.store,
      platform: call.platform,
      operation: call.operation,
      ...details,
    });
  }

  /** The store did not answer, or answered with a fault of its own. */
  static unavailable(call: PlatformCall, problem: string): PlatformError {
    return new PlatformError("PLATFORM_UNAVAILABLE", call, problem);
  }

  /**
   * The store's quota is used up.
   *
   * @param retryAfterMs when asking again makes sense, in milliseconds from
   *   now; `null` when the platform did not tell.
   */
  static throttled(
    call: PlatformCall,
    problem: string,
    retryAfterMs: number,
  ): PlatformError {
    return new PlatformError("PLATFORM_THROTTLED", call, problem, {
      retryAfterMs,
    });
  }

  /** Our credentials do not open this; `scope` names what is missing. */
  static denied(
    call: PlatformCall,
    problem: string,
    scope?: string,
  ): PlatformError {
    return new PlatformError(
      "PLATFORM_DENIED",
      call,
      problem,
      scope === undefined ? {} : { scope },
    );
  }

  /** The store's answer cannot be read, or answers another question. */
  static contract(call: PlatformCall, problem: string): PlatformError {
    return new PlatformError("PLATFORM_CONTRACT", call, problem);
  }

  /** The platform has no way to answer this filter. */
  static unsupported(
    call: PlatformCall,
    argument: string,
    problem: string,
  ): PlatformError {
    return new PlatformError("UNSUPPORTED_BY_PLATFORM", call, problem, {
      argument,
    });
  }
}
