import { Disk, Nic, XenBoot } from "../../../../lib";
import { ask, clean, define } from "./ask";
import { type Build, hvmGuest, type Made, made, pvGuest, pvhGuest } from "./constructs";
import { capturedFacts } from "./facts";
import { consoleLog, marker } from "./marker";
import { dom0, machine } from "./subject";

/*
 * What the article says: Xen runs modified systems paravirtualized on any CPU, and unmodified ones only with CPU
 * virtualization. The kernel of each guest prints what it finds.
 */

const nics = [Nic.bridge("xenbr0")];
/** With GRUB's menu, a kernel and its initramfs. */
const disks = [Disk.file("/srv/lab/disk.img", { format: "raw" })];

const GUESTS: Readonly<Record<string, Build>> = {
  PV: pvGuest({ nics }),
  PVH: pvhGuest({ nics }),
  HVM: hvmGuest({ nics }),
  "PV, pygrub": pvGuest({ boot: XenBoot.pygrub(), disks }),
  "PV, GRUB": pvGuest({ boot: XenBoot.pvGrub(), disks }),
  "PVH, GRUB": pvhGuest({ boot: XenBoot.pvhGrub(), disks }),
};

/**
 * The emulated firmware starts it by a ROM that has the kernel from QEMU: it would take an emulated CPU a quarter of an
 * hour to read it from an emulated drive. The kernel is not Xen's business, and knows of nothing.
 */
const HVM_BOOT = {
  kernel: "/boot/vmlinuz",
  initrd: "/boot/initrd.img",
  cmdline: "console=ttyS0 console=hvc0 mitigations=off quiet tsc=reliable",
};

describe.each(Object.entries(GUESTS))(`a guest of kind %s on ${machine.name}`, (kind, build) => {
  let guest: Made;
  beforeAll(async () => {
    guest = made(build, await capturedFacts(), kind === "HVM" ? HVM_BOOT : {});
    dom0.sh(`rm -f ${consoleLog(guest.name)}`);
  });
  afterAll(() => clean([guest]));

  test("is accepted, boots and sees its devices, where the machine has such guests", async () => {
    if (guest.refusedBy) {
      expect(guest.found).toEqual([expect.stringContaining(guest.refusedBy)]);
      expect(define(guest)).toMatchObject({
        status: 1,
        stderr: expect.stringContaining("could not find capabilities"),
      });
      return;
    }
    expect(guest.found).toEqual([]);
    expect(await ask([guest], { run: true })).toEqual({ kind: "starts", views: [] });
    const line = marker(guest.name);
    expect(line).toContain(`type=${kind.split(",")[0]}`);
    expect(line).toContain("disks=xvda");
    if (kind.includes(",")) expect(line).toContain("from_disk");
    else expect(line).toContain("nics=eth0");
  });
});
