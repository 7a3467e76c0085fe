import {
  BadUserInputError,
  ClienteleError,
  type PlatformCall,
  PlatformError,
} from "../../src/domain/errors";

const call: PlatformCall = {
  store: "cl-eu",
  platform: "commerce-layer",
  operation: "GET /customers/{id}",
};
const where = {
  store: "cl-eu",
  platform: "commerce-layer",
  operation: "GET /customers/{id}",
};

describe("BadUserInputError", () => {
  it("names the argument in message and details", () => {
    const error = new BadUserInputError("filter.ids[3]", "is not a global id");
    expect(error).toBeInstanceOf(ClienteleError);
    expect(error).toMatchObject({
      code: "BAD_USER_INPUT",
      message: 'Argument "filter.ids[3]" is not a global id',
      details: { argument: "filter.ids[3]" },
    });
  });
});

describe("PlatformError", () => {
  it.each<[PlatformError, string, Record<string, unknown>]>([
    [PlatformError.unavailable(call, "it is down"), "PLATFORM_UNAVAILABLE", {}],
    [
      PlatformError.throttled(call, "it is down", 1_500),
      "PLATFORM_THROTTLED",
      { retryAfterMs: 1_500 },
    ],
    [PlatformError.denied(call, "it is down"), "PLATFORM_DENIED", {}],
    [
      PlatformError.denied(call, "it is down", "read_customers"),
      "PLATFORM_DENIED",
      { scope: "read_customers" },
    ],
    [PlatformError.contract(call, "it is down"), "PLATFORM_CONTRACT", {}],
    [
      PlatformError.unsupported(call, "filter.search", "it is down"),
      "UNSUPPORTED_BY_PLATFORM",
      { argument: "filter.search" },
    ],
  ])("says store, call and problem: %s", (error, code, details) => {
    expect(error).toBeInstanceOf(ClienteleError);
    expect(error.message).toBe(
      'Store "cl-eu", GET /customers/{id}: it is down',
    );
    expect(error.code).toBe(code);
    expect(error.details).toEqual({ ...where, ...details });
  });
});
