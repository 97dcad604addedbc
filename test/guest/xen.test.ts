import type { TerraformStack } from "cdktf";
import {
  Disk,
  GuestOs,
  Image,
  Memory,
  Nic,
  XenBoot,
  XenHvmGuest,
  type XenHvmGuestProps,
  XenPvGuest,
  XenPvhGuest,
} from "../../lib";
import { only, type Run, run, xenHost } from "../support/program";

/*
 * libvirt's Xen driver accepts much that no guest gets. The constructs ask for nothing of that by themselves, and
 * say what can be said in the one form that arrives.
 */

const memory = Memory.gibibytes(1);
const boot = XenBoot.kernel({ kernel: "/boot/vmlinuz", initrd: "/boot/initrd.img" });
const props = (stack: TerraformStack) => ({
  host: xenHost(stack),
  memory,
  os: GuestOs.DEBIAN_12,
  disks: [Disk.file("/srv/root.img", { format: "raw" })],
  nics: [Nic.bridge("xenbr0")],
});
const hvm = (more: Partial<XenHvmGuestProps>): Run =>
  run((stack) => new XenHvmGuest(stack, "hvm", { ...props(stack), ...more }));
const ofXen = ({ findings }: Run) =>
  findings.filter(({ code }) => code.startsWith("VIRT-XEN")).map(({ code, message }) => `${code} ${message}`);
const domainOf = (result: Run) => only(result, "libvirt_domain");
const raw = { format: "raw" } as const;

describe("what the constructs ask for by themselves", () => {
  it.each([
    ["PV", () => run((stack) => new XenPvGuest(stack, "pv", props(stack)))],
    ["PVH", () => run((stack) => new XenPvhGuest(stack, "pvh", { ...props(stack), boot }))],
    ["HVM", () => hvm({})],
  ])("is what a %s guest gets", (_, make) => expect(ofXen(make())).toEqual([]));
});

describe("a read-only disk", () => {
  const disks = [Disk.file("/srv/root.img", raw), Disk.file("/srv/tools.img", { ...raw, readOnly: true })];

  it("of an HVM guest has a name that is not emulated as an IDE disk", () => {
    const result = hvm({ disks: [...disks, Disk.file("/srv/data.img", raw)] });
    expect(domainOf(result).devices.disks.map(({ target }: { target: object }) => target)).toEqual([
      { dev: "xvda", bus: "xen" },
      { dev: "xvde", bus: "xen" },
      { dev: "xvdb", bus: "xen" },
    ]);
    expect(ofXen(result)).toEqual([]);
  });

  it("of a PV guest has the next name", () => {
    const result = run((stack) => new XenPvGuest(stack, "pv", { ...props(stack), disks }));
    expect(domainOf(result).devices.disks[1].target.dev).toBe("xvdb");
  });
});

describe("the boot order of an HVM guest", () => {
  it("is one of kinds, as Xen takes no other", () => {
    const result = hvm({
      disks: [
        Disk.file("/srv/root.img", { ...raw, bootOrder: 2 }),
        Disk.cdrom("/srv/setup.iso", { bootOrder: 3 }),
      ],
      nics: [Nic.bridge("xenbr0", { bootOrder: 1 })],
    });
    const domain = domainOf(result);
    expect(domain.os.boot_devices).toEqual([{ dev: "network" }, { dev: "hd" }, { dev: "cdrom" }]);
    for (const device of [...domain.devices.disks, ...domain.devices.interfaces]) {
      expect(device).not.toHaveProperty("boot");
    }
    expect(ofXen(result)).toEqual([]);
  });

  it("is left out where no device has one", () => {
    expect(domainOf(hvm({})).os).toEqual({ type: "hvm", type_arch: "x86_64", type_machine: "xenfv" });
  });

  it("stays with the devices where kinds cannot say it, so that a rule says that it is dropped", () => {
    const result = hvm({
      disks: [Disk.file("/srv/root.img", raw), Disk.file("/srv/other.img", { ...raw, bootOrder: 1 })],
    });
    expect(domainOf(result).os).not.toHaveProperty("boot_devices");
    expect(domainOf(result).devices.disks[1].boot).toEqual({ order: 1 });
    expect(ofXen(result)).toEqual([expect.stringMatching(/^VIRT-XEN-054 /)]);
  });

  it("counts the disk of an image as the first", () => {
    const image = Image.fromUrl("https://images.example.net/debian-12.qcow2");
    const result = hvm({ image, disks: [Disk.file("/srv/data.img", { ...raw, bootOrder: 1 })] });
    expect(domainOf(result).os).not.toHaveProperty("boot_devices");
  });
});
