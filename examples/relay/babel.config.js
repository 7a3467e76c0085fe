/** Turns the `graphql` tags into imports of what the compiler made of them. */
module.exports = {
  plugins: [
    ["relay", { eagerEsModules: true }],
    "@babel/plugin-transform-modules-commonjs",
  ],
  presets: ["@babel/preset-typescript"],
};
