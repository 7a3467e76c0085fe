import { startBigCommerceSandbox } from "../../src/sandbox/bigcommerce";
import { startEcwidSandbox } from "../../src/sandbox/ecwid";
import type { SandboxServer } from "../../src/sandbox/room";
import { type Clientele, startClientele } from "../support/clientele";

/** Lists whose pages repeat, or that pretend to have no end (U9, U10). */
describe("a list without an end", () => {
  let server: SandboxServer;
  let clientele: Clientele;

  afterEach(async () => {
    await clientele.stop();
    await server.close();
  });

  const start = async (starting: Promise<SandboxServer>) => {
    server = await starting;
    clientele = await startClientele([{ server }]);
  };
  const answerAlways = (change: (body: unknown) => unknown) =>
    server.faults.add({ when: { kind: "api" }, transform: change });
  const asked = () => server.journal.requests("api").length;
  const expectBreach = async (query: string) => {
    const answer = await clientele.send(query);
    expect(answer.errors?.length).toBeGreaterThan(0);
    for (const { extensions } of answer.errors ?? []) {
      expect(extensions.code).toBe("PLATFORM_CONTRACT");
    }
  };
  const groups = (count: number, from = 1) =>
    Array.from({ length: count }, (_, index) => ({
      id: from + index,
      name: `Group ${from + index}`,
    }));

  it("of BigCommerce ends when a page comes again", async () => {
    await start(startBigCommerceSandbox());
    server.faults.add({
      when: { kind: "api" },
      status: 200,
      body: groups(250),
    });
    await expectBreach(
      '{ customerGroups(first: 5, filter: { nameContains: "Group" }) { totalCount nodes { name } } }',
    );
    expect(asked()).toBe(2);
  });

  it("of BigCommerce ends while ids are looked for", async () => {
    await start(startBigCommerceSandbox());
    answerAlways((body) =>
      Array.isArray(body) ? groups(250) : { count: 1_000_000 },
    );
    const ids = groups(5, 1_000).map(
      ({ id }) => `"gid://clientele/CustomerGroup/bigcommerce-demo/${id}"`,
    );
    const answer = await clientele.send(
      `{ nodes(ids: [${ids.join()}]) { id } }`,
    );
    expect(answer.data.nodes).toEqual([null, null, null, null, null]);
    expect(asked()).toBeLessThan(10);
  });

  it.each([1e15, Number.MAX_SAFE_INTEGER])(
    "of BigCommerce is read no further than asked for: %d",
    async (total) => {
      await start(startBigCommerceSandbox());
      answerAlways((body) => {
        const page = body as { meta: { pagination: Record<string, unknown> } };
        Object.assign(page.meta.pagination, { total, total_pages: total });
        return page;
      });
      await clientele.send("{ customers(first: 100) { nodes { email } } }");
      expect(asked()).toBe(1);
    },
  );

  it.each([-1, "12", null, 1.5])(
    "of BigCommerce is none when its total is %j",
    async (total) => {
      await start(startBigCommerceSandbox());
      answerAlways((body) => {
        const page = body as { meta: { pagination: Record<string, unknown> } };
        page.meta.pagination["total"] = total;
        return page;
      });
      await expectBreach("{ customers(first: 3) { nodes { email } } }");
      expect(asked()).toBe(1);
    },
  );

  it("of Ecwid ends when a page comes again", async () => {
    await start(startEcwidSandbox());
    answerAlways(() => ({
      ...{ total: 1_000, count: 100, offset: 0, limit: 100 },
      items: groups(100),
    }));
    await expectBreach("{ customerGroups(first: 5) { nodes { name } } }");
    expect(asked()).toBe(2);
  });

  it("of Ecwid is not begun when it is absurd", async () => {
    await start(startEcwidSandbox());
    answerAlways((body) => ({
      ...(body as object),
      total: Number.MAX_SAFE_INTEGER,
    }));
    await expectBreach("{ customerGroups(first: 5) { nodes { name } } }");
    expect(asked()).toBe(1);
  });

  it.each([-1, "12", null, 1.5])(
    "of Ecwid is none when its total is %j",
    async (total) => {
      await start(startEcwidSandbox());
      answerAlways((body) => ({ ...(body as object), total }));
      await expectBreach("{ customerGroups(first: 5) { nodes { name } } }");
      expect(asked()).toBe(1);
    },
  );
});
