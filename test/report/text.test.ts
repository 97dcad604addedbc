import { PlanHost } from "../../lib/plan/host";
import type { Place } from "../../lib/plan/resource";
import { takesColor } from "../../lib/report/color";
import { summary, textReport } from "../../lib/report/text";
import type { Finding, Undetermined } from "../../lib/rule";

const cwd = "/srv/rack";

function place(label: string, line?: number, more: Partial<Place> = {}): Place {
  const source = line === undefined ? undefined : { file: `${cwd}/main.ts`, line };
  return { label, unit: "rack", constructPath: `rack/${label}`, source, ...more };
}

function finding(places: Place | readonly Place[], more: Partial<Finding> = {}): Finding {
  const all = "label" in places ? [places] : places;
  return {
    code: "VIRT-CPU-002",
    slug: "topology-matches-vcpus",
    severity: "error",
    title: "",
    message: `The CPU topology of "${all[0]!.label}" has room for 8 vCPUs, but the guest has 6.`,
    fix: "set vcpu to 8",
    place: all[0]!,
    places: all,
    fingerprint: "",
    ...more,
  };
}

function undetermined(code: string, more: Partial<Undetermined> = {}): Undetermined {
  return {
    code,
    reason: "the guest's operating system is not stated",
    count: 1,
    place: place("web"),
    ...more,
  };
}

const report = (findings: Finding[], options = {}, unchecked: Undetermined[] = []) =>
  textReport({ findings, undetermined: unchecked }, { cwd, ...options });
const heading = (...findings: Finding[]) => report(findings).split("\n")[2]!;

test("the sample of the documentation", () => {
  const places = [place("db1", 12), place("db2", 18), place("web", 40)];
  const kvm2 = new PlanHost("qemu+ssh://kvm2/system", [{ label: "kvm2", unit: "rack" }]);
  expect(
    report(
      [
        finding(place("erp", 31), {
          code: "VIRT-XEN-001",
          slug: "hvm-needs-cpu-virtualization",
          message:
            'HVM guest "erp" cannot run on Xen host "xen1": its CPU offers no virtualization.\n' +
            "Xen runs unmodified systems such as Windows Server 2022 only with VT-x or AMD-V.",
          fix: 'enable it in the firmware of xen1 and capture its facts again, or place "erp" on kvm1 or xen2 (both offer it)',
        }),
        finding(places, {
          code: "VIRT-CAP-002",
          slug: "xen-memory-exceeds-host",
          message: 'Xen host "xen1" is short of 6.5 GiB.',
          fix: "shrink the guests by 6.5 GiB",
        }),
        finding(place("erp", 31), { severity: "warning", code: "VIRT-DSK-020", slug: "some-advice" }),
      ],
      {},
      [undetermined("VIRT-CPU-006", { host: kvm2 }), undetermined("VIRT-XEN-002", { count: 3 })],
    ),
  ).toBe(`\
rack (2 errors, 1 warning)

  erp                                                        main.ts:31
  error    VIRT-XEN-001  hvm-needs-cpu-virtualization
           HVM guest "erp" cannot run on Xen host "xen1": its CPU offers no virtualization.
           Xen runs unmodified systems such as Windows Server 2022 only with VT-x or AMD-V.
           fix   enable it in the firmware of xen1 and capture its facts again, or place "erp" on kvm1 or xen2 (both
                 offer it)
  warning  VIRT-DSK-020  some-advice
           The CPU topology of "erp" has room for 8 vCPUs, but the guest has 6.
           fix   set vcpu to 8

  db1, db2, web                                              main.ts:12, 18, 40
  error    VIRT-CAP-002  xen-memory-exceeds-host
           Xen host "xen1" is short of 6.5 GiB.
           fix   shrink the guests by 6.5 GiB

  not checked: 1 rule needs facts of "kvm2" (virt-constructs facts capture qemu+ssh://kvm2/system)
  not checked: VIRT-XEN-002 for "web" and 2 more: the guest's operating system is not stated
`);
});

test("is empty for a clean plan", () => {
  expect(report([])).toBe("");
  expect(summary([])).toBe("no findings");
});

test("counts", () => {
  const warning = finding(place("web"), { severity: "warning" });
  expect(summary([finding(place("web"))])).toBe("1 error");
  expect(summary([warning, warning])).toBe("2 warnings");
  expect(summary([finding(place("a")), finding(place("b")), warning])).toBe("2 errors, 1 warning");
});

