import { groupBy } from "../../plan/plan";
import { defineRule, fail, hosts, notApplicable, type Outcome, pass, undetermined } from "../../rule";
import { guestsOf, together, usersText, usesOf } from "../together";
import { hostDevicesOf } from "./host-devices";

/** A passed-through device belongs to its guest alone for as long as the guest runs. */
export const hostDeviceUsedOnce = defineRule({
  code: "VIRT-PCI-002",
  slug: "host-device-used-once",
  severity: "error",
  stage: "start",
  title: "A host device can be given to one running guest at a time",
  why: "A PCI, USB, SCSI or mediated device that one guest has is taken away from everyone else. The next guest that wants it is refused at start. A USB device named by vendor and product is one device as well: where there are two alike, libvirt asks for their addresses.",
  fix: "Give each guest a device of its own, or keep all but one of them switched off.",
  sources: [
    "libvirt virhostdev.c virHostdevIsPCINodeDeviceUsed, virHostdevMarkUSBDevices, virHostdevFindUSBDevice, virHostdevPrepareSCSIDevices (shareable on both is allowed)",
    "provider 0.9.7 domain_resource.go: only running = true starts a guest",
  ],
  needs: ["plan"],
  on: hosts,
  check: (host, plan) => {
    const all = plan
      .guestsOn(host)
      .flatMap((guest) => hostDevicesOf(plan, guest).map((device) => ({ guest, device })));
    if (all.length === 0) return notApplicable;
    const outcomes: Outcome[] = [];
    for (const [key, users] of groupBy(all, ({ device }) => device.key)) {
      if (users.every(({ device }) => device.shareable)) continue;
      // A device that one guest names twice is refused when the guest is defined: another rule's matter.
      const uses = guestsOf(users).flatMap(usesOf);
      const verdict = together(uses);
      const { device } = users[0]!;
      if (verdict === "perhaps")
        outcomes.push(undetermined("which guests run together is known only at apply"));
      if (verdict !== "several" && verdict !== "alternately") continue;
      outcomes.push(
        fail({
          severity: verdict === "several" ? "error" : "warning",
          places: guestsOf(uses),
          at: device.at,
          key,
          message: `${device.label} of "${host.label}" is given to ${usersText(uses)}${
            verdict === "several" ? ", and only one can have it." : ": they cannot run at the same time."
          }`,
          fix:
            verdict === "several"
              ? "give each guest a device of its own, or set running to false on all but one"
              : "keep all but one of them switched off",
        }),
      );
    }
    const late = all.filter(({ device }) => device.late);
    if (late.length > 0 && (all.length > 1 || late[0]!.guest.repeated)) {
      outcomes.push(undetermined("a host device is known only at apply"));
    }
    return outcomes.length > 0 ? outcomes : pass;
  },
  examples: {
    bad: (plan) =>
      plan
        .kvmHost("kvm1")
        .kvm({ name: "a", devices: { hostdevs: [{ subsys_pci: { source: { address: { bus: 0x65 } } } }] } })
        .kvm({ name: "b", devices: { hostdevs: [{ subsys_pci: { source: { address: { bus: 0x65 } } } }] } }),
    good: (plan) =>
      plan
        .kvmHost("kvm1")
        .kvm({ name: "a", devices: { hostdevs: [{ subsys_pci: { source: { address: { bus: 0x65 } } } }] } })
        .kvm({ name: "b", devices: { hostdevs: [{ subsys_pci: { source: { address: { bus: 0x66 } } } }] } }),
  },
});
