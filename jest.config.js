/** Transpile only: type checking is `npm run types`. */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  moduleNameMapper: {
    "^virt-constructs$": "<rootDir>/lib/index.ts",
    "^virt-constructs/testing$": "<rootDir>/lib/testing/index.ts",
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
