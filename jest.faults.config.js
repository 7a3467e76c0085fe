// What platforms do wrong, case by case: `npm run test:faults`. Apart from
// `npm test`, since much of it is waiting for deadlines to pass.
const config = require("./jest.config.js");

/** @type {import('jest').Config} */
module.exports = {
  ...config,
  roots: ["<rootDir>/test/faults"],
  testPathIgnorePatterns: ["/node_modules/"],
};
