import { runFaultCommand } from "./sandbox/fault-command";

runFaultCommand(process.argv.slice(2), {
  environment: process.env,
  write: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
}).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(
      `The fault was not told: ${error instanceof Error ? error.message : "unknown error"}\n`,
    );
    process.exitCode = 1;
  },
);
