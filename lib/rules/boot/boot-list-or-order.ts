import { isLate, known } from "../../plan/late";
import { defineRule, fail, guests, having, notApplicable, undetermined } from "../../rule";
import { bootOrders } from "./boot-orders";

/** What boots is said by kinds of device, or device by device. */
export const bootListOrOrder = defineRule({
  code: "VIRT-BOOT-001",
  slug: "boot-list-or-order",
  severity: "error",
  stage: "define",
  title: "A list of boot devices and boot orders of devices exclude each other",
  why: "os.bootDevices ranks kinds of device (hd, cdrom, network, fd), boot.order single devices. libvirt refuses a fully virtualized guest that has both.",
  fix: "Use one of the two; boot.order can say all that the list can.",
  sources: [
    "libvirt domain_postparse.c virDomainDefBootOrderPostParse",
    "tried: libvirt 9.0.0, define of boot dev hd with a boot order of a disk, an interface and a redirected device: per-device boot elements cannot be used together with os/boot elements",
  ],
  needs: ["guest"],
  on: having(guests, "os.bootDevices"),
  check: (guest) => {
    const list = guest.domain.os?.bootDevices ?? [];
    const orders = bootOrders(guest).filter(({ order }) => order !== undefined && order !== 0);
    if (list.length === 0 || orders.length === 0) return notApplicable;
    const { osType, label } = guest;
    if (isLate(osType) || list.every((each) => isLate(each))) {
      return undetermined("the boot devices of a guest are known only at apply");
    }
    if (osType !== "hvm") return notApplicable;
    const certain = orders.find(({ order }) => known(order) !== undefined);
    if (!certain) return undetermined("a boot order is known only at apply");
    const kinds = list.map(({ dev }) => (isLate(dev) ? "…" : dev)).join(", ");
    return fail({
      at: "os.bootDevices",
      message: `"${label}" has a list of boot devices (os.bootDevices: ${kinds}) and a boot order (${certain.at}).`,
      fix: "remove os.bootDevices and give each device that may boot its boot.order, or remove the orders",
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ os: { boot_devices: [{ dev: "hd" }] }, devices: { disks: [disk(1)] } }),
    good: (plan) => plan.kvm({ devices: { disks: [disk(1)] } }),
  },
});

function disk(order: number) {
  return {
    source: { file: { file: "/var/lib/libvirt/images/root.img" } },
    driver: { name: "qemu", type: "raw" },
    target: { dev: "vda", bus: "virtio" },
    boot: { order },
  };
}
