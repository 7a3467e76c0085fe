import { type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { UpstreamStore } from "../lib/upstream";
import { type Answer, createAnswers } from "./answers";

interface Posted {
  readonly query: string;
  readonly variables: never;
}

async function main(): Promise<void> {
  const stores = JSON.parse(process.env["UPSTREAM"] ?? "[]") as UpstreamStore[];
  const answers = await createAnswers(stores);
  const server = createServer((message, response) => {
    const pieces: Buffer[] = [];
    message.on("data", (piece: Buffer) => pieces.push(piece));
    message.on("end", () => {
      answer(answers, pieces)
        .then((text) => send(response, 200, text))
        .catch((error: unknown) => {
          const message = error instanceof Error ? error.message : "unknown";
          send(response, 500, JSON.stringify({ errors: [{ message }] }));
        });
    });
  });
  server.listen(0, "127.0.0.1", () => {
    const { port } = server.address() as AddressInfo;
    process.stdout.write(`listening http://127.0.0.1:${port}/graphql\n`);
  });
  process.on("SIGTERM", () => process.exit());
}

async function answer(
  answers: ReadonlyMap<string, Answer>,
  pieces: readonly Buffer[],
): Promise<string> {
  const body = Buffer.concat(pieces).toString();
  const { query, variables } = JSON.parse(body) as Posted;
  const answerShape = answers.get(query);
  if (!answerShape) throw new Error("It answers the shapes' documents alone.");
  return JSON.stringify({ data: await answerShape(variables) });
}

function send(response: ServerResponse, status: number, text: string): void {
  const body = Buffer.from(text);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": body.length,
  });
  response.end(body);
}

main().catch((error: unknown) => {
  process.stderr.write(`The floor did not start: ${String(error)}\n`);
  process.exit(1);
});
