/** Transpile only: type checking is `npm run types`. */
const project = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  moduleNameMapper: {
    "^virt-constructs$": "<rootDir>/lib/index.ts",
    "^virt-constructs/rule-pack$": "<rootDir>/lib/rule-pack.ts",
    "^virt-constructs/testing$": "<rootDir>/lib/testing/index.ts",
    "^virt-constructs/testing/jest$": "<rootDir>/lib/testing/jest.ts",
    "^virt-constructs/provider$": "<rootDir>/lib/provider/index.ts",
    "^virt-constructs/provider/(.*)$": "<rootDir>/lib/provider/$1/index.ts",
  },
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, sourceMaps: "inline" },
    ],
  },
};

module.exports = {
  projects: [
    { ...project, displayName: "cdktf", globals: { ENGINE: "cdktf" } },
    // The gate depends on what the engine does in a synth, so that it is tested with the engine's fork as well.
    {
      ...project,
      displayName: "cdktn",
      globals: { ENGINE: "cdktn" },
      testMatch: ["<rootDir>/test/gate/**/*.test.ts"],
      moduleNameMapper: { ...project.moduleNameMapper, "^cdktf$": "cdktn" },
    },
  ],
};
