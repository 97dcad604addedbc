import type { TerraformStack } from "cdktf";
import {
  Connection,
  Disk,
  GuestOs,
  type HostFacts,
  Memory,
  Nic,
  XenBoot,
  XenHost,
  XenHvmGuest,
  XenPvGuest,
  XenPvhGuest,
} from "../../../../lib";
import { buildPlan } from "../../../../lib/plan/build";
import { readTerraformJson } from "../../../../lib/plan/terraform-json";
import { errors, run } from "../../../support/program";
import { clean, define, makeImages } from "./ask";
import { capturedFacts } from "./facts";
import { type LabGuest, labGuest } from "./guests";
import { dom0, machine } from "./subject";

/*
 * What the article says: Xen runs modified systems paravirtualized on any CPU, and unmodified ones only with CPU
 * virtualization. The kernel of each guest prints what it finds.
 */

const KERNEL = { kernel: "/boot/vmlinuz", initrd: "/boot/initrd.img" };

type Build = (stack: TerraformStack, props: ReturnType<typeof common>) => unknown;

const common = (host: XenHost) => ({
  host,
  os: GuestOs.DEBIAN_12,
  memory: Memory.mebibytes(256),
  nics: [Nic.bridge("xenbr0")],
  disks: [Disk.file("/var/lib/libvirt/images/lab-root.img", { format: "raw" })],
});

const GUESTS: Readonly<Record<"PV" | "PVH" | "HVM", { readonly build: Build; readonly type: string }>> = {
  PV: {
    build: (stack, props) =>
      new XenPvGuest(stack, "pv", {
        ...props,
        boot: XenBoot.kernel({ ...KERNEL, cmdline: "console=hvc0 quiet" }),
      }),
    type: "PV",
  },
  PVH: {
    build: (stack, props) =>
      new XenPvhGuest(stack, "pvh", {
        ...props,
        boot: XenBoot.kernel({ ...KERNEL, cmdline: "console=hvc0 quiet" }),
      }),
    type: "PVH",
  },
  // From a CD-ROM, as a system is installed: the firmware reads it, the kernel is not Xen's business.
  HVM: {
    build: (stack, props) =>
      new XenHvmGuest(stack, "hvm", {
        ...props,
        disks: [...props.disks, Disk.cdrom("/var/lib/libvirt/images/guest.iso", { bootOrder: 1 })],
      }),
    type: "HVM",
  },
};

let facts: HostFacts;
beforeAll(async () => {
  facts = await capturedFacts();
});

describe.each(Object.entries(GUESTS))(`a %s guest on ${machine.name}`, (kind, { build, type }) => {
  const possible = kind === "PV" || machine.name === "hvm";
  let guest: LabGuest;
  let found: string[];
  beforeAll(async () => {
    const program = run((stack) => {
      const host = new XenHost(stack, "xen1", { connection: Connection.uri(dom0.uri), facts });
      build(stack, common(host));
    });
    found = errors(program);
    const plan = buildPlan(readTerraformJson([{ unit: "lab", documents: [program.json] }]));
    guest = labGuest(plan.guests[0]!);
    makeImages([guest]);
  });
  afterAll(() => clean([guest]));

  if (possible) {
    test("is accepted, boots and sees its devices", () => {
      expect(found).toEqual([]);
      expect(define(guest)).toMatchObject({ status: 0 });
      expect(dom0.virsh("start", guest.name)).toMatchObject({ status: 0 });
      const line = firstLine(guest.name, "VC-GUEST");
      expect(line).toContain(`type=${type}`);
      expect(line).toContain("disks=xvda");
      expect(line).toContain("nics=eth0");
    });
  } else {
    test("is refused, by us as by libvirt", () => {
      expect(found).toEqual(expect.arrayContaining([expect.stringContaining("VIRT-XEN-001")]));
      const { status, stderr } = define(guest);
      expect({ status, stderr }).toMatchObject({
        status: 1,
        stderr: expect.stringContaining("could not find capabilities"),
      });
    });
  }
});

/** The first line on a guest's console that holds these words. By grep: Debian's awk waits for 4 KiB before it looks. */
function firstLine(name: string, words: string): string {
  const tty = dom0.virsh("ttyconsole", name).stdout.trim();
  const { stdout } = dom0.sh(`timeout 240 grep -am1 '${words}' < ${tty}`);
  return stdout.trim();
}
