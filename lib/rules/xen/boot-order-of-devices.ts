import { diskDevice, type PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, notApplicable, type Outcome, pass, undetermined, xenGuests } from "../../rule";
import { isKind, lateKind } from "./xen-mode";

interface Ordered {
  readonly at: string;
  readonly order: number;
  /** libvirt's name of the kind of device. */
  readonly kind: "hd" | "cdrom" | "fd" | "network" | undefined;
}

/** Xen's device model is told kinds of device, in order: the first hard disk, a CD-ROM drive, the network. */
export const bootOrderOfDevices = defineRule({
  code: "VIRT-XEN-054",
  slug: "boot-order-of-devices",
  severity: "warning",
  stage: "silent",
  title: "A Xen HVM guest boots in the order of os.bootDevices, not of its devices",
  why: "libvirt's Xen driver accepts the boot order of disks and interfaces and drops it; without os.bootDevices the guest boots its first hard disk. An installation from network or CD-ROM then starts what is on the disk.",
  fix: "Remove boot.order from the devices, and list kinds in os.bootDevices: hd, cdrom, network.",
  sources: [
    "libvirt libxl_conf.c libxlMakeDomBuildInfo",
    "tried: Xen 4.17, libvirt 9.0.0, HVM with order 1 on the interface and 2 on the disk: the device model gets -boot order=c",
  ],
  needs: ["guest"],
  on: xenGuests,
  check: (guest): Outcome => {
    const orders = [...ordersOf(guest)];
    if (orders.length === 0) return notApplicable;
    const hvm = isKind(guest, "xen-hvm");
    // PV and PVH guests boot a kernel, whatever the order.
    if (hvm === false) return notApplicable;
    if (orders.some(({ order }) => isLate(order))) return undetermined("a boot order is known only at apply");
    orders.sort((a, b) => a.order - b.order);
    const first = orders[0]!;
    const disk = guest.disks.findIndex((each) => diskDevice(each) === "disk");
    if (first.at === `devices.disks[${disk}]`) return pass;
    if (hvm === undefined) return lateKind;
    const kinds = [...new Set(orders.map(({ kind }) => kind))].filter((kind) => kind !== undefined);
    const boots = disk < 0 ? "what its firmware finds first" : "its first hard disk";
    return fail({
      at: `${first.at}.boot.order`,
      message: `"${guest.label}" wants to boot ${first.at} first: under Xen it would boot ${boots}, as the boot order of devices is dropped.`,
      fix: `remove boot.order from the devices${
        kinds.length > 0
          ? ` and set os.bootDevices to [${kinds.map((kind) => `{ dev: "${kind}" }`).join(", ")}]`
          : ""
      }`,
    });
  },
  examples: {
    bad: (plan) =>
      plan.xenHvm({
        devices: {
          interfaces: [
            {
              mac: { address: "52:54:00:00:00:01" },
              source: { bridge: { bridge: "xenbr0" } },
              boot: { order: 1 },
            },
          ],
        },
      }),
    good: (plan) => plan.xenHvm({ os: { boot_devices: [{ dev: "network" }, { dev: "hd" }] } }),
  },
});

const KINDS: Readonly<Record<string, Ordered["kind"]>> = { disk: "hd", cdrom: "cdrom", floppy: "fd" };

function* ordersOf({ disks, interfaces, domain }: PlanGuest): Generator<Ordered> {
  const sources = [
    ["disks", disks],
    ["interfaces", interfaces],
    ["hostdevs", domain.devices?.hostdevs ?? []],
  ] as const;
  for (const [list, devices] of sources) {
    for (const [index, { boot }] of devices.entries()) {
      if (boot?.order === undefined) continue;
      const kind =
        list === "disks" ? KINDS[diskDevice(disks[index]!)] : list === "interfaces" ? "network" : undefined;
      yield { at: `devices.${list}[${index}]`, order: boot.order as number, kind };
    }
  }
}
