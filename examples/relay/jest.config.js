const { join } = require("node:path");
const root = require("../../jest.config.js");

/**
 * The package's own sources go through Babel with Relay's plugin; the server
 * and the sandbox that they are run against, as in the root.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...root,
  roots: ["<rootDir>/test"],
  testPathIgnorePatterns: ["/node_modules/"],
  // A bound against hangs: the compiler is a process of its own.
  testTimeout: 60_000,
  transform: {
    "/examples/relay/.+\\.ts$": [
      "babel-jest",
      { configFile: join(__dirname, "babel.config.js") },
    ],
    ...root.transform,
  },
};
