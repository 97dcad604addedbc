import { isLate } from "../../plan/late";
import { defineRule, fail, having, pass, qemuGuests, undetermined } from "../../rule";

/** Where distributions install the templates of UEFI variables. */
const TEMPLATES = /^\/usr\/(?:local\/)?share\//;

/** A template is copied for each guest; who writes to it changes it for all. */
export const nvramIsOwn = defineRule({
  code: "VIRT-PRV-016",
  slug: "nvram-is-own",
  severity: "error",
  stage: "runtime",
  title: "The UEFI variables of a guest must not be the shared template",
  why: "nvRam.nvRam names the file that belongs to the guest, nvRam.template what it is made from. A guest that names the template as its own writes its boot entries and keys into the file of all guests, and the provider deletes it with the guest.",
  fix: "Name the template in nvRam.template, and a file of the guest's own in nvRam.nvRam.",
  sources: [
    "libvirt: nvram is the file of the guest, its attribute template what it is copied from",
    "provider 0.9.7 domain_resource.go: destroy undefines with the NVRAM flag, which removes the file",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "os.nvRam"),
  *check({ domain, label }) {
    const { nvRam: file, template } = domain.os?.nvRam ?? {};
    if (file === undefined) return;
    if (isLate(file)) yield undetermined("the UEFI variables of a guest are known only at apply");
    else if (file !== template && !TEMPLATES.test(file)) yield pass;
    else {
      yield fail({
        at: "os.nvRam.nvRam",
        message: `"${label}" has the template ${file} for its own UEFI variables.`,
        fix: `set nvRam to { template: "${file}", nvRam: "/var/lib/libvirt/qemu/nvram/${label}_VARS.fd" }`,
      });
    }
  },
  examples: {
    bad: (plan) => plan.kvm(uefi("/usr/share/OVMF/OVMF_VARS_4M.fd")),
    good: (plan) => plan.kvm(uefi("/var/lib/libvirt/qemu/nvram/web_VARS.fd")),
  },
});

function uefi(nvram: string): Record<string, unknown> {
  return {
    os: {
      loader: "/usr/share/OVMF/OVMF_CODE_4M.fd",
      loader_readonly: "yes",
      loader_type: "pflash",
      nv_ram: { nv_ram: nvram, template: "/usr/share/OVMF/OVMF_VARS_4M.fd" },
    },
  };
}
