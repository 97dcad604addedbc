import { isLate } from "../../plan/late";
import { defineRule, fail, having, notApplicable, pass, qemuGuests, undetermined } from "../../rule";

/** UEFI keeps its variables in NVRAM; firmware that keeps none has no use for one. */
export const nvramFitsFirmware = defineRule({
  code: "VIRT-FW-007",
  slug: "nvram-fits-firmware",
  severity: "error",
  stage: "define",
  title: "NVRAM belongs to UEFI that keeps its variables",
  why: "A stateless loader writes nothing and has no NVRAM, nor a template of it. Legacy BIOS and a ROM keep no variables: libvirt refuses NVRAM with os.firmware bios, and a loader of type rom that is not stateless; with a ROM it looks for a template of the NVRAM when the guest starts, and finds none.",
  fix: "Remove os.nvRam, or use UEFI that is not stateless.",
  sources: [
    "libvirt domain_validate.c virDomainDefOSValidate; qemu_process.c qemuProcessPrepareHostStorage, qemuPrepareNVRAM",
    "tried: libvirt 9.0.0, define of stateless=yes with nvram and with a template: NVRAM is not permitted when loader is stateless; of firmware bios with nvram: firmware type 'bios' does not support nvram; of bios with stateless=no: Only EFI firmware permits NVRAM; of type rom and of none with stateless=no: Only pflash loader type permits NVRAM",
    "tried: libvirt 9.0.0, start of type rom with nvram: unable to find any master var store for loader; with a template it starts",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "os.nvRam", "os.loaderStateless"),
  check: (guest) => {
    const { domain, label } = guest;
    const { os } = domain;
    const [stateless, nvram] = [os?.loaderStateless, os?.nvRam];
    if (stateless === undefined && nvram === undefined) return notApplicable;
    if (isLate(stateless) || isLate(os?.firmware) || isLate(os?.loaderType)) {
      return undetermined("the guest's firmware is known only at apply");
    }
    const refuse = (at: string, message: string, fix: string) =>
      fail({ at, message: `"${label}" ${message}`, fix });
    if (stateless === "yes" && nvram !== undefined) {
      return refuse(
        "os.nvRam",
        "has firmware without state (os.loaderStateless) and NVRAM to keep state in (os.nvRam).",
        "remove os.nvRam, or os.loaderStateless",
      );
    }
    const bios = os?.firmware === "bios";
    const rom = os?.loaderType === "rom";
    if (stateless === "no" && !os?.firmware && os?.loader !== undefined && os.loaderType === undefined) {
      return refuse(
        "os.loaderStateless",
        "has firmware of no stated type, which libvirt does not take for one that keeps state, and os.loaderStateless no.",
        'set os.loaderType to "pflash", or remove os.loaderStateless',
      );
    }
    if (!bios && !rom) return pass;
    const what = bios ? "legacy BIOS (os.firmware bios)" : "a ROM as firmware (os.loaderType rom)";
    if (stateless === "no") {
      return refuse(
        "os.loaderStateless",
        `has ${what}, which keeps no state, and os.loaderStateless no.`,
        "remove os.loaderStateless",
      );
    }
    if (nvram === undefined || (rom && !bios && nvram.template !== undefined)) return pass;
    return refuse(
      "os.nvRam",
      `has ${what}, which has no NVRAM, and os.nvRam.`,
      bios
        ? 'remove os.nvRam, or set os.firmware to "efi"'
        : 'remove os.nvRam, or set os.loaderType to "pflash"',
    );
  },
  examples: {
    bad: (plan) => plan.kvm({ os: { ...OVMF, loader_stateless: "yes", nv_ram: { nv_ram: "/srv/vars.fd" } } }),
    good: (plan) => plan.kvm({ os: { ...OVMF, loader_stateless: "yes" } }),
  },
});

const OVMF = { loader: "/usr/share/OVMF/OVMF_CODE_4M.fd", loader_readonly: "yes", loader_type: "pflash" };
