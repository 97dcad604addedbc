import type { PlanHost } from "../../plan/host";
import { isLate } from "../../plan/late";
import { groupBy, type Plan } from "../../plan/plan";
import type { PlanVolume } from "../../plan/storage";
import { defineRule, fail, guests, notApplicable, pass, undetermined } from "../../rule";
import { guestsOf, together, usersText } from "../together";
import { baseVolumeOf } from "./bases";
import { type ImageUse, imageKeyOfPath, imageUses } from "./image-uses";

/** An overlay holds only what differs from its base: change the base, and the overlay is of nothing. */
export const baseImageStaysUnwritten = defineRule({
  code: "VIRT-STO-009",
  slug: "base-image-stays-unwritten",
  severity: "error",
  stage: "start",
  title: "An image that overlays are based on cannot be a writable disk",
  why: "Whatever is written to a base image turns up in its overlays at places where they expect something else, and destroys their file systems. While a guest runs on an overlay, QEMU locks the base against writing.",
  fix: "Attach the base read-only, or give the guest an overlay of its own.",
  sources: [
    'tried: QEMU 7.2 under libvirt 9.0.0 refuses to start a guest that writes to the base of an overlay in use, and a guest on an overlay whose base is in use for writing (Failed to get "write" lock); a read-only disk and several overlays on one base start',
    "libvirt docs/kbase/backing_chains.rst",
  ],
  needs: ["plan"],
  on: guests,
  *check(guest, plan) {
    const writable = (usesByGuest(plan).get(guest) ?? []).filter(({ writes }) => writes);
    const bases = basesOn(plan, guest.host);
    if (writable.length === 0 || bases === undefined) return yield notApplicable;
    if (writable.some(({ key }) => key === undefined) || bases.has("late")) {
      yield undetermined("a disk or the base of a volume is known only at apply");
    } else yield pass;
    const written = writable.filter(({ key }) => bases.has(key));
    for (const base of new Map(written.map((use) => [use.key, use])).values()) {
      const overlays = bases.get(base.key)!;
      const running = overlays.flatMap((overlay) => usersOf(plan, guest.host, overlay));
      const refused = guest.isQemu && together([base, ...running]) === "several";
      const names = overlays.map(({ label }) => label).join(", ");
      yield fail({
        severity: refused ? "error" : "warning",
        at: base.at,
        key: base.key,
        places: [guest, ...overlays, ...guestsOf(running).filter((other) => other !== guest)],
        message: `"${guest.label}" can write to ${base.label}, the base of ${names}${
          refused
            ? `: QEMU refuses to run it beside ${whoseText(running)}`
            : ", which is destroyed as soon as it does"
        }.`,
        fix: `give "${guest.label}" an overlay on ${base.label} of its own, or attach ${base.label} read-only`,
      });
    }
  },
  examples: {
    bad: (plan) =>
      plan
        .volume("golden")
        .volume("web", {
          backing_store: { path: "${libvirt_volume.golden.path}", format: { type: "qcow2" } },
        })
        .kvm({
          name: "template",
          devices: {
            disks: [
              {
                source: { volume: { pool: "default", volume: "golden.qcow2" } },
                target: { dev: "vda" },
                driver: { name: "qemu", type: "qcow2" },
              },
            ],
          },
        })
        .kvm({
          name: "web",
          devices: {
            disks: [
              {
                source: { volume: { pool: "default", volume: "web.qcow2" } },
                target: { dev: "vda" },
                driver: { name: "qemu", type: "qcow2" },
              },
            ],
          },
        }),
    good: (plan) =>
      plan
        .volume("golden")
        .volume("web", {
          backing_store: { path: "${libvirt_volume.golden.path}", format: { type: "qcow2" } },
        })
        .kvm({
          name: "web",
          devices: {
            disks: [
              {
                source: { volume: { pool: "default", volume: "web.qcow2" } },
                target: { dev: "vda" },
                driver: { name: "qemu", type: "qcow2" },
              },
            ],
          },
        }),
  },
});

/** The overlays of the plan on a host by their base; under "late" those whose base only apply knows. */
function basesOn(plan: Plan, host: PlanHost): ReadonlyMap<string | undefined, PlanVolume[]> | undefined {
  const byHost = plan.index("overlays by base", () => {
    const overlays = plan.volumes.filter((volume) => volume.config.backingStore?.path !== undefined);
    const hosts = groupBy(overlays, (volume) => volume.host);
    return new Map([...hosts].map(([each, own]) => [each, groupBy(own, (volume) => baseOf(plan, volume))]));
  });
  return byHost.get(host);
}

function baseOf(plan: Plan, volume: PlanVolume): string {
  const base = baseVolumeOf(plan, volume);
  if (base) return `${base.unit}/${base.address}`;
  const { path } = volume.config.backingStore!;
  return isLate(path) ? "late" : imageKeyOfPath(plan, volume.host, path);
}

function usesByGuest(plan: Plan): ReadonlyMap<unknown, ImageUse[]> {
  return plan.index("image uses by guest", () => groupBy(imageUses(plan), (use) => use.guest));
}

/** The guests of a host that have a volume of the plan as a disk. */
function usersOf(plan: Plan, host: PlanHost, { unit, address }: PlanVolume): readonly ImageUse[] {
  const byKey = plan.index("image uses by key", () => groupBy(imageUses(plan), (use) => use.key));
  return (byKey.get(`${unit}/${address}`) ?? []).filter((use) => use.guest.host === host);
}

function whoseText(uses: readonly ImageUse[]): string {
  return uses.length > 1 ? usersText(uses) : `"${uses[0]!.guest.label}"`;
}
