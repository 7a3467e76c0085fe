const root = require("../../jest.config.js");

/** @type {import('jest').Config} */
module.exports = {
  ...root,
  rootDir: __dirname,
  roots: ["<rootDir>/test"],
  testPathIgnorePatterns: ["/node_modules/"],
  testTimeout: 120_000,
  // A test starts four programs: one test at a time is enough.
  maxWorkers: 1,
};
