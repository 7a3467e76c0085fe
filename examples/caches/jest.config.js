const root = require("../../jest.config.js");

/** @type {import('jest').Config} */
module.exports = {
  ...root,
  roots: ["<rootDir>/test"],
  testPathIgnorePatterns: ["/node_modules/"],
  // A bound against hangs: every example is asked for four times in one test.
  testTimeout: 60_000,
};
