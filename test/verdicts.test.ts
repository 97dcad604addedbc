import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import {
  Connection,
  Disk,
  Gate,
  GuestOs,
  HostFacts,
  KvmGuest,
  KvmHost,
  Memory,
  XenBoot,
  XenHost,
  XenHvmGuest,
  XenPvGuest,
  XenPvhGuest,
} from "virt-constructs";
import { temporaryFolder } from "./support/temporary-folder";

/** The claims that everything stands on, on facts that real hosts gave. */

const facts = (host: string) => HostFacts.fromDirectory(join(__dirname, "data/host-facts", host));
const outdir = temporaryFolder();
const disks = [Disk.file("/var/lib/libvirt/images/web.qcow2")];
const small = { os: GuestOs.DEBIAN_12, memory: Memory.mebibytes(512), nics: [] };
const boot = XenBoot.kernel({ kernel: "/boot/vmlinuz", initrd: "/boot/initrd.img" });

/** Codes of the errors and of the warnings. */
function verdict(build: (stack: TerraformStack) => void): { errors: string[]; warnings: string[] } {
  const app = new App({ outdir: outdir() });
  build(new TerraformStack(app, "stack"));
  const { findings } = Gate.of(app).evaluate();
  const codes = (severity: string) =>
    findings.filter((each) => each.severity === severity).map((each) => each.code);
  return { errors: codes("error"), warnings: codes("warning") };
}

const xen = (stack: TerraformStack, host: string) =>
  new XenHost(stack, "xen", { connection: Connection.tls("xen"), facts: facts(host) });
const kvm = (stack: TerraformStack, host: string) =>
  new KvmHost(stack, "kvm", { connection: Connection.tls("kvm"), facts: facts(host) });

describe("Xen", () => {
  it.each(["xen-hvm", "xen-pv-only"])("runs a paravirtualized guest on %s", (host) => {
    const { errors } = verdict(
      (stack) => new XenPvGuest(stack, "pv", { ...small, host: xen(stack, host), boot }),
    );
    expect(errors).toEqual([]);
  });

  it("runs HVM and PVH guests where the CPU has virtualization", () => {
    const { errors } = verdict((stack) => {
      const host = xen(stack, "xen-hvm");
      new XenHvmGuest(stack, "hvm", { ...small, host });
      new XenHvmGuest(stack, "windows", {
        ...small,
        os: GuestOs.WINDOWS_SERVER_2022,
        memory: Memory.gibibytes(2),
        host,
      });
      new XenPvhGuest(stack, "pvh", { ...small, host, boot });
    });
    expect(errors).toEqual([]);
  });

  it("runs a guest on ARM, with disks that dom0's kernel serves", () => {
    const raw = Disk.file("/srv/web.img", { format: "raw" });
    const { errors, warnings } = verdict((stack) => {
      const host = xen(stack, "xen-arm64");
      new XenPvGuest(stack, "pv", { ...small, host, boot, disks: [raw] });
    });
    expect(errors).toEqual([]);
    expect(warnings).not.toContain("VIRT-XEN-064");
  });

  it("knows what it cannot do on ARM", () => {
    const { errors, warnings } = verdict((stack) => {
      const host = xen(stack, "xen-arm64");
      const guest = { ...small, host, disks };
      new XenHvmGuest(stack, "hvm", guest);
      new XenPvhGuest(stack, "pvh", { ...guest, boot });
      new XenPvGuest(stack, "pv", {
        ...guest,
        ...{ boot, vcpus: 129, currentMemory: Memory.mebibytes(256), migratable: true },
      });
    });
    for (const code of ["VIRT-XEN-008", "VIRT-XEN-011", "VIRT-XEN-014", "VIRT-MIG-009"]) {
      expect(errors).toContain(code);
    }
    expect(errors).not.toContain("VIRT-XEN-001");
    expect(warnings).toContain("VIRT-XEN-064");
  });

  it("refuses HVM and PVH guests where it has none", () => {
    const { errors } = verdict((stack) => {
      const host = xen(stack, "xen-pv-only");
      new XenHvmGuest(stack, "hvm", { ...small, host });
      new XenPvhGuest(stack, "pvh", { ...small, host, boot });
    });
    expect(errors).toEqual(["VIRT-XEN-001", "VIRT-XEN-001"]);
  });
});

describe("KVM", () => {
  it("runs a guest where the host offers it, with a warning about the CPU flag that is missing there", () => {
    const found = verdict(
      (stack) => new KvmGuest(stack, "web", { ...small, disks, host: kvm(stack, "kvm-debian12") }),
    );
    expect(found).toEqual({ errors: [], warnings: ["VIRT-HYP-001"] });
  });

  it("refuses a guest where the host has no CPU virtualization", () => {
    const { errors } = verdict(
      (stack) => new KvmGuest(stack, "web", { ...small, host: kvm(stack, "qemu-only-debian12") }),
    );
    expect(errors).toEqual(["VIRT-HYP-001"]);
  });

  it("emulates it there, with the warning that this is slow and no isolation", () => {
    const found = verdict((stack) => {
      new KvmGuest(stack, "web", { ...small, host: kvm(stack, "qemu-only-debian12"), accelerator: "tcg" });
    });
    expect(found.errors).toEqual([]);
    expect(found.warnings).toContain("VIRT-HYP-006");
  });

  it("warns of emulation where the host offers KVM", () => {
    const found = verdict((stack) => {
      new KvmGuest(stack, "web", { ...small, host: kvm(stack, "kvm-debian12"), accelerator: "tcg" });
    });
    expect(found).toMatchObject({ errors: [], warnings: expect.arrayContaining(["VIRT-HYP-005"]) });
  });
});

it("decides nothing about a host without facts, and says so", () => {
  const app = new App({ outdir: outdir() });
  const stack = new TerraformStack(app, "stack");
  const host = new XenHost(stack, "xen", { connection: Connection.tls("xen") });
  new XenHvmGuest(stack, "hvm", { ...small, host });
  const { findings, undetermined } = Gate.of(app).evaluate();
  expect(findings).toEqual([]);
  expect(undetermined.map(({ code }) => code)).toEqual(
    expect.arrayContaining(["VIRT-XEN-001", "VIRT-CAP-002"]),
  );
});
