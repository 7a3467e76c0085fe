import { Ledger, type UpstreamAttempt } from "../../src/http/ledger";

function attempt(store: string, bytes: number): UpstreamAttempt {
  return { store, method: "GET", path: "/a", status: 200, ms: 1.5, bytes };
}

const nothing = {
  requests: 0,
  bytes: 0,
  cached: 0,
  coalesced: 0,
  retried: 0,
  waitedMs: 0,
};

describe("Ledger", () => {
  it("sums up nothing as nothing", () => {
    expect(new Ledger().summary()).toEqual({
      predicted: 0,
      requests: 0,
      bytes: 0,
      byStore: {},
      calls: [],
    });
  });

  it("sums requests and bytes by store", () => {
    const ledger = new Ledger();
    ledger.record(attempt("a", 10));
    ledger.record(attempt("b", 5));
    ledger.record(attempt("a", 1));
    expect(ledger.summary()).toMatchObject({
      requests: 3,
      bytes: 16,
      byStore: {
        a: { ...nothing, requests: 2, bytes: 11 },
        b: { ...nothing, requests: 1, bytes: 5 },
      },
    });
  });

  it("lists calls in the order they ended", () => {
    const ledger = new Ledger();
    ledger.record(attempt("b", 5));
    ledger.record(attempt("a", 10));
    expect(ledger.summary().calls).toEqual([attempt("b", 5), attempt("a", 10)]);
  });

  it("keeps one account for each store", () => {
    const ledger = new Ledger();
    ledger.account("a").retried += 1;
    ledger.account("a").waitedMs += 7;
    expect(ledger.account("a")).toEqual({
      ...nothing,
      retried: 1,
      waitedMs: 7,
    });
    expect(ledger.account("b")).toEqual(nothing);
  });

  it("shows a store that was served without requests", () => {
    const ledger = new Ledger();
    ledger.account("a").cached += 1;
    expect(ledger.summary()).toMatchObject({
      requests: 0,
      byStore: { a: { ...nothing, cached: 1 } },
    });
  });

  it("names the stores whose data is older than it should be", () => {
    const ledger = new Ledger();
    ledger.account("a").cached += 1;
    ledger.account("b").staleMs = 7;
    expect(ledger.stale).toEqual([{ store: "b", ageMs: 7 }]);
  });

  it("shows what was predicted beside what was sent", () => {
    const ledger = new Ledger();
    expect(ledger.summary()).toMatchObject({ predicted: 0, requests: 0 });
    ledger.allow(7, 10);
    ledger.record(attempt("a", 5));
    expect(ledger.summary()).toMatchObject({ predicted: 7, requests: 1 });
  });

  it("gives out what is allowed and no more", () => {
    const ledger = new Ledger();
    ledger.allow(1, 3);
    for (let count = 0; count < 3; count += 1) ledger.claim();
    expect(() => {
      ledger.claim();
    }).toThrow("has sent the 3 upstream requests that it may");
  });
});
