import { textsOf } from "../../plan/instances";
import { isLate } from "../../plan/late";
import { groupBy } from "../../plan/plan";
import { defineRule, fail, hosts, notApplicable, pass, undetermined } from "../../rule";
import { guestsOf, together, usersText } from "../together";

/** The variables are the firmware's memory: what to boot, and which keys to trust. */
export const uniqueNvram = defineRule({
  code: "VIRT-UNQ-007",
  slug: "unique-nvram",
  severity: "error",
  stage: "silent",
  title: "Every UEFI guest needs a file of its own for its variables",
  why: "Two firmwares that write to one file overwrite each other's boot entries and keys; after the next start one of them may find nothing to boot. QEMU does not lock the file.",
  fix: "Give each guest another path, or leave it out: libvirt then names the file after the guest.",
  sources: ["tried: libvirt 9.0.0 with QEMU 7.2 starts two UEFI guests on one nvram file without a word"],
  needs: ["plan"],
  on: hosts,
  *check(host, plan) {
    const uses = plan.guestsOn(host).flatMap((guest) => {
      const path = guest.domain.os?.nvRam?.nvRam;
      if (path === undefined) return [];
      const texts = textsOf(guest, path);
      return (texts ?? [path]).map((text) => ({ guest, path: text, uncertain: texts === undefined }));
    });
    if (uses.length === 0) return yield notApplicable;
    yield pass;
    for (const [path, same] of groupBy(uses, (use) => use.path)) {
      const verdict = together(same);
      if (verdict === "perhaps") yield undetermined("which guests run together is known only at apply");
      if (verdict !== "several" && verdict !== "alternately") continue;
      yield fail({
        severity: verdict === "several" ? "error" : "warning",
        at: "os.nvRam.nvRam",
        key: path,
        places: guestsOf(same),
        message: `${usersText(same)} of "${host.label}" keep their UEFI variables in one file: ${path}.`,
        fix: "give each guest another path, such as /var/lib/libvirt/qemu/nvram/NAME_VARS.fd, or leave it out",
      });
    }
    if (uses.length > 1 && uses.some((use) => isLate(use.path))) {
      yield undetermined("the file of a guest's UEFI variables is known only at apply");
    }
  },
  examples: {
    bad: (plan) =>
      plan
        .kvm({
          name: "a",
          os: {
            loader: "/usr/share/OVMF/OVMF_CODE_4M.fd",
            loader_readonly: "yes",
            loader_type: "pflash",
            nv_ram: { nv_ram: "/var/lib/libvirt/qemu/nvram/a_VARS.fd" },
          },
        })
        .kvm({
          name: "b",
          os: {
            loader: "/usr/share/OVMF/OVMF_CODE_4M.fd",
            loader_readonly: "yes",
            loader_type: "pflash",
            nv_ram: { nv_ram: "/var/lib/libvirt/qemu/nvram/a_VARS.fd" },
          },
        }),
    good: (plan) =>
      plan
        .kvm({
          name: "a",
          os: {
            loader: "/usr/share/OVMF/OVMF_CODE_4M.fd",
            loader_readonly: "yes",
            loader_type: "pflash",
            nv_ram: { nv_ram: "/var/lib/libvirt/qemu/nvram/a_VARS.fd" },
          },
        })
        .kvm({
          name: "b",
          os: {
            loader: "/usr/share/OVMF/OVMF_CODE_4M.fd",
            loader_readonly: "yes",
            loader_type: "pflash",
            nv_ram: { nv_ram: "/var/lib/libvirt/qemu/nvram/b_VARS.fd" },
          },
        }),
  },
});
