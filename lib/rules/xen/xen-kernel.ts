import { isArm } from "../../plan/arch";
import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import type { Plan } from "../../plan/plan";
import { fail, notApplicable, type Outcome, pass, undetermined } from "../../rule";

/** A kernel that a kind of Xen guest needs. */
interface XenKernel {
  readonly mode: "xen-pv" | "xen-pvh";
  /** The operating system's fact that tells. */
  readonly fact: "pv" | "pvh";
  /** `no kernel for Xen PV`: what a system without it has. */
  readonly lack: string;
  readonly consequence: string;
  /** The other kind of guest with a Xen kernel, which the system may have. */
  readonly other: { readonly fact: "pv" | "pvh"; readonly construct: string };
}

/** Whether the guest's operating system has the kernel that this kind of guest needs. */
export function checkXenKernel(guest: PlanGuest, plan: Plan, kernel: XenKernel): Outcome {
  const { os, label, arch, osType } = guest;
  if (isLate(osType)) return undetermined("the guest's type is known only at apply");
  // ARM has one type of guest, which libvirt calls PV, and an ordinary kernel boots in it.
  if (guest.mode !== kernel.mode || isArm(arch)) return notApplicable;
  if (os === undefined) return undetermined(whyNoOs(guest));
  const able = os.xen[kernel.fact];
  if (able === undefined) {
    return undetermined(
      `whether ${os.name} has ${kernel.lack.replace(/^no /, "a ")} is not known${os.xen.note ? ` (${os.xen.note})` : ""}`,
    );
  }
  if (able) return pass;
  if (isLate(arch)) return undetermined("the guest's architecture is known only at apply");

  const hvm = plan.hostsOffering("hvm", arch ?? "x86_64", "xen").map((host) => host.label);
  const other = os.xen[kernel.other.fact] ? `${kernel.other.construct} or ` : "";
  const replaceable = os.family !== "windows" && os.family !== "macos";
  const ownKernel = replaceable
    ? `; if it boots another kernel than ${os.name}'s own, state the system with GuestOs.of({ …, xen: { ${kernel.fact}: true } })`
    : "";
  // Metadata names the system on the disk. Only its user knows which kernel the file beside it is.
  const guessed = replaceable && guest.intent?.os === undefined && guest.domain.os?.kernel !== undefined;
  return fail({
    severity: guessed ? "warning" : "error",
    at: "os.type",
    message: `${os.name} has ${kernel.lack}, so "${label}" cannot ${kernel.consequence}${guessed ? ` unless ${guest.domain.os?.kernel} is another system's kernel` : ""}.`,
    fix: `use ${other}XenHvmGuest on a host with VT-x or AMD-V (in this plan: ${hvm.join(", ") || "none is known"}), or KvmGuest${ownKernel}`,
  });
}

/** Why the plan does not tell which operating system a guest runs. */
function whyNoOs(guest: PlanGuest): string {
  const xml = guest.domain.metadata?.xml;
  if (isLate(xml)) return "the metadata that would name the guest's operating system is known only at apply";
  return xml?.includes("libosinfo.org/xmlns")
    ? "the guest's metadata names an operating system that is not in the catalogue"
    : "the guest's operating system is not stated";
}
