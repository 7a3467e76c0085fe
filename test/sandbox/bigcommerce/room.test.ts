import { bigcommerceSandbox } from "../../../src/sandbox/bigcommerce";

describe("the BigCommerce room of the sandbox", () => {
  it("names its platform, store and settings", async () => {
    const server = await bigcommerceSandbox.start({ seed: 7 });
    await server.close();
    expect(server.platform).toBe(bigcommerceSandbox.platform);
    expect(server.platform).toBe("bigcommerce");
    expect(server.storeKey).toBe("bigcommerce-demo");
    expect(server.storeSettings).toEqual({
      baseUrl: server.origin,
      storeHash: "sandboxhash",
      credentials: { accessToken: "sandbox-bigcommerce-access-token" },
    });
  });

  it("takes the port that it is given", async () => {
    const first = await bigcommerceSandbox.start();
    const port = Number(new URL(first.origin).port);
    await expect(bigcommerceSandbox.start({ port })).rejects.toThrow(
      "EADDRINUSE",
    );
    await first.close();
  });
});
