import {
  type UpstreamQuota,
  countHeader,
  createQuotaObserver,
} from "../../../src/http/policies/observe-quota";
import { anyRequest, answer, scripted } from "../support";

function quota(left: number): UpstreamQuota {
  return { limit: 10, left, windowMs: null, resetMs: null };
}

function observing() {
  return createQuotaObserver((response) => {
    const left = countHeader(response, "x-left");
    return left === null ? null : quota(left);
  });
}

describe("createQuotaObserver", () => {
  it("knows nothing before an answer has told", async () => {
    const observer = observing();
    expect(observer.current()).toBeNull();
    await observer.policy(scripted(answer()).send)(anyRequest);
    expect(observer.current()).toBeNull();
  });

  it("keeps the last answer, refusals included", async () => {
    const observer = observing();
    const given = answer(429, "", { "x-left": "0" });
    const wire = scripted(answer(200, "", { "x-left": "3" }), given);
    const send = observer.policy(wire.send);
    await send(anyRequest);
    expect(observer.current()).toEqual(quota(3));
    await expect(send(anyRequest)).resolves.toBe(given);
    expect(observer.current()).toEqual(quota(0));
  });

  it("keeps what it knows through silence and failure", async () => {
    const observer = observing();
    const failure = new Error("it failed");
    const wire = scripted(
      answer(200, "", { "x-left": "3" }),
      answer(),
      failure,
    );
    const send = observer.policy(wire.send);
    await send(anyRequest);
    await send(anyRequest);
    await expect(send(anyRequest)).rejects.toBe(failure);
    expect(observer.current()).toEqual(quota(3));
  });
});

describe("countHeader", () => {
  it.each([
    ["0", 0],
    ["150", 150],
    [" 7 ", 7],
    ["999999999999", 999_999_999_999],
  ])("reads %j", (text, count) => {
    expect(countHeader(answer(200, "", { a: text }), "a")).toBe(count);
  });

  it.each(["", " ", "-1", "1.5", "1e3", "0x10", "NaN", "1, 2", "9".repeat(13)])(
    "takes %j for nothing told",
    (text) => {
      expect(countHeader(answer(200, "", { a: text }), "a")).toBeNull();
      expect(countHeader(answer(200, "", { b: text }), "a")).toBeNull();
    },
  );
});
