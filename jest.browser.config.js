const root = require("./jest.config.js");

/** @type {import('jest').Config} */
module.exports = {
  ...root,
  roots: ["<rootDir>/test/browser"],
  testPathIgnorePatterns: ["/node_modules/"],
  testTimeout: 60_000,
  // A browser and a server at a time are enough for a small machine.
  maxWorkers: 1,
};
