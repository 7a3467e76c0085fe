const swc = [
  "@swc/jest",
  {
    jsc: {
      parser: { syntax: "typescript", decorators: true },
      transform: {
        legacyDecorator: true,
        decoratorMetadata: true,
        useDefineForClassFields: false,
      },
      target: "es2022",
      keepClassNames: true,
    },
    module: { type: "commonjs" },
    sourceMaps: "inline",
  },
];

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: "node",
  // A bound against hangs, not a measure: the machine may be busy.
  testTimeout: 30_000,
  // Tests wait more than they work: for servers, deadlines and processes.
  maxWorkers: "100%",
  roots: ["<rootDir>/test"],
  // They need packages of their own: see jest.browser.config.js and
  // jest.deploy.config.js.
  testPathIgnorePatterns: [
    "/node_modules/",
    // Slow ones: see jest.faults.config.js.
    "<rootDir>/test/faults/",
    "<rootDir>/test/browser/",
    "<rootDir>/test/deploy/checks/",
  ],
  setupFiles: ["reflect-metadata"],
  transform: {
    "^.+\\.ts$": swc,
    // Published as ES modules only, which Jest does not load on Node 20.
    "/node_modules/jose/.+\\.js$": swc,
  },
  transformIgnorePatterns: ["/node_modules/(?!jose/)"],
};
