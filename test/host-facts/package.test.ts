import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CAPTURES } from "../../lib/host-facts/captures";

test("the documentation of fromDirectory names every capture and its command", () => {
  const source = readFileSync(join(__dirname, "../../lib/host-facts/host-facts.ts"), "utf8");
  for (const { file, command } of Object.values(CAPTURES)) {
    expect(source).toContain(`\`${file}\``);
    expect(source).toContain(`\`${command}\``);
  }
});

test("an import loads no parser before it is used", () => {
  jest.isolateModules(() => {
    for (const dependency of ["zod", "fast-xml-parser", "ipaddr.js"]) {
      jest.doMock(dependency, () => {
        throw new Error(`${dependency} was loaded`);
      });
    }
    const { HostFacts } = require("../../lib/host-facts") as typeof import("../../lib/host-facts");
    expect(() => HostFacts.fromJson({})).toThrow("zod was loaded");
  });
});
