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
  roots: ["<rootDir>/test"],
  setupFiles: ["reflect-metadata"],
  transform: {
    "^.+\\.ts$": swc,
    // Published as ES modules only, which Jest does not load on Node 20.
    "/node_modules/jose/.+\\.js$": swc,
  },
  transformIgnorePatterns: ["/node_modules/(?!jose/)"],
};
