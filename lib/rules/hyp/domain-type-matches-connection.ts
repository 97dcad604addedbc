import { isLate } from "../../plan/late";
import { defineRule, fail, guests, notApplicable, pass, undetermined } from "../../rule";
import { anyOf, connectedTo } from "./offers";

/** One connection speaks to one hypervisor's driver, and that driver knows its own domain types only. */
export const domainTypeMatchesConnection = defineRule({
  code: "VIRT-HYP-010",
  slug: "domain-type-matches-connection",
  severity: "error",
  stage: "define",
  title: "A guest's domain type must be one of its connection's hypervisor",
  why: "qemu:// connections run domain types kvm and qemu, xen:// connections run type xen. A guest that is sent to the other one is refused.",
  fix: "Attach the guest to a host of its hypervisor, or make it a guest of this one.",
  sources: [
    "tried: Xen 4.17, libvirt 9.0.0, define of type kvm and of type qemu on xen:///system: could not find capabilities for arch=x86_64 domaintype=kvm",
    "tried: libvirt 9.0.0, define of type xen on qemu:///system: Emulator '/usr/bin/qemu-system-x86_64' does not support virt type 'xen'",
  ],
  needs: ["guest"],
  acknowledgeable: false,
  on: guests,
  check: (guest, plan) => {
    const { domain, host, label } = guest;
    if (isLate(domain.type)) return undetermined("the guest's domain type is known only at apply");
    if (!guest.isXen && !guest.isQemu) return notApplicable;
    const connected = connectedTo(host);
    if (connected === undefined) {
      return undetermined(`which hypervisor "${host.label}" is cannot be told from its connection`);
    }
    const wanted = guest.isXen ? "xen" : "kvm";
    if (connected === wanted) return pass;
    const others = plan.hosts.filter((each) => connectedTo(each) === wanted).map((each) => each.label);
    const types = connected === "xen" ? '"xen"' : '"kvm" (or "qemu" for emulation)';
    return fail({
      at: "type",
      message: `"${label}" has domain type ${domain.type}, but "${host.label}" is a ${NAMES[connected]} host${host.uri ? ` (${host.uri})` : ""}.`,
      fix: `${others.length > 0 ? `attach "${label}" to ${anyOf(others)}` : `attach "${label}" to a ${NAMES[wanted]} host`}, or set type to ${types}`,
    });
  },
  examples: {
    bad: (plan) => plan.kvmHost("kvm1").xenPv({ host: "kvm1" }),
    good: (plan) => plan.xenHost("xen1").xenPv({ host: "xen1" }),
  },
});

const NAMES = { kvm: "KVM", xen: "Xen" } as const;
