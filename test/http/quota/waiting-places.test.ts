import { createWaitingPlaces } from "../../../src/http/quota/waiting-places";

describe("waiting places", () => {
  const [one, two, three] = [{}, {}, {}];

  it("are all for a store that is alone", () => {
    const places = createWaitingPlaces(10);
    places.note(one, 9);
    expect(places.hasRoom(one, true)).toBe(true);
    places.note(one, 10);
    expect(places.hasRoom(one, true)).toBe(false);
  });

  it("are shared by the stores that are waited for", () => {
    const places = createWaitingPlaces(10);
    places.note(one, 10);
    expect(places.hasRoom(two, true)).toBe(true);
    places.note(two, 4);
    expect(places.hasRoom(two, true)).toBe(true);
    places.note(two, 5);
    expect(places.hasRoom(two, true)).toBe(false);
    // It was there first, and gives up what is more than its share.
    places.note(one, 5);
    expect(places.hasRoom(one, true)).toBe(false);
    places.note(one, 4);
    expect(places.hasRoom(one, true)).toBe(true);
  });

  it("are all for each store that gets on", () => {
    const places = createWaitingPlaces(10);
    for (const store of [one, two, three]) places.note(store, 9);
    expect(places.hasRoom(one, false)).toBe(true);
    expect(places.hasRoom(one, true)).toBe(false);
    places.note(one, 10);
    expect(places.hasRoom(one, false)).toBe(false);
  });

  it("come back when nothing waits", () => {
    const places = createWaitingPlaces(10);
    for (const store of [one, two, three]) places.note(store, 3);
    expect(places.hasRoom(one, true)).toBe(false);
    places.note(two, 0);
    places.note(three, 0);
    expect(places.hasRoom(one, true)).toBe(true);
  });

  it("are one for each store at the least", () => {
    const places = createWaitingPlaces(1);
    places.note(one, 1);
    expect(places.hasRoom(one, true)).toBe(false);
    expect(places.hasRoom(two, true)).toBe(true);
  });
});
