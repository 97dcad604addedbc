import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import type { Plan } from "../../plan/plan";
import { volumeOfDisk } from "../../plan/storage";
import { formatKiB, toKiB } from "../../plan/units";
import { defineRule, fail, guests, notApplicable, type Outcome, pass, undetermined } from "../../rule";
import { rootDisk } from "./installation";

const GIB = 2 ** 20;

/** The disk must hold the system, and some systems refuse a single processor. */
export const resourcesMeetOsMinimum = defineRule({
  code: "VIRT-GOS-003",
  slug: "resources-meet-os-minimum",
  severity: "warning",
  stage: "boot",
  title: "A guest should have the root disk and vCPUs that its operating system needs",
  why: "Vendors say how large the disk must be and how many processors a system needs at least. Windows 11 refuses to be installed with less, which is an error; others run out of space during the installation or the first updates.",
  fix: "Give the guest a larger root volume, or more vCPUs.",
  sources: [
    "the catalogue of guest operating systems, with the vendors' numbers",
    "osinfo-db, resources minimum storage and n-cpus",
  ],
  needs: ["guest", "operating system", "plan"],
  on: guests,
  *check(guest, plan) {
    if (guest.os === undefined) return yield undetermined("the guest's operating system is not stated");
    yield checkVcpus(guest);
    yield checkDisk(guest, plan);
  },
  examples: {
    bad: (plan) =>
      plan.volume("root", { name: "web.img", capacity: 5, capacity_unit: "GiB" }).kvm({
        name: "web",
        intent: { os: "debian-12" },
      }),
    good: (plan) =>
      plan.volume("root", { name: "web.img", capacity: 20, capacity_unit: "GiB" }).kvm({
        name: "web",
        intent: { os: "debian-12" },
      }),
  },
});

function checkVcpus({ os, arch, vcpus, label }: PlanGuest): Outcome {
  const { vcpus: needed, strict } = os!.minimumOn(arch ?? "");
  if (needed === undefined) return undetermined(`how many vCPUs ${os!.name} needs is not known`);
  // One is what every guest has.
  if (needed === 1) return pass;
  if (isLate(vcpus)) return undetermined("the number of vCPUs is known only at apply");
  if (vcpus >= needed) return pass;
  return fail({
    severity: strict ? "error" : "warning",
    at: "vcpu",
    message: `${os!.name} needs ${needed} vCPUs, "${label}" has ${vcpus}.${strict ? " Its installer refuses less." : ""}`,
    fix: `set vcpu to at least ${needed}`,
  });
}

/** Only volumes of the plan have a size that is known. */
function checkDisk(guest: PlanGuest, plan: Plan): Outcome {
  const { os, arch, label } = guest;
  const { diskGiB: needed, strict } = os!.minimumOn(arch ?? "");
  const root = rootDisk(guest);
  if (root === "late") return undetermined("the guest's root disk is known only at apply");
  const volume = root && volumeOfDisk(plan, guest, root.disk);
  const capacity = volume && toKiB(volume.config.capacity, volume.config.capacityUnit, "bytes");
  if (capacity === undefined) return notApplicable;
  if (needed === undefined) return undetermined(`how large a disk ${os!.name} needs is not known`);
  if (isLate(capacity)) return undetermined("the size of a root volume is known only at apply");
  if (capacity >= needed * GIB) return pass;
  return fail({
    severity: strict ? "error" : "warning",
    places: [volume!, guest],
    at: "capacity",
    message: `${os!.name} needs a root disk of ${needed} GiB, "${label}" has ${formatKiB(capacity as number)} (${volume!.label}).${
      strict ? " Its installer refuses less." : ""
    }`,
    fix: `set the capacity of ${volume!.label} to at least ${needed} GiB`,
  });
}
