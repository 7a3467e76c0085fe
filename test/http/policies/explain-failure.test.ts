import { BadUserInputError, PlatformError } from "../../../src/domain/errors";
import { explainFailure } from "../../../src/http/policies/explain-failure";
import {
  TransportFailure,
  type TransportFailureKind,
} from "../../../src/http/transport-failure";
import { anyRequest, answer, call, scripted } from "../support";

function explain(failure: Error) {
  return explainFailure(scripted(failure).send)(anyRequest);
}

describe("explainFailure", () => {
  it("passes an answer on, whatever its status", async () => {
    const given = answer(500, "text");
    await expect(
      explainFailure(scripted(given).send)(anyRequest),
    ).resolves.toBe(given);
  });

  it.each<[TransportFailureKind, string]>([
    ["refused", "PLATFORM_UNAVAILABLE"],
    ["untrusted", "PLATFORM_UNAVAILABLE"],
    ["reset", "PLATFORM_UNAVAILABLE"],
    ["timeout", "PLATFORM_UNAVAILABLE"],
    ["cancelled", "PLATFORM_UNAVAILABLE"],
    ["redirect", "PLATFORM_CONTRACT"],
    ["oversized", "PLATFORM_CONTRACT"],
    ["undecodable", "PLATFORM_CONTRACT"],
  ])("explains a failure of kind %s as %s", async (kind, code) => {
    const failure = await explain(
      new TransportFailure(kind, "it failed"),
    ).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PlatformError);
    expect(failure).toMatchObject({
      code,
      message: 'Store "cl-eu", GET /customers/{id}: it failed',
      details: {
        store: "cl-eu",
        platform: "commerce-layer",
        operation: "GET /customers/{id}",
      },
    });
  });

  it.each([
    PlatformError.throttled(call, "ask later", 1_000),
    new BadUserInputError("id", "is not a global id"),
    new Error("a bug of ours"),
  ])("passes on what is explained or unknown: %s", async (error) => {
    await expect(explain(error)).rejects.toBe(error);
  });
});
