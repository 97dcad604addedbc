import { isLate, known } from "../../plan/late";
import { defineRule, fail, needsFacts, notApplicable, pass, qemuGuests, undetermined } from "../../rule";
import { concernedOn } from "../once-per-host";
import { connectedTo } from "./offers";

/** KVM runs guest code on the CPU's virtualization extension; without one there is only QEMU's emulation. */
export const kvmNeedsCpuVirtualization = defineRule({
  code: "VIRT-HYP-001",
  slug: "kvm-needs-cpu-virtualization",
  severity: "error",
  stage: "start",
  title: "A KVM guest needs a host that offers KVM",
  why: "KVM uses Intel VT-x, AMD-V or the equivalent of other architectures. Where the CPU or its firmware does not offer it, libvirt lists no domain type kvm and the guest cannot start.",
  fix: "Enable VT-x or AMD-V in the firmware and capture the facts again, place the guest on another host, or run it with accelerator tcg and accept the slowdown.",
  sources: [
    "article: KVM needs Intel or AMD CPU virtualization",
    "libvirt qemu_process.c qemuProcessStartValidate (/dev/kvm)",
    "tried: libvirt 9.0.0 without /dev/kvm lists domain type qemu alone and refuses type kvm; with /dev/kvm it starts KVM guests even where the CPU flag is missing",
  ],
  needs: ["guest", "host facts"],
  acknowledgeable: false,
  on: qemuGuests,
  check: (guest, plan) => {
    // A KVM guest on a Xen connection is another rule's.
    if (guest.mode !== "kvm" || connectedTo(guest.host) === "xen") return notApplicable;
    const { host, arch, label } = guest;
    const offers = host.facts?.data.guests;
    if (!host.facts || !offers) return needsFacts(host);
    if (arch === undefined || isLate(arch)) return undetermined("the guest's architecture is not known");
    if (!offers.some((offer) => offer.domainTypes.includes("kvm"))) {
      const others = plan.hostsOffering("hvm", arch, "kvm").map((each) => each.label);
      return fail({
        at: "type",
        message: `KVM guest "${label}" cannot start on "${host.label}": its capabilities offer no domain type kvm (they offer ${[...new Set(offers.flatMap((offer) => offer.domainTypes))].join(", ")}).`,
        fix: `enable VT-x or AMD-V in the firmware of ${host.label} and capture its facts again, ${others.length ? `place "${label}" on ${others.join(" or ")}` : "place it on a host with KVM"}, or set accelerator: "tcg" and accept that it is very slow`,
      });
    }
    if (host.facts.data.cpu?.virtualizationFlag !== "none") return pass;
    // Of the host, so said once, with all its guests.
    const guests = concernedOn(
      plan,
      "VIRT-HYP-001",
      host,
      (each) => each.mode === "kvm" && !!known(each.arch),
    );
    if (guests[0] !== guest) return pass;
    return fail({
      severity: "warning",
      at: "type",
      key: host.label,
      places: guests,
      message: `"${host.label}" offers KVM although its CPU shows neither vmx nor svm: its KVM guests depend on nested or unusual virtualization.`,
      fix: `check ${host.label} with virt-host-validate; if its guests do start, nothing needs to change`,
    });
  },
  examples: {
    bad: (plan) =>
      plan
        .kvmHost("kvm1", {
          facts: {
            guests: [{ osType: "hvm", arch: "x86_64", domainTypes: ["qemu"], machines: [{ name: "q35" }] }],
          },
        })
        .kvm(),
    good: (plan) => plan.kvmHost("kvm1").kvm(),
  },
});
