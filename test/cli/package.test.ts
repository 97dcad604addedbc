import { spawnSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { projectWithPackage } from "../compiled-package";
import { shownDomain, shownPlan } from "./command-line";

/** The package as npm installs it, with neither the engine nor constructs beside it. */
const project = projectWithPackage();
afterAll(() => project.remove());
const modules = join(project.folder, "node_modules");
for (const engine of ["cdktf", "cdktn", "constructs"]) rmSync(join(modules, engine), { force: true });
const bin = join(modules, "virt-constructs/bin/virt-constructs");
cpSync(join(__dirname, "../../bin/virt-constructs"), bin);

function run(args: string[], input = "") {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { input, encoding: "utf8" });
  return { status, stdout, stderr };
}

test("the installed command works without the engine", () => {
  expect(run(["--version"])).toEqual({ status: 0, stdout: "0.1.0\n", stderr: "" });
  expect(run(["explain", "VIRT-UNQ-001"])).toMatchObject({ status: 0, stderr: "" });
  expect(run(["check", "/nowhere"])).toMatchObject({ status: 2, stdout: "" });
  const twins = shownPlan(shownDomain("a", { name: "web" }), shownDomain("b", { name: "web" }));
  expect(run(["check", "-"], JSON.stringify(twins))).toMatchObject({ status: 1 });
});

test("a reader that has seen enough ends it without a word", () => {
  const { status, stderr } = spawnSync(
    "sh",
    ["-c", `"${process.execPath}" "${bin}" rules --format json | head -c 10`],
    {
      encoding: "utf8",
    },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
