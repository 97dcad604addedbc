import { isArm } from "../../plan/arch";
import { isLate } from "../../plan/late";
import { defineRule, fail, needsFacts, notApplicable, pass, undetermined, xenGuests } from "../../rule";

/** HVM and PVH run the guest's kernel unmodified in a hardware container; without VT-x or AMD-V Xen has only PV. */
export const hvmNeedsCpuVirtualization = defineRule({
  code: "VIRT-XEN-001",
  slug: "hvm-needs-cpu-virtualization",
  severity: "error",
  stage: "define",
  title: "Xen HVM and PVH guests need CPU virtualization",
  why: "Xen runs unmodified systems such as Windows only with VT-x or AMD-V; PVH uses the same hardware. Only paravirtualized guests run without.",
  fix: "Enable VT-x or AMD-V in the firmware and capture the facts again, place the guest on another host, or run a system with a PV kernel as XenPvGuest.",
  sources: [
    "article: Xen HVM uses CPU virtualization",
    "libvirt libxl_capabilities.c libxlCapsInitGuests",
    "tried: Xen 4.17 without SVM, libvirt 9.0.0, define of HVM: could not find capabilities for arch=x86_64 domaintype=xen; of PVH: could not find capabilities for ostype=xenpvh",
  ],
  needs: ["guest", "host facts"],
  acknowledgeable: false,
  on: xenGuests,
  check: (guest, plan) => {
    const { mode, host, label, arch, os, osType } = guest;
    if (isLate(osType)) return undetermined("the guest's type is known only at apply");
    // On ARM no extension is missing: Xen has neither kind of guest there.
    if ((mode !== "xen-hvm" && mode !== "xen-pvh") || isArm(host.arch)) return notApplicable;
    const offered = host.facts?.hardwareVirtualization;
    if (offered === undefined) return needsFacts(host);
    if (offered) return pass;
    const kind = mode === "xen-hvm" ? "HVM" : "PVH";
    const others = plan
      .hostsOffering(mode === "xen-hvm" ? "hvm" : "xenpvh", arch ?? "x86_64", "xen")
      .concat(mode === "xen-hvm" ? plan.hostsOffering("hvm", arch ?? "x86_64", "kvm") : [])
      .map((each) => each.label);
    const virtCaps = host.facts?.data.xen?.virtCaps.join(" ");
    return fail({
      at: "os.type",
      message:
        `${kind} guest "${label}" cannot run on Xen host "${host.label}": its CPU offers no virtualization${virtCaps ? ` (virt_caps: ${virtCaps})` : ""}.\n` +
        `Xen runs ${mode === "xen-hvm" ? `unmodified systems such as ${os?.name ?? "Windows"}` : "PVH guests"} only with VT-x or AMD-V.`,
      fix: `enable it in the firmware of ${host.label} and capture its facts again${
        others.length ? `, or place "${label}" on ${others.join(" or ")}` : ""
      }${os?.xen.pv === true ? `, or run ${os.name} as XenPvGuest` : ""}`,
    });
  },
  examples: {
    bad: (plan) =>
      plan
        .xenHost("xen1", {
          facts: {
            guests: [{ osType: "xen", arch: "x86_64", domainTypes: ["xen"], machines: [{ name: "xenpv" }] }],
          },
        })
        .xenHvm({ intent: { os: "windows-server-2022" } }),
    good: (plan) => plan.xenHost("xen1").xenHvm({ intent: { os: "windows-server-2022" } }),
  },
});