describe("groups", () => {
  it("has a heading for each stack, the one with the first error first", () => {
    const text = report([
      finding(place("late", 3, { unit: "second" })),
      finding(place("web", 1)),
      finding(place("db", 2), { severity: "warning" }),
    ]);
    expect(text.match(/^\S.*$/gm)).toEqual(["second (1 error)", "rack (1 error, 1 warning)"]);
  });

  it("puts what concerns the same places under one heading", () => {
    const [a, b] = [place("a", 1), place("b", 2)];
    const text = report([finding(a), finding([a, b]), finding(a, { code: "VIRT-DSK-001" }), finding([b, a])]);
    expect(text.match(/^ {2}[ab].*$/gm)!.map((line) => line.trim().split(/ {2,}/))).toEqual([
      ["a", "main.ts:1"],
      ["a, b", "main.ts:1, 2"],
      ["b, a", "main.ts:2, 1"],
    ]);
  });

  it("keeps guests of one name in two stacks, or of two constructs, apart", () => {
    const web = finding(place("web", 1));
    const same = finding(place("web", 2, { constructPath: "rack/other/web" }));
    const other = finding(place("web", 3, { unit: "second" }));
    expect(report([web, same, other]).match(/main\.ts:\d/g)).toEqual(["main.ts:1", "main.ts:2", "main.ts:3"]);
  });
});

describe("the place to change", () => {
  it("starts in one column", () => {
    const short = finding(place("a", 1));
    const long = finding(place("a-guest-with-quite-a-long-name-that-just-about-fits", 2));
    const text = report([short, long]);
    expect(text.match(/^.*main\.ts:\d/gm)!.map((line) => line.indexOf("main.ts"))).toEqual([61, 61]);
  });

  it("goes to the next line, in the same column, when names need theirs", () => {
    const places = [place(`${"x".repeat(47)}1`, 1), place(`${"y".repeat(47)}2`, 2)];
    const lines = report([finding(places)]).split("\n");
    expect(lines[2]).toBe(`  ${"x".repeat(47)}1 and 1 more`);
    expect(lines[3]).toBe(`${" ".repeat(61)}main.ts:1, 2`);
  });

  it("cuts a very long name in the heading; the message has it in full", () => {
    const name = "n".repeat(300);
    const lines = report([finding(place(name, 1))]).split("\n");
    expect(lines[2]!.length).toBeLessThan(120);
    expect(lines[2]).toContain("…");
    expect(lines.slice(3).join("\n")).toContain(name);
  });

  it("names each file once, with its lines", () => {
    const other = { source: { file: `${cwd}/lib/fleet.ts`, line: 7 } };
    expect(heading(finding([place("a", 1), place("b", 1), place("c", 1, other), place("d", 9)]))).toMatch(
      / main\.ts:1, 9; lib\/fleet\.ts:7$/,
    );
  });

  it("shows a file outside the folder by its whole path", () => {
    const source = { file: "/srv/shared/fleet.ts", line: 7 };
    expect(heading(finding(place("a", 1, { source })))).toMatch(/ \/srv\/shared\/fleet\.ts:7$/);
  });

  it("falls back to the construct's path, the address and the stack", () => {
    expect(heading(finding(place("a")))).toMatch(/ rack\/a$/);
    const noPath = { constructPath: undefined };
    expect(heading(finding(place("a", undefined, { ...noPath, address: "libvirt_domain.a" })))).toMatch(
      / libvirt_domain\.a$/,
    );
    expect(heading(finding(place("a", undefined, noPath)))).toMatch(/ rack$/);
  });

  it("cuts many places: as many as fit, and how many there are", () => {
    const places = Array.from({ length: 500 }, (_, index) => place(`guest${index}`, index + 1));
    expect(heading(finding(places))).toBe(
      "  guest0, guest1, guest2, guest3, guest4 and 495 more        main.ts:1, 2, 3, 4, 5, 6, 7, 8, …",
    );
    const loop = Array.from({ length: 500 }, (_, index) => place(`guest${index}`, 12));
    expect(heading(finding(loop))).toMatch(/and 495 more {8}main\.ts:12$/);
    const paths = places.map((each) => ({ ...each, source: undefined }));
    expect(heading(finding(paths))).toMatch(/ rack\/guest0; rack\/guest1; .*, …$/);
    expect(heading(finding(paths)).length).toBeLessThanOrEqual(120);
  });
});

