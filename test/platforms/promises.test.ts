import { bigcommerceFixture } from "./bigcommerce/fixture";
import { commerceLayerFixture } from "./commerce-layer/fixture";
import { ecwidFixture } from "./ecwid/fixture";
import type { PlatformFixture, StartedFixture } from "./fixture";
import { promises, withBench } from "./promises";

const fixtures: readonly PlatformFixture[] = [
  commerceLayerFixture,
  bigcommerceFixture,
  ecwidFixture,
];

it("gives every promise an id of its own", () => {
  expect(new Set(promises.map(({ id }) => id)).size).toBe(promises.length);
});

describe.each(
  fixtures.map((fixture) => [fixture.platform.title, fixture] as const),
)("%s promises that it", (_, fixture) => {
  let started: StartedFixture;

  beforeAll(async () => {
    started = await fixture.start();
  });
  afterAll(() => started.server.close());

  it.each(
    promises.map((promise) => [promise.id, promise.title, promise] as const),
  )("%s %s", async (_id, _title, promise) => {
    await withBench(fixture, started, (bench) => promise.check(bench));
  });
});
