const root = require("./jest.config.js");

/** @type {import('jest').Config} */
module.exports = {
  ...root,
  roots: ["<rootDir>/test/deploy/checks"],
  testPathIgnorePatterns: ["/node_modules/"],
  // Whole installations are made.
  testTimeout: 300_000,
  // One of them at a time is enough for a small machine.
  maxWorkers: 1,
};
