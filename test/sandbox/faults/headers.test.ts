import { plainBody, type PlainRoom, startPlainRoom } from "../plain-room";
import { askWire } from "../wire";

describe("faults of headers", () => {
  let room: PlainRoom;
  beforeEach(async () => {
    room = await startPlainRoom();
  });
  afterEach(() => room.close());

  it("adds headers to an honest answer", async () => {
    room.faults.add({
      addHeaders: {
        "Set-Cookie": ["session=canary; Path=/", "other=1"],
        "X-Plain": "replaced",
      },
    });
    const answer = await askWire(room.origin);
    expect(answer.header("set-cookie")).toEqual([
      "session=canary; Path=/",
      "other=1",
    ]);
    expect(answer.header("x-plain")).toEqual(["replaced"]);
    expect(JSON.parse(answer.body.toString())).toEqual(plainBody);
  });

  it("lies about the type and the coding", async () => {
    room.faults.add({ addHeaders: { "content-type": "image/png" } });
    room.faults.add({ addHeaders: { "Content-Encoding": "br" } });
    const answer = await askWire(room.origin);
    expect(answer.header("content-type")).toEqual(["image/png"]);
    expect(answer.header("content-encoding")).toEqual(["br"]);
    expect(JSON.parse(answer.body.toString())).toEqual(plainBody);
  });

  it("sends as many headers as told", async () => {
    room.faults.add({ manyHeaders: { count: 400, bytes: 200 } });
    const { head, body } = await askWire(room.origin);
    const filling = head.filter((line) => line.startsWith("x-filling-"));
    expect(filling).toHaveLength(400);
    // The end of each line counts.
    expect(filling.map((line) => line.length)).toEqual(Array(400).fill(198));
    expect(JSON.parse(body.toString())).toEqual(plainBody);
  });
});
