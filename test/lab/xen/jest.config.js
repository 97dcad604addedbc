const { projects } = require("../../../jest.config");

/** The suite of the Xen lab, apart from the unit tests: it needs a machine that the lab has booted. */
module.exports = {
  ...projects[0],
  rootDir: "../../..",
  displayName: `Xen, ${process.env.XEN_LAB_MACHINE}`,
  testMatch: ["<rootDir>/test/lab/xen/suite/*.lab.ts"],
  testTimeout: 1_800_000,
};
