import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/temporary-folder";
import { shownDomain, shownPlan, virtConstructs } from "./command-line";

const newFolder = temporaryFolder();
const FACTS = join(__dirname, "../data/host-facts/kvm-debian12");

/** A file with this content, in a folder of its own. */
function file(name: string, content: unknown): string {
  const path = join(newFolder(), name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const CLEAN = shownPlan(shownDomain("web"));
const TWINS = shownPlan(shownDomain("a", { name: "web" }), shownDomain("b", { name: "web" }));
const WARNED = shownPlan(shownDomain("web", { current_memory: 2097152 }));

describe("check", () => {
  test("a clean plan: exit code 0, and nothing on standard output that is not said to be unchecked", async () => {
    const { code, stdout, stderr } = await virtConstructs(["check", file("plan.json", CLEAN)]);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/error|warning/);
    expect(stderr).toMatch(/^no findings in 1 guest on 1 host, checked by \d+ rules\n$/);
  });

  test("a plan with mistakes: exit code 1, and findings at their resource's address", async () => {
    const { code, stdout } = await virtConstructs(["check", file("plan.json", TWINS)]);
    expect(code).toBe(1);
    expect(stdout).toContain("plan.json (1 error)");
    expect(stdout).toContain("libvirt_domain.a; libvirt_domain.b");
    expect(stdout).toContain("VIRT-UNQ-001");
  });

  test("standard input", async () => {
    const { code, stdout } = await virtConstructs(["check", "-"], { stdin: JSON.stringify(TWINS) });
    expect(code).toBe(1);
    expect(stdout).toContain("stdin (1 error)");
  });

  test("several paths are one plan: a host is one, whatever names it", async () => {
    const [a, b] = ["a.json", "b.json"].map((name) => file(name, CLEAN));
    const { code, stdout } = await virtConstructs(["check", a!, b!]);
    expect(code).toBe(1);
    expect(stdout).toContain('2 guests on "kvm1" are called "web"');
  });

  test("--fail-on warning", async () => {
    const path = file("plan.json", WARNED);
    expect((await virtConstructs(["check", path])).code).toBe(0);
    expect((await virtConstructs(["check", path, "--fail-on", "warning"])).code).toBe(1);
  });

  test("--format json prints the report and nothing else; others go to their files", async () => {
    const sarif = join(newFolder(), "new/virt.sarif");
    const args = ["check", file("plan.json", TWINS), "--format", "json", "--format", `sarif=${sarif}`];
    const { stdout, code } = await virtConstructs(args);
    const [finding] = JSON.parse(stdout).findings;
    expect(finding).toMatchObject({ code: "VIRT-UNQ-001", address: "libvirt_domain.a", constructPath: null });
    expect(JSON.parse(readFileSync(sarif, "utf8")).runs).toHaveLength(1);
    expect(code).toBe(1);
  });

  test("two formats cannot share standard output", async () => {
    const args = ["check", file("plan.json", TWINS), "--format", "json", "--format", "csv"];
    expect(await virtConstructs(args)).toMatchObject({ code: 2, stdout: "" });
  });

  test("colours on a terminal, and none with NO_COLOR or in a pipe", async () => {
    const args = ["check", file("plan.json", TWINS)];
    const colored = (await virtConstructs(args, { terminal: true })).stdout;
    expect(colored).toContain("\u001b[");
    expect((await virtConstructs(args, { terminal: true, env: { NO_COLOR: "1" } })).stdout).not.toContain(
      "\u001b[",
    );
    expect((await virtConstructs(args)).stdout).not.toContain("\u001b[");
  });
});

describe("facts", () => {
  const plan = () =>
    file(
      "plan.json",
      shownPlan(
        shownDomain("web", { os: { type: "hvm", type_arch: "x86_64", type_machine: "pc-q35-99.0" } }),
      ),
    );

  test.each(["libvirt.kvm1", "kvm1", "qemu+ssh://kvm1/system", "QEMU+ssh://KVM1/system/", "plan.json/kvm1"])(
    "of the host %s decide what was undetermined",
    async (host) => {
      expect((await virtConstructs(["check", plan()])).stdout).toContain('facts of "kvm1"');
      const { code, stdout } = await virtConstructs(["check", plan(), "--facts", `${host}=${FACTS}`]);
      expect(stdout).toContain("VIRT-HYP-008");
      expect(stdout).not.toContain('facts of "kvm1"');
      expect(code).toBe(1);
    },
  );

  test("of a host that the plan does not have: the known ones are named", async () => {
    const { code, stderr } = await virtConstructs(["check", plan(), "--facts", `kvm2=${FACTS}`]);
    expect(code).toBe(2);
    expect(stderr).toBe(
      'virt-constructs: --facts: there is no host "kvm2" (did you mean "kvm1"?); the hosts are libvirt.kvm1 (qemu+ssh://kvm1/system)\n',
    );
  });

  test.each(["kvm1", "=x", "kvm1="])("that are given as %j", async (given) => {
    const { code, stderr } = await virtConstructs(["check", plan(), "--facts", given]);
    expect(code).toBe(2);
    expect(stderr).toContain("is not HOST=PATH");
  });
});

describe("a baseline", () => {
  test("tells what it knows from what is new, and fails for that alone", async () => {
    const [path, report] = [file("plan.json", TWINS), join(newFolder(), "baseline.json")];
    await virtConstructs(["check", path, "--format", `json=${report}`]);
    const same = await virtConstructs(["check", path, "--baseline", report]);
    expect(same.code).toBe(0);
    expect(same.stdout).not.toContain("VIRT-UNQ-001");
    expect(same.stderr).toContain("known from the baseline: 1 finding\n1 known in 2 guests");

    const worse = shownPlan(...TWINS.planned_values.root_module.resources, shownDomain("c", { vcpu: 0 }));
    const { code, stdout } = await virtConstructs(["check", file("plan.json", worse), "--baseline", report]);
    expect(code).toBe(1);
    expect(stdout).toContain("plan.json (1 error, 1 known)");
    expect(stdout).toContain("libvirt_domain.c");
  });

  test("is in the reports, which renew it", async () => {
    const [path, report] = [file("plan.json", TWINS), join(newFolder(), "baseline.json")];
    await virtConstructs(["check", path, "--format", `json=${report}`]);
    const worse = file(
      "plan.json",
      shownPlan(...TWINS.planned_values.root_module.resources, shownDomain("c", { vcpu: 0 })),
    );
    const written = async (format: string) =>
      (await virtConstructs(["check", worse, "--baseline", report, "--format", format])).stdout;

    const json = JSON.parse(await written("json"));
    expect(json.summary).toMatchObject({ errors: 1, acknowledged: 0, known: 1 });
    const known = json.findings.filter((each: { known: boolean }) => each.known);
    expect(known).toMatchObject([{ code: "VIRT-UNQ-001" }]);
    // An alert whose result is left out would be closed as fixed.
    const { results } = JSON.parse(await written("sarif")).runs[0];
    const states = results.map((each: { baselineState: string }) => each.baselineState);
    expect(states).toEqual(["new", "unchanged"]);
    expect(await written("junit")).toMatch(/VIRT-UNQ-001[^\n]*<skipped message="known from an earlier run/);
    expect(await written("github")).not.toContain("VIRT-UNQ-001");
    expect(await written("markdown")).not.toContain("VIRT-UNQ-001");
    expect(await written("markdown")).toContain("1 known");
    expect(await written("gitlab")).toContain("VIRT-UNQ-001");
    expect(await written("csv")).toMatch(/^VIRT-UNQ-001,.*,yes\r$/m);
    expect(await written("html")).toContain('id="known-VIRT-UNQ-001"');

    const renewed = file("renewed.json", json);
    expect((await virtConstructs(["check", worse, "--baseline", renewed])).code).toBe(0);
  });

  test("says what is gone", async () => {
    const report = join(newFolder(), "baseline.json");
    await virtConstructs(["check", file("plan.json", TWINS), "--format", `json=${report}`]);
    const { stderr } = await virtConstructs(["check", file("plan.json", CLEAN), "--baseline", report]);
    expect(stderr).toContain("known from the baseline: 0 findings, 1 more of it is gone\n");
  });

  test.each([["{}"], ["[1]"], ["no JSON"], ['{"findings":[{"outcome":"fail"}]}']])(
    "that is %s",
    async (text) => {
      const args = ["check", file("plan.json", CLEAN), "--baseline", file("baseline.json", text)];
      expect(await virtConstructs(args)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("is no JSON report"),
      });
    },
  );
});

describe("a configuration file", () => {
  test("in YAML accepts findings, gives facts and is overruled by options", async () => {
    const config = file(
      "virt.yaml",
      `pack: all
failOn: warning
facts:
  kvm1: ${FACTS}
acknowledgements:
  - { code: VIRT-MEM-002, reason: known, covers: libvirt_domain.web }
`,
    );
    const path = file("plan.json", WARNED);
    const { code, stdout } = await virtConstructs(["check", path, "--config", config, "--fail-on", "error"]);
    expect(code).toBe(0);
    expect(stdout).not.toContain('facts of "kvm1"');
  });

  test.each([
    ["packs: all", /packs/],
    ["- a", /is no configuration/],
    ["a: [", /neither JSON nor YAML/],
    ["facts: [a]", /facts must be paths by host/],
    ["facts: { kvm1: 1 }", /facts must be paths by host/],
  ])("that says %j", async (text, message) => {
    const args = ["check", file("plan.json", CLEAN), "--config", file("virt.yaml", text)];
    const { code, stderr } = await virtConstructs(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe("usage", () => {
  test.each([
    [["chekc"], /Did you mean check/],
    [["check"], /missing required argument/],
    [["check", "x", "--nope"], /unknown option/],
  ])("%j", async (args, message) => {
    const { code, stdout, stderr } = await virtConstructs(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
  });

  test("help has an example for every command, and exit code 0", async () => {
    const { stdout: overview } = await virtConstructs(["--help"]);
    const commands = [...overview.matchAll(/^ {2}([a-z]+) .*$/gm)]
      .map(([, name]) => name!)
      .filter((name) => name !== "help");
    expect(commands).toContain("check");
    for (const command of commands) {
      const { code, stdout } = await virtConstructs([command, "--help"]);
      expect([command, code, /\$ virt-constructs/.test(stdout) || /Commands:/.test(stdout)]).toEqual([
        command,
        0,
        true,
      ]);
    }
  });
});
