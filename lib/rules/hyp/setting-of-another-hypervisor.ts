import { isLate } from "../../plan/late";
import { defineRule, fail, having, type Outcome, pass, qemuGuests, undetermined } from "../../rule";

interface Foreign {
  readonly attribute:
    | "bootloader"
    | "bootloaderArgs"
    | "memoryTune.minGuarantee"
    | "devices.memBalloon.model";
  /** The word that is foreign. @default - the attribute as such is */
  readonly word?: string;
  readonly owner: string;
  readonly fix: string;
}

const FOREIGN: readonly Foreign[] = [
  { attribute: "bootloader", owner: "Xen", fix: "remove it: firmware boots a guest of QEMU" },
  { attribute: "bootloaderArgs", owner: "Xen", fix: "remove it: firmware boots a guest of QEMU" },
  {
    attribute: "memoryTune.minGuarantee",
    owner: "VMware",
    fix: "remove it, or lock the memory (memoryBacking.memoryLocked)",
  },
  { attribute: "devices.memBalloon.model", word: "xen", owner: "Xen", fix: 'use model "virtio"' },
];

/** libvirt describes guests of many hypervisors in one language. */
export const settingOfAnotherHypervisor = defineRule({
  code: "VIRT-HYP-082",
  slug: "setting-of-another-hypervisor",
  severity: "error",
  stage: "define",
  title: "A guest of QEMU takes no settings of other hypervisors",
  why: "A boot loader that runs on the host and the memory balloon of model xen are Xen's, a guaranteed minimum of memory is one of VMware. libvirt knows the words and refuses them for QEMU.",
  fix: "Remove the setting, or use the one that QEMU has for it.",
  sources: [
    "libvirt qemu_domain.c qemuDomainDefPostParse; qemu_validate.c qemuValidateDomainDef, qemuValidateDomainDeviceDefMemballoon",
    "tried: libvirt 9.0.0, define: bootloader is not supported by QEMU; Parameter 'min_guarantee' not supported by QEMU; of memballoon xen: Cannot automatically add a new PCI bus for a device with connect flags 00",
  ],
  needs: ["guest"],
  on: having(qemuGuests, ...FOREIGN.map(({ attribute }) => attribute)),
  *check({ domain, label }): Iterable<Outcome> {
    const given: Readonly<Record<Foreign["attribute"], unknown>> = {
      bootloader: domain.bootloader,
      bootloaderArgs: domain.bootloaderArgs,
      "memoryTune.minGuarantee": domain.memoryTune?.minGuarantee || undefined,
      "devices.memBalloon.model": domain.devices?.memBalloon?.model,
    };
    for (const { attribute, word, owner, fix } of FOREIGN) {
      const value = given[attribute];
      if (value === undefined) continue;
      if (word !== undefined && isLate(value)) yield undetermined(`${attribute} is known only at apply`);
      else if (word !== undefined && value !== word) yield pass;
      else {
        yield fail({
          at: attribute,
          message: `"${label}" sets ${attribute}${word ? ` to ${word}` : ""}, which is for ${owner}.`,
          fix,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { mem_balloon: { model: "xen" } } }),
    good: (plan) => plan.kvm({ devices: { mem_balloon: { model: "virtio" } } }),
  },
});
