import type { NodeDevice } from "../../host-facts/facts";
import type { PlanGuest } from "../../plan/guest";
import type { Plan } from "../../plan/plan";
import { groupBy } from "../../plan/plan";
import {
  defineRule,
  fail,
  needsFacts,
  notApplicable,
  type Outcome,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";
import { hostDevicesOf, withHostDevices } from "./host-devices";

/** Drivers that keep a device out of the host's hands. */
const UNUSED = ["vfio-pci", "pci-stub"];

/** The IOMMU keeps groups of devices apart, not the devices of one group. */
export const wholeIommuGroup = defineRule({
  code: "VIRT-PCI-005",
  slug: "whole-iommu-group",
  severity: "error",
  stage: "start",
  title: "The devices of an IOMMU group go to one guest, or are used by nobody else",
  why: "Devices of one IOMMU group can reach each other past the IOMMU. VFIO gives a device to a guest only when all others of its group are with the same guest or used by nobody. A group that the host uses in part, or that two running guests share, is refused at start.",
  fix: "Give the guest all devices of the group, bind the others to vfio-pci, or put the card into another slot.",
  sources: [
    "libvirt virhostdev.c virHostdevPreparePCIDevicesImpl, virHostdevIsPCINodeDeviceUsed over virPCIDeviceAddressIOMMUGroupIterate",
    "Linux Documentation/driver-api/vfio.rst: group viability; QEMU hw/vfio: group is not viable, all devices within the iommu_group are not bound to their vfio bus driver",
    "not tried: the host that was tried has no IOMMU",
  ],
  needs: ["plan", "host facts"],
  on: withHostDevices(qemuGuests),
  *check(guest, plan): Iterable<Outcome> {
    const own = hostDevicesOf(plan, guest).filter(
      ({ kind, key, late }) => late || (kind === "pci" && key !== undefined),
    );
    if (own.length === 0) return yield notApplicable;
    const { host, label } = guest;
    const { facts } = host;
    if (facts?.data.nodeDevices === undefined) return yield needsFacts(host);
    const mine = new Set(own.map(({ key }) => key));
    for (const { key, at, late, label: what } of own) {
      if (late) {
        yield undetermined("a host device is known only at apply");
        continue;
      }
      const group = facts.pciDevice(addressOf(key!))?.iommuGroup;
      if (group === undefined) {
        yield undetermined(`the facts of "${host.label}" do not tell the IOMMU group of ${what}`);
        continue;
      }
      const others = (facts.iommuGroup(group) ?? []).filter(
        ({ pciAddress, pciBridge }) =>
          pciAddress !== undefined && !pciBridge && !mine.has(`pci ${pciAddress}`),
      );
      const given = others.find((device) => usersOf(plan, guest, device).length > 0);
      const used = others.find(({ driver }) => driver !== undefined && !UNUSED.includes(driver));
      if (given) {
        const users = usersOf(plan, guest, given);
        yield fail({
          severity:
            users.some((user) => user.mayRun !== false) && guest.mayRun !== false ? "error" : "warning",
          at,
          places: [guest, ...users],
          message: `${what} of "${label}" is in IOMMU group ${group} with ${given.pciAddress}, which "${users[0]!.label}" is given.`,
          fix: "give both devices to one guest",
        });
      } else if (used) {
        yield fail({
          at,
          message: `${what} of "${label}" is in IOMMU group ${group} with ${used.pciAddress}, which "${host.label}" uses (driver ${used.driver}).`,
          fix: `give ${used.pciAddress} to "${label}" as well, or bind it to vfio-pci on ${host.label}`,
        });
      } else if (others.some(({ driver }) => driver === undefined)) {
        yield undetermined(
          `the facts of "${host.label}" do not tell who uses the other devices of IOMMU group ${group}`,
        );
      } else yield pass;
    }
  },
  examples: {
    bad: (plan) => plan.kvmHost("kvm1", CARD).kvm({ devices: { hostdevs: [pci(0)] } }),
    good: (plan) => plan.kvmHost("kvm1", CARD).kvm({ devices: { hostdevs: [pci(0), pci(1)] } }),
  },
});

/** A graphics card with its sound. */
const CARD = {
  facts: {
    nodeDevices: ["nvidia", "snd_hda_intel"].map(
      (driver, fn): NodeDevice => ({
        name: `pci_0000_65_00_${fn}`,
        kind: "pci",
        pciAddress: `0000:65:00.${fn}`,
        iommuGroup: 14,
        driver,
      }),
    ),
  },
};

function pci(fn: number) {
  return {
    managed: true,
    subsys_pci: { source: { address: { domain: 0, bus: 0x65, slot: 0, function: fn } } },
  };
}

function addressOf(key: string): string {
  return key.slice("pci ".length);
}

/** The other guests of the host that are given a device. */
function usersOf(plan: Plan, guest: PlanGuest, { pciAddress }: NodeDevice): readonly PlanGuest[] {
  const users = plan.index(`guests by PCI device on ${guest.host.label} ${guest.host.uri}`, () =>
    groupBy(
      plan
        .guestsOn(guest.host)
        .flatMap((each) =>
          hostDevicesOf(plan, each).map(({ kind, key }) => ({ each, key: kind === "pci" ? key : undefined })),
        ),
      ({ key }) => key,
    ),
  );
  return (users.get(`pci ${pciAddress}`) ?? []).map(({ each }) => each).filter((each) => each !== guest);
}
