// Types, lint and format, as many at a time as there are processors: what fails
// prints what it found, and the others are told all the same.
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";

const commands = [
  // The slowest first.
  "eslint . --max-warnings 0",
  "tsc",
  "prettier --check . --log-level warn",
  "tsc -p bench",
  "tsc -p src/explorer",
];

const waiting = [...commands];
const work = async () => {
  for (let next = waiting.shift(); next; next = waiting.shift())
    await run(next);
};
await Promise.all(Array.from({ length: availableParallelism() }, work));

async function run(command) {
  const child = spawn(command, {
    shell: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (text) => (output += text));
  child.stderr.on("data", (text) => (output += text));
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code === 0) return;
  process.exitCode = 1;
  process.stderr.write(`${command}\n${output}`);
}