describe("text", () => {
  it.each([60, 80, 100, 120])("is wrapped at %i columns, each line under its first", (width) => {
    const words = Array.from({ length: 60 }, (_, index) => `word${index}`).join(" ");
    const text = report([finding(place("web", 1), { message: words, fix: words })], { width }, [
      undetermined("VIRT-XEN-002", { reason: words }),
    ]);
    const lines = text.split("\n");
    for (const line of lines.filter((each) => each.includes("word"))) {
      expect(line.length).toBeLessThanOrEqual(width);
    }
    expect(text.replace(/\s+/g, " ").split(words)).toHaveLength(4);
    const indents = new Set(lines.filter((each) => /^ +word/.test(each)).map((each) => each.search(/\S/)));
    expect([...indents]).toEqual([11, 17, 6]);
  });

  it("does not break a word that is longer than a line", () => {
    const path = `/${"x".repeat(200)}`;
    expect(report([finding(place("web"), { message: `no ${path} here` })])).toContain(path);
  });

  it("shows no control sequence that a name or a message brings along", () => {
    const text = report([
      finding(place("we\u001b[31mb\n::error::"), {
        message: "a\u001b]0;title\u0007b\r\nsecond",
        fix: "x\ny",
      }),
    ]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
    expect(text).not.toMatch(/^::/m);
    expect(text).toContain("second");
  });

  it("cuts a message of thousands of words", () => {
    const text = report([finding(place("web"), { message: "guest ".repeat(5000) })]);
    expect(text.length).toBeLessThan(3000);
    expect(text).toContain("…");
  });
});

describe("colours", () => {
  const findings = [finding(place("web", 1)), finding(place("db", 2), { severity: "warning" })];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a colour starts with one
  const sgr = /\u001b\[\d+m/g;

  it("are there only when asked for, and change nothing else", () => {
    const unchecked = [undetermined("VIRT-XEN-002", { reason: "word ".repeat(60) })];
    const plain = report(findings, {}, unchecked);
    expect(plain).not.toMatch(sgr);
    const coloured = report(findings, { color: true }, unchecked);
    expect(coloured).toContain("\u001b[31merror  \u001b[39m  VIRT-CPU-002");
    expect(coloured).toContain("\u001b[33mwarning\u001b[39m  VIRT-CPU-002");
    expect(coloured.replace(sgr, "")).toBe(plain);
  });

  it.each([
    ["a terminal", true, {}, true],
    ["a pipe", undefined, {}, false],
    ["a terminal and NO_COLOR", true, { NO_COLOR: "1" }, false],
    ["a terminal and an empty NO_COLOR, which does not count", true, { NO_COLOR: "" }, true],
    ["NO_COLOR and FORCE_COLOR", true, { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
    ["a pipe and FORCE_COLOR", undefined, { FORCE_COLOR: "1" }, true],
    ["a terminal and FORCE_COLOR=0", true, { FORCE_COLOR: "0" }, false],
    ["a dumb terminal", true, { TERM: "dumb" }, false],
  ])("are for %s: %s %j %s", (_, isTTY, env, expected) => {
    expect(takesColor({ isTTY }, env)).toBe(expected);
  });
});

describe("thousands of findings", () => {
  const errors = (code: string, count: number) =>
    Array.from({ length: count }, (_, index) => finding(place(`guest${index}`, index), { code }));
  const warnings = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      finding(place(`guest${index}`, index), { code: "VIRT-DSK-020", severity: "warning" }),
    );

  it("are cut: some of each kind in full, the others counted", () => {
    const text = report([...errors("VIRT-CPU-002", 4000), ...errors("VIRT-DSK-001", 3), ...warnings(1000)]);
    expect(text.split("\n").length).toBeLessThan(150);
    expect(text.match(/^rack .*$/m)![0]).toBe("rack (4003 errors, 1000 warnings)");
    expect(text.match(/^ {2}error {4}VIRT-CPU-002 {2}topology-matches-vcpus$/gm)).toHaveLength(10);
    expect(text.match(/^ {2}error {4}VIRT-DSK-001 {2}topology-matches-vcpus$/gm)).toHaveLength(3);
    expect(text.slice(text.indexOf("not shown"))).toBe(`\
not shown in full (3990 errors, 990 warnings)

  error    VIRT-CPU-002  topology-matches-vcpus  3990 more: guest10, guest11, guest12, guest13, guest14 and 3985 more
  warning  VIRT-DSK-020  topology-matches-vcpus  990 more: guest10, guest11, guest12, guest13, guest14 and 985 more
`);
  });

  it("of very many kinds are cut as well, warnings first", () => {
    const many = Array.from({ length: 30 }, (_, kind) => errors(`VIRT-ZZZ-${100 + kind}`, 20)).flat();
    const text = report([...many, ...warnings(20)]);
    expect(text.split("\n").length).toBeLessThan(600);
    expect(text.match(/^ {2}warning .*$/gm)).toHaveLength(1);
    for (let kind = 0; kind < 30; kind++) expect(text).toContain(`VIRT-ZZZ-${100 + kind}`);
  });

  it("and reasons for what was not checked are bounded", () => {
    const reasons = Array.from({ length: 500 }, (_, index) =>
      undetermined("VIRT-XEN-002", { reason: `reason ${index}` }),
    );
    const lines = report([], {}, reasons).trimEnd().split("\n");
    expect(lines).toHaveLength(13);
    expect(lines.at(-1)).toBe("  not checked: 488 more reasons");
  });
});
