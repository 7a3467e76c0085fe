import { QueryTooComplexError } from "../../../src/domain/errors";
import { Ledger } from "../../../src/http/ledger";
import { withinAllowance } from "../../../src/http/policies/within-allowance";
import { answer, anyRequest, scripted } from "../support";

describe("withinAllowance", () => {
  it("sends what may be sent and nothing more", async () => {
    const { send, requests } = scripted(answer(), answer(), answer());
    const ledger = new Ledger();
    ledger.allow(1, 2);
    const guarded = withinAllowance(send);
    await guarded({ ...anyRequest, ledger });
    await guarded({ ...anyRequest, ledger });
    const refused = guarded({ ...anyRequest, ledger });
    await expect(refused).rejects.toThrow(QueryTooComplexError);
    await expect(refused).rejects.toMatchObject({
      code: "QUERY_TOO_COMPLEX",
      details: { what: "upstreamRequests", limit: 2, actual: 3 },
    });
    expect(requests).toHaveLength(2);
  });

  it("counts each operation by itself", async () => {
    const { send, requests } = scripted(answer(), answer());
    const guarded = withinAllowance(send);
    for (const ledger of [new Ledger(), new Ledger()]) {
      ledger.allow(1, 1);
      await guarded({ ...anyRequest, ledger });
    }
    expect(requests).toHaveLength(2);
  });

  it("lets pass what belongs to no operation", async () => {
    const { send, requests } = scripted(answer());
    await withinAllowance(send)(anyRequest);
    expect(requests).toHaveLength(1);
  });

  it("lets pass everything before an allowance is set", async () => {
    const { send, requests } = scripted(answer());
    await withinAllowance(send)({ ...anyRequest, ledger: new Ledger() });
    expect(requests).toHaveLength(1);
  });
});
