import { groupBy } from "../../plan/plan";
import { defineRule, fail, guests, notApplicable, pass, undetermined } from "../../rule";
import { hostDevicesOf, withHostDevices } from "./host-devices";

/** A device is plugged in once. */
export const hostDeviceListedOnce = defineRule({
  code: "VIRT-PCI-003",
  slug: "host-device-listed-once",
  severity: "error",
  stage: "define",
  title: "A guest lists each host device once",
  why: "A device can be in one place of the guest. libvirt refuses a guest that lists one twice.",
  fix: "Remove one of the entries.",
  sources: [
    "libvirt domain_validate.c virDomainDefHostdevValidate",
    "tried: libvirt 9.0.0 refuses a PCI address, a USB vendor and product, a USB address and a mediated device twice: Hostdev already exists in the domain configuration",
  ],
  needs: ["guest"],
  on: withHostDevices(guests),
  *check(guest, plan) {
    const devices = hostDevicesOf(plan, guest);
    if (devices.length < 2) return yield notApplicable;
    yield pass;
    for (const [key, same] of groupBy(devices, (device) => device.key)) {
      if (same.length < 2) continue;
      yield fail({
        at: same[1]!.at,
        key,
        message: `"${guest.label}" lists ${same[0]!.label} ${same.length} times.`,
        fix: "remove all but one of the entries",
      });
    }
    if (devices.some((device) => device.late)) yield undetermined("a host device is known only at apply");
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        devices: {
          hostdevs: [
            { subsys_usb: { source: { vendor: { id: "0x046d" }, product: { id: "0xc52b" } } } },
            { subsys_usb: { source: { vendor: { id: "0x046d" }, product: { id: "0xc52b" } } } },
          ],
        },
      }),
    good: (plan) =>
      plan.kvm({
        devices: {
          hostdevs: [{ subsys_usb: { source: { vendor: { id: "0x046d" }, product: { id: "0xc52b" } } } }],
        },
      }),
  },
});
