import { PlatformError } from "../../../src/domain/errors";
import { Ledger } from "../../../src/http/ledger";
import {
  type Credentials,
  authorize,
} from "../../../src/http/policies/authorize";
import { TransportFailure } from "../../../src/http/transport-failure";
import { anyRequest, answer, call, scripted } from "../support";

/** Tokens t1, t2, ...: a new one after each answer of HTTP 401. */
function renewing(): Credentials & { readonly judged: string[] } {
  let number = 1;
  const judged: string[] = [];
  return {
    judged,
    headers: () => Promise.resolve({ authorization: `Bearer t${number}` }),
    hasExpired: ({ status }, headers) => {
      judged.push(`${headers["authorization"]} ${status}`);
      if (status !== 401) return false;
      number += 1;
      return true;
    },
  };
}

describe("authorize", () => {
  it("signs a request and keeps its headers", async () => {
    const wire = scripted(answer());
    await authorize(renewing())(wire.send)({
      ...anyRequest,
      headers: { accept: "application/json", authorization: "Bearer forged" },
    });
    expect(wire.requests).toMatchObject([
      { headers: { accept: "application/json", authorization: "Bearer t1" } },
    ]);
  });

  it("accepts headers that are there at once", async () => {
    const wire = scripted(answer());
    const credentials: Credentials = {
      headers: () => ({ "x-auth-token": "t" }),
      hasExpired: () => false,
    };
    await authorize(credentials)(wire.send)(anyRequest);
    expect(wire.requests[0]?.headers).toEqual({ "x-auth-token": "t" });
  });

  it("leaves the asker's request as it was", async () => {
    const request = { ...anyRequest, headers: Object.freeze({}) };
    await authorize(renewing())(scripted(answer()).send)(request);
    expect(request.headers).toEqual({});
  });

  it("sends once more with a renewed credential", async () => {
    const wire = scripted(answer(401), answer(200, "data"));
    const ledger = new Ledger();
    const credentials = renewing();
    const answered = await authorize(credentials)(wire.send)({
      ...anyRequest,
      ledger,
    });
    expect(answered.body.toString()).toBe("data");
    expect(
      wire.requests.map(({ headers }) => headers["authorization"]),
    ).toEqual(["Bearer t1", "Bearer t2"]);
    expect(ledger.account("cl-eu").retried).toBe(1);
    expect(credentials.judged).toEqual(["Bearer t1 401", "Bearer t2 200"]);
  });

  it("tells of each request that it sends again", async () => {
    const repeated: unknown[] = [];
    const onRepeat = (request: unknown) => repeated.push(request);
    const wire = scripted(answer(401), answer(200), answer(200));
    const send = authorize(renewing(), onRepeat)(wire.send);
    await send(anyRequest);
    expect(repeated).toEqual([anyRequest]);
    await send(anyRequest);
    expect(repeated).toHaveLength(1);
  });

  it("hands over the second refusal, never a third", async () => {
    const wire = scripted(answer(401, "1"), answer(401, "2"), answer(200));
    const answered = await authorize(renewing())(wire.send)(anyRequest);
    expect(answered.status).toBe(401);
    expect(answered.body.toString()).toBe("2");
    expect(wire.requests).toHaveLength(2);
  });

  it.each([200, 403, 404, 429, 500])(
    "sends once when HTTP %i is the answer",
    async (status) => {
      const wire = scripted(answer(status), answer(200));
      const ledger = new Ledger();
      await authorize(renewing())(wire.send)({ ...anyRequest, ledger });
      expect(wire.requests).toHaveLength(1);
      expect(ledger.account("cl-eu").retried).toBe(0);
    },
  );

  it("sends nothing when no credential is had", async () => {
    const refusal = PlatformError.denied(call, "the client is unknown");
    const wire = scripted(answer());
    const credentials: Credentials = {
      headers: () => Promise.reject(refusal),
      hasExpired: () => false,
    };
    await expect(authorize(credentials)(wire.send)(anyRequest)).rejects.toBe(
      refusal,
    );
    expect(wire.requests).toHaveLength(0);
  });

  it("passes on a broken wire without renewal", async () => {
    const failure = new TransportFailure("reset", "it broke");
    const credentials = renewing();
    const wire = scripted(failure, answer());
    await expect(authorize(credentials)(wire.send)(anyRequest)).rejects.toBe(
      failure,
    );
    expect(credentials.judged).toEqual([]);
  });
});
