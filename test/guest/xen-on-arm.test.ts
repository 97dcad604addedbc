import {
  Connection,
  Disk,
  GuestOs,
  Memory,
  StoragePool,
  Volume,
  XenBoot,
  XenHost,
  XenPvGuest,
} from "../../lib";
import { errors, facts, only, run } from "../support/program";

test("a guest on ARM has raw disks from dom0's kernel, which needs no QEMU, and others from QEMU", () => {
  const result = run((stack) => {
    const host = new XenHost(stack, "arm1", {
      connection: Connection.tls("arm1"),
      facts: facts("xen-arm64"),
    });
    const pool = new StoragePool(stack, "pool", { host });
    new XenPvGuest(stack, "web", {
      ...{ host, os: GuestOs.DEBIAN_12, memory: Memory.mebibytes(512), nics: [] },
      boot: XenBoot.kernel({ kernel: "/boot/vmlinuz" }),
      disks: [
        Disk.block("/dev/vg/root"),
        Disk.file("/srv/a.img", { format: "raw" }),
        Disk.volume(new Volume(stack, "data", { pool, size: Memory.gibibytes(1), format: "raw" })),
        Disk.file("/srv/b.qcow2"),
        Disk.cdrom("/srv/c.iso"),
      ],
    });
  });
  expect(errors(result)).toEqual([]);
  const drivers = only(result, "libvirt_domain").devices.disks.map(
    ({ driver }: { driver: { name: string; type: string } }) => `${driver.name} ${driver.type}`,
  );
  expect(drivers).toEqual(["phy raw", "phy raw", "phy raw", "qemu qcow2", "qemu raw"]);
  expect(result.findings.map(({ code }) => code)).toContain("VIRT-XEN-064");
});
