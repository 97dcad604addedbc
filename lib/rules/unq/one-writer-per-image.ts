import { groupBy, type Plan } from "../../plan/plan";
import { defineRule, fail, guests, notApplicable, type Outcome, pass, undetermined } from "../../rule";
import { type ImageUse, imagesInUse, imageUses } from "../sto/image-uses";
import { guestsOf, together, usersText } from "../together";

/** A file system has one master: what two guests write to one image overwrites each other. */
export const oneWriterPerImage = defineRule({
  code: "VIRT-UNQ-005",
  slug: "one-writer-per-image",
  severity: "error",
  stage: "runtime",
  title: "An image that a guest writes to cannot be another guest's disk",
  why: "Two systems that write to one image destroy its file system. QEMU locks local images and refuses the second guest at start, also one that only reads beside a writer; Xen and images on the network have no such lock. Where a cluster file system is meant, every disk says shareable.",
  fix: "Give each guest an image of its own, such as an overlay on a common base; or make all of them read-only; or, for a cluster file system, all of them shareable.",
  sources: [
    'tried: QEMU 7.2 under libvirt 9.0.0 refuses the second guest on a writable image (Failed to get "write" lock), whether it writes, reads or has it as a CD-ROM, and the same image twice in one guest; it starts readers alone, and guests that all say shareable; one that does not is refused',
    "libxl opens images with locking off, and libvirt's own lock manager does nothing by default (libvirt docs/kbase/locking.rst)",
  ],
  needs: ["plan"],
  on: guests,
  *check(guest, plan) {
    if (guest.disks.length === 0) return yield notApplicable;
    yield pass;
    for (const uses of sharedImages(plan).get(guest) ?? []) yield outcomeOf(uses);
    const uses = imageUses(plan);
    const late = uses.length > 1 && lateWriters(plan).has(guest);
    if (late) yield undetermined("the image of a disk is known only at apply");
  },
  examples: {
    bad: (plan) =>
      plan
        .kvm({
          name: "a",
          devices: { disks: [{ source: { file: { file: "/srv/data.img" } }, target: { dev: "vda" } }] },
        })
        .kvm({
          name: "b",
          devices: { disks: [{ source: { file: { file: "/srv/data.img" } }, target: { dev: "vda" } }] },
        }),
    good: (plan) =>
      plan
        .kvm({
          name: "a",
          devices: { disks: [{ source: { file: { file: "/srv/a.img" } }, target: { dev: "vda" } }] },
        })
        .kvm({
          name: "b",
          devices: { disks: [{ source: { file: { file: "/srv/b.img" } }, target: { dev: "vda" } }] },
        }),
  },
});

/** Images that several disks have and at least one may write, by the first guest. */
function sharedImages(plan: Plan): ReadonlyMap<unknown, (readonly ImageUse[])[]> {
  return plan.index("images that are shared and written", () =>
    groupBy(
      imagesInUse(plan).filter(
        (uses) => uses.some(({ writes }) => writes) && !uses.every(({ shareable }) => shareable),
      ),
      (uses) => uses[0]!.guest,
    ),
  );
}

function lateWriters(plan: Plan): ReadonlySet<unknown> {
  return plan.index(
    "guests that write to late images",
    () =>
      new Set(
        imageUses(plan).flatMap(({ key, writes, guest }) => (key === undefined && writes ? [guest] : [])),
      ),
  );
}

function outcomeOf(uses: readonly ImageUse[]): Outcome {
  const verdict = together(uses);
  if (verdict === "single") return pass;
  if (verdict === "perhaps") return undetermined("which guests run together is known only at apply");
  const [first] = uses;
  const writers = uses.filter(({ writes }) => writes);
  const readers = uses.filter(({ writes }) => !writes);
  // Only QEMU's lock on a local image stands between one writer and its readers.
  const refused = writers.length > 1 || (first!.guest.isQemu && !first!.network);
  return fail({
    severity: refused && verdict === "several" ? "error" : "warning",
    at: first!.at,
    key: first!.key,
    places: guestsOf(uses),
    message: [
      writers.length > 1
        ? `Image ${first!.label} is a writable disk of ${whoseText(writers)}, and only one can write to it`
        : `Image ${first!.label} is a writable disk of ${whoseText(writers)} and also a disk of ${whoseText(readers)}, which would see it change`,
      verdict === "alternately" ? ": they cannot run at the same time." : ".",
    ].join(""),
    fix: fixFor(uses),
  });
}

function fixFor(uses: readonly ImageUse[]): string {
  const [guest, ...others] = guestsOf(uses);
  if (others.length === 0) {
    return guest!.repeated ? "give each instance a volume of its own" : "remove all but one of its disks";
  }
  return "give each guest an image of its own, such as an overlay on a common base; for a cluster file system use a raw image and say shareable on every disk";
}

/** One guest may have the image as two of its disks. */
function whoseText(uses: readonly ImageUse[]): string {
  const [guest, ...others] = guestsOf(uses);
  if (others.length > 0 || guest!.repeated) return usersText(uses);
  return uses.length > 1 ? `"${guest!.label}" ${uses.length} times` : `"${guest!.label}"`;
}
