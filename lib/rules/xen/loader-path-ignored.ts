import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  having,
  notApplicable,
  type Outcome,
  pass,
  undetermined,
  xenGuests,
} from "../../rule";
import { isKind, lateKind } from "./xen-mode";

/** The images that Xen builds and installs, and Debian's of its package ovmf, by file name. */
const OWN = new Set(["hvmloader", "ovmf.bin", "OVMF.fd"]);

/** libxl hears which kind of firmware to start, and has one image of each kind built in. */
export const loaderPathIgnored = defineRule({
  code: "VIRT-XEN-059",
  slug: "loader-path-ignored",
  severity: "warning",
  stage: "silent",
  title: "A Xen HVM guest starts the firmware that its host has built in",
  why: "libvirt's Xen driver passes on whether the loader is of type pflash (UEFI) or not (BIOS), and not its path: Xen starts hvmloader with SeaBIOS, or the OVMF that it was built with. On a host without that OVMF the guest does not start, though the file that was named exists.",
  fix: "Remove os.loader and set os.firmware to efi for UEFI; install Xen's OVMF on the host (Debian: package ovmf).",
  sources: [
    "libvirt libxl_conf.c libxlMakeDomBuildInfo",
    "tried: Xen 4.17, libvirt 9.0.0, HVM: a loader of type rom that does not exist starts, with hvmloader/bios = seabios; a loader of type pflash that exists: start refused, failed to read BIOS file: No such file or directory",
    "tried: Debian 12's Xen 4.17 looks for /usr/share/ovmf/OVMF.fd, which its packages only suggest; firmware efi is refused at start without the file, and starts with it",
  ],
  needs: ["guest"],
  on: having(xenGuests, "os.loader"),
  check: (guest): Outcome => {
    const { loader, loaderType } = guest.domain.os ?? {};
    if (loader === undefined) return notApplicable;
    const hvm = isKind(guest, "xen-hvm");
    if (hvm === false) return notApplicable;
    if (isLate(loader)) return undetermined("the guest's loader is known only at apply");
    if (OWN.has(loader.slice(loader.lastIndexOf("/") + 1)) || hostNames(guest, loader)) return pass;
    if (hvm === undefined) return lateKind;
    const uefi = isLate(loaderType) || loaderType === "pflash";
    return fail({
      at: "os.loader",
      message: `HVM guest "${guest.label}" names the loader ${loader}: Xen would start ${uefi ? "the OVMF that it was built with, if the host has it," : "its own hvmloader with SeaBIOS"} instead.`,
      fix: uefi ? 'remove os.loader and set os.firmware to "efi"' : "remove os.loader",
    });
  },
  examples: {
    bad: (plan) => plan.xenHvm({ os: { loader: "/opt/seabios.bin", loader_type: "rom" } }),
    good: (plan) => plan.xenHvm({ os: { loader: "/usr/lib/xen/boot/hvmloader", loader_type: "rom" } }),
  },
});

/** Whether the host's capabilities list the loader, as what its Xen starts. */
function hostNames({ host, arch }: PlanGuest, loader: string): boolean {
  const capabilities = host.facts?.data.domainCapabilities;
  return capabilities?.some((each) => each.arch === arch && each.loaders?.includes(loader)) ?? false;
}
