import { readAttributes } from "../../lib/plan/attributes";
import { containsLate, isLate } from "../../lib/plan/late";
import { resourceType } from "../../lib/provider/table";

const domain = resourceType("libvirt_domain")!;
const read = (raw: Record<string, unknown>) => readAttributes(domain, raw);
const configOf = (raw: Record<string, unknown>) => {
  const { config, issues } = read(raw);
  expect(issues).toEqual([]);
  return config;
};
const onlyIssue = (raw: Record<string, unknown>) => {
  const { config, issues } = read(raw);
  expect(issues).toHaveLength(1);
  return { config, ...issues[0]! };
};

describe("reading attributes", () => {
  it("maps every level from the provider's spelling to camelCase", () => {
    expect(
      configOf({
        name: "web",
        memory_unit: "GiB",
        os: { type_machine: "q35", nv_ram: { nv_ram: "/x" }, init_args: ["a"] },
        devices: { disks: [{ driver: { detect_zeros: "on" } }], redir_devs: [] },
      }),
    ).toEqual({
      name: "web",
      memoryUnit: "GiB",
      os: { typeMachine: "q35", nvRam: { nvRam: "/x" }, initArgs: ["a"] },
      devices: { disks: [{ driver: { detectZeros: "on" } }], redirDevs: [] },
    });
  });

  it("leaves out what is null or undefined", () => {
    expect(configOf({ name: "web", title: null, description: undefined })).toEqual({ name: "web" });
    expect(configOf({ devices: { disks: [null] } })).toEqual({ devices: { disks: [{}] } });
  });

  it("passes over Terraform's own arguments of a resource, and only at its top", () => {
    const meta = {
      count: 2,
      for_each: {},
      provider: "libvirt.a",
      depends_on: [],
      lifecycle: {},
      provisioner: [],
      connection: {},
      "//": {},
    };
    expect(configOf(meta)).toEqual({});
    expect(onlyIssue({ os: { count: 2 } })).toMatchObject({ kind: "unknown", path: "os.count" });
  });

  describe("scalars", () => {
    it.each([
      ["a number for a string", { title: 5 }, { title: "5" }],
      ["a boolean for a string", { title: true }, { title: "true" }],
      ["digits for a number", { memory: "512" }, { memory: 512 }],
      ["a signed number in a string", { memory: "+5" }, { memory: 5 }],
      ["an exponent in a string", { memory: "1e3" }, { memory: 1000 }],
      ["zero", { memory: 0 }, { memory: 0 }],
      ["true", { running: true }, { running: true }],
      ["false", { running: false }, { running: false }],
      ["true in a string", { running: "true" }, { running: true }],
      ["false in a string", { running: "false" }, { running: false }],
      ["1 in a string", { running: "1" }, { running: true }],
      ["0 in a string", { running: "0" }, { running: false }],
      ["elements of a list", { os: { init_args: [1, true, "a"] } }, { os: { initArgs: ["1", "true", "a"] } }],
    ])("converts %s as Terraform does", (_, raw, config) => {
      expect(configOf(raw)).toEqual(config);
    });

    it.each([
      ["a word for a number", { memory: "much" }, 'memory must be a number, not "much"'],
      ["an empty text for a number", { memory: "" }, 'memory must be a number, not ""'],
      ["another base", { memory: "0x10" }, "memory must be a number"],
      ["blanks around a number", { memory: " 5" }, "memory must be a number"],
      ["a boolean for a number", { memory: true }, "memory must be a number, not true"],
      ["a fraction", { memory: 512.5 }, "memory must be a whole number, not 512.5"],
      ["a fraction in a string", { memory: "512.5" }, "memory must be a whole number"],
      ["no number at all", { memory: Number.NaN }, "memory must be a whole number"],
      ["a word for a boolean", { running: "yes" }, 'running must be true or false, not "yes"'],
      ["a number for a boolean", { running: 1 }, "running must be true or false, not 1"],
      ["a list for a string", { title: ["a"] }, "title must be a string, not a list"],
      ["an object for a string", { title: { a: 1 } }, "title must be a string, not an object"],
      ["a string for a list", { os: { init_args: "a" } }, 'os.init_args must be a list of strings, not "a"'],
      ["a wrong element", { os: { init_args: [[]] } }, "os.init_args[0] must be a string, not a list"],
      ["a string for an object", { os: "hvm" }, 'os must be an object, not "hvm"'],
      ["a list for an object", { os: [] }, "os must be an object, not a list"],
      [
        "an object for a list",
        { devices: { disks: {} } },
        "devices.disks must be a list of objects, not an object",
      ],
      ["a wrong object in a list", { devices: { disks: [5] } }, "devices.disks[0] must be an object, not 5"],
    ])("refuses %s", (_, raw, message) => {
      const issue = onlyIssue(raw);
      expect(issue.kind).toBe("type");
      expect(issue.message).toContain(message);
      expect(issue.fix).toMatch(new RegExp(`^give ${issue.path.replace(/[[\].]/g, "\\$&")} `));
    });

    it("leaves the value out, keeps its neighbours, and goes on", () => {
      const { config, issues } = read({
        name: "web",
        memory: "much",
        running: "yes",
        devices: { disks: [5] },
      });
      expect(config).toEqual({
        name: "web",
        memory: undefined,
        running: undefined,
        devices: { disks: [{}] },
      });
      expect(issues.map((issue) => issue.path)).toEqual(["memory", "running", "devices.disks[0]"]);
    });

    it("cuts a long value short", () => {
      const { message } = onlyIssue({ memory: "x".repeat(100) });
      expect(message).toBe(`memory must be a number, not "${"x".repeat(56)}…`);
      expect(onlyIssue({ memory: "x".repeat(59) }).message).toContain("…");
      expect(onlyIssue({ memory: "x".repeat(58) }).message).toContain(`"${"x".repeat(58)}"`);
    });
  });

  describe("unknown attributes", () => {
    it("are left out, and the nested ones are dropped by Terraform without a word", () => {
      const nested = onlyIssue({ devices: { disks: [{ device: "disk", sauce: { file: "/x" } }] } });
      expect(nested).toMatchObject({ kind: "unknown", path: "devices.disks[0].sauce" });
      expect(nested.message).toBe(
        "devices.disks[0].sauce is not an attribute of the provider: Terraform drops it without a word",
      );
      expect(nested.config).toEqual({ devices: { disks: [{ device: "disk" }] } });

      expect(onlyIssue({ kernel_args: "x" }).message).toBe("kernel_args is not an attribute of the provider");
    });

    it.each([
      [{ devices: { disks: [{ sauce: {} }] } }, "did you mean source?"],
      [{ os: { kernel_args: "x" } }, "did you mean cmdline?"],
      [{ os: { kernelArgs: "x" } }, "did you mean cmdline?"],
      [{ os: { machine: "q35" } }, "did you mean type_machine?"],
      [{ os: { typeMachine: "q35" } }, "did you mean type_machine?"],
      [{ memoryUnit: "GiB" }, "did you mean memory_unit?"],
      [{ memroy: 5 }, "did you mean memory?"],
      [{ devices: { network_interface: [] } }, "did you mean interfaces?"],
      [{ devices: { network_interfaces: [] } }, "did you mean interfaces?"],
      [{ devices: { interface: [] } }, "did you mean interfaces?"],
      [{ devices: { disk: [] } }, "did you mean disks?"],
      [{ devices: { interfaces: [{ mac_address: "" }] } }, "did you mean mac?"],
      [{ devices: { graphics: [{ vnc: { autoport: true } }] } }, "did you mean auto_port?"],
      [{ os: { arch: "x86_64" } }, "did you mean type_arch?"],
      // The new name is no attribute of this object, so that it is no help.
      [{ kernel_args: "x" }, /^remove it, or use one of: autostart, .*, …$/],
      [
        { devices: { disks: [{ backing_store: { index: 1, quite_other: 1 } }] } },
        /^remove it, or use one of: /,
      ],
      [
        { devices: { disks: [{ address: { bus: 1 } }] } },
        "remove devices.disks[0].address.bus: the provider takes nothing here",
      ],
    ])("say what was meant: %j", (raw, fix) => {
      expect(onlyIssue(raw).fix).toEqual(typeof fix === "string" ? fix : expect.stringMatching(fix));
    });

    it("list twelve names at most", () => {
      const names = domain.attributes.map((attribute) => attribute.name);
      expect(onlyIssue({ kernel_args: "x" }).fix).toBe(
        `remove it, or use one of: ${names.slice(0, 12).join(", ")}, …`,
      );
      // Twelve names are shown whole, thirteen are not.
      expect(onlyIssue({ devices: { controllers: [{ quite_other: "" }] } }).fix).toMatch(/(\w+, ){11}\w+$/);
      expect(onlyIssue({ devices: { audios: [{ quite_other: "" }] } }).fix).toMatch(/(\w+, ){11}\w+, …$/);
      expect(onlyIssue({ metadata: { quite_other: "" } }).fix).toBe("remove it, or use one of: xml");
      expect(onlyIssue({ cpu: { topology: { quite_other: "" } } }).fix).toMatch(
        /: clusters, cores, \w+, .*\w$/,
      );
    });

    it("do not stumble over names that every object has", () => {
      expect(onlyIssue({ os: { constructor: "x" } }).kind).toBe("unknown");
    });
  });

  it("refuses a value for a read-only attribute and leaves it out", () => {
    expect(onlyIssue({ uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f" })).toEqual({
      config: {},
      kind: "read-only",
      path: "uuid",
      at: "uuid",
      message: "uuid is read-only: the provider sets it and Terraform refuses a configuration that does",
      fix: "remove uuid",
    });
  });

  it("names the place in camelCase as far as the provider knows it", () => {
    expect(onlyIssue({ devices: { redir_devs: [{}, { sauce_x: 1 }] } }).at).toBe(
      "devices.redirDevs[1].sauce_x",
    );
    expect(onlyIssue({ devices: { mem_balloon: { auto_deflate: [] } } }).at).toBe(
      "devices.memBalloon.autoDeflate",
    );
    expect(onlyIssue({ os: { nv_ram: { nv_ram: "/x", tem_plate: { x: 1 } } } }).at).toBe(
      "os.nvRam.tem_plate",
    );
  });

  describe("late values", () => {
    it("stay as they are, whatever the type of the attribute", () => {
      const late = "${var.x}";
      expect(configOf({ title: late, memory: late, running: late, os: { init_args: late } })).toEqual({
        title: late,
        memory: late,
        running: late,
        os: { initArgs: [late] },
      });
      expect(configOf({ os: { init_args: ["a", late] } })).toEqual({ os: { initArgs: ["a", late] } });
    });

    it("stand for whole objects, in which everything is late", () => {
      const { os, devices } = configOf({ os: "${var.os}", devices: { disks: "${var.disks}" } }) as {
        os: Record<string, never>;
        devices: { disks: Record<string, { dev?: string }>[] };
      };
      expect(isLate(os)).toBe(true);
      expect(containsLate(os)).toBe(true);
      expect(os.typeMachine).toBe("${var.os}");
      expect(os.initArgs).toEqual(["${var.os}"]);
      expect(isLate(os.nvRam)).toBe(true);
      expect((os.bootDevices![0] as { dev: string }).dev).toBe("${var.os}");
      expect(os[Symbol.iterator as never]).toBeUndefined();
      expect(os.noSuchAttribute).toBeUndefined();
      expect(devices.disks).toHaveLength(1);
      expect(devices.disks[0]!.target!.dev).toBe("${var.disks}");
      expect(isLate(devices)).toBe(false);
    });

    it("stand for single objects of a list", () => {
      const { devices } = configOf({ devices: { disks: [{ device: "cdrom" }, "${var.disk}"] } }) as {
        devices: { disks: { device?: string }[] };
      };
      expect(devices.disks.map((disk) => disk.device)).toEqual(["cdrom", "${var.disk}"]);
    });
  });
});
