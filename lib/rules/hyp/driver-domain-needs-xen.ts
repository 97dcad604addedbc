import { isLate } from "../../plan/late";
import { defineRule, fail, having, notApplicable, qemuGuests, undetermined } from "../../rule";

/** Splitting a device between guests is Xen's way; QEMU does all itself. */
export const driverDomainNeedsXen = defineRule({
  code: "VIRT-HYP-083",
  slug: "driver-domain-needs-xen",
  severity: "error",
  stage: "silent",
  title: "Only Xen has driver domains",
  why: "backendDomain names a guest that serves a disk or a network interface in place of the host. libvirt takes it for a guest of QEMU, and nobody reads it: the disk is opened, and the interface connected, on the host itself, where the path and the bridge mean something else or nothing.",
  fix: "Remove backendDomain, and name a path or a bridge of the host.",
  sources: [
    "libvirt domain_conf.c virDomainDiskDefParseXML, virDomainNetDefParseXML: parsed for every hypervisor; in src/qemu nothing reads domain_name but a comparison",
    "tried: libvirt 9.0.0, QEMU 7.2: a guest with <backenddomain name='nowhere'/> at its disk and its interface is defined and starts; QEMU's command line is that of a guest without",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.disks[].backendDomain", "devices.interfaces[].backendDomain"),
  *check({ disks, interfaces, label }) {
    for (const [kind, devices] of Object.entries({ disks, interfaces })) {
      for (const [index, { backendDomain }] of devices.entries()) {
        if (backendDomain === undefined) yield notApplicable;
        else if (isLate(backendDomain)) yield undetermined("a driver domain is known only at apply");
        else {
          yield fail({
            at: `devices.${kind}[${index}].backendDomain`,
            message: `"${label}" would not be served by "${backendDomain.name}", but by the host: only Xen has driver domains.`,
            fix: `remove backendDomain, and name ${kind === "disks" ? "a path" : "a bridge or network"} of the host`,
          });
        }
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { interfaces: [NIC] } }),
    good: (plan) => plan.kvm({ devices: { interfaces: [{ ...NIC, backend_domain: null }] } }),
  },
});

const NIC = {
  mac: { address: "52:54:00:00:00:10" },
  source: { network: { network: "default" } },
  model: { type: "virtio" },
  backend_domain: { name: "net" },
};
