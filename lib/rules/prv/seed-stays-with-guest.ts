import type { PlanExample } from "../../plan/example";
import { defineRule, fail, notApplicable, pass } from "../../rule";
import { volumes } from "../sto/volumes";

/** The provider makes the ISO on the machine that runs Terraform, and looks for it there at each run. */
export const seedStaysWithGuest = defineRule({
  code: "VIRT-PRV-105",
  slug: "seed-stays-with-guest",
  severity: "warning",
  stage: "apply",
  title: "A volume made of a first-boot ISO should not follow the ISO",
  why: "The provider keeps the ISO of libvirt_cloudinit_disk in the temporary folder of the machine that runs Terraform. In a pipeline it is gone at the next run: the provider makes it anew, its path is another, and the volume made of it is replaced under a guest that runs.",
  fix: "Ignore changes of the volume's create in its lifecycle, as the first-boot volume of a guest of this package does.",
  sources: [
    "measured with provider 0.9.7: without the ISO in the temporary folder the plan creates the disk anew and replaces the volume of its path",
  ],
  needs: ["plan"],
  on: volumes,
  check: (volume, plan) => {
    const url = volume.config.create?.content?.url;
    const { ignores } = volume.raw.lifeCycle ?? {};
    if (url === undefined || ignores === undefined) return notApplicable;
    const iso = plan.referenced(volume, url);
    if (iso?.type !== "libvirt_cloudinit_disk") return notApplicable;
    if (ignores.some((each) => each === "all" || each === "create")) return pass;
    return fail({
      at: "create.content.url",
      places: [volume, iso],
      message: `Volume "${volume.label}" is made of ${iso.address}, which is made anew, and the volume with it, wherever the ISO is not in the temporary folder: at each run of a pipeline.`,
      fix: 'set lifecycle.ignore_changes to ["create"]',
    });
  },
  examples: {
    bad: (plan) => seeded(plan, []),
    good: (plan) => seeded(plan, ["create"]),
  },
});

function seeded(plan: PlanExample, ignores: readonly string[]): void {
  plan
    .resource("libvirt_cloudinit_disk", "seed", {
      name: "seed",
      user_data: "#cloud-config\n",
      meta_data: "instance-id: web\n",
    })
    .volume("seed_iso", {
      name: "seed.iso",
      capacity: null,
      target: null,
      create: { content: { url: "${libvirt_cloudinit_disk.seed.path}" } },
      lifecycle: { ignore_changes: ignores },
    });
}
