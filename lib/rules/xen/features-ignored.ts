import type { Planned } from "../../plan/late";
import { isLate } from "../../plan/late";
import type { DomainFeaturesHyperV, DomainPm } from "../../provider/domain";
import { defineRule, type Outcome, xenGuests } from "../../rule";
import { type Ignored, ignoredIn, reportIgnored } from "./ignored";

const OF_FEATURES = {
  viridian: "Hyper-V enlightenments (viridian)",
  smm: "System Management Mode",
  kvm: "features of KVM",
  pmu: "a performance counter unit",
  pvSpinlock: "paravirtual spinlocks",
  ioapic: "a choice of I/O APIC",
  vmCoreInfo: "a vmcoreinfo device",
  vmPort: "a VMware port",
  gic: "a choice of interrupt controller",
};

const OF_OS = {
  nvRam: "NVRAM that keeps UEFI variables",
  bootMenu: "a boot menu",
  bios: "settings of SeaBIOS",
};

const OF_GUEST = { genId: "a generation id", sysInfo: "SMBIOS values" };

const BANS = { suspendToMem: "a ban on suspend to memory", suspendToDisk: "a ban on suspend to disk" };

/** libxl hears of ACPI, APIC, PAE and HAP, and of Xen's own features. */
export const featuresIgnored = defineRule({
  code: "VIRT-XEN-051",
  slug: "features-ignored",
  severity: "warning",
  stage: "silent",
  title: "A Xen guest has no Hyper-V enlightenments, SMM, SMBIOS values or generation id",
  why: "libvirt's Xen driver passes on acpi, apic, pae, hap and the features under xen. It accepts Hyper-V enlightenments, also under the name viridian, System Management Mode, SMBIOS values, a generation id a ban on suspend, a boot menu and what QEMU has besides, and drops them: Windows finds no Hyper-V to talk to. It has no NVRAM either: UEFI keeps its variables, such as the boot entries of an installed system, until the guest is powered off.",
  fix: "Remove the settings, or run the guest on KVM.",
  sources: [
    "libvirt libxl_conf.c libxlMakeDomCreateInfo and libxlMakeDomBuildInfo",
    "tried: Xen 4.17, libvirt 9.0.0, HVM: with hyperv (relaxed to vendor_id, eight of them) and with viridian the JSON configuration has no viridian; with smm it equals that without; with genid it has no ms_vm_genid, and the XML of the running guest shows an invented one; with sysinfo of type smbios and smbios mode sysinfo it equals that without",
    "tried: Xen 4.17 on ARM: with gic of version 2 the guest has one of version 3, as the host",
    "libvirt libxl_conf.c: of os it reads firmware, loader, kernel and the like, slic_table and the boot devices, and nothing of pm",
    "edk2 OvmfPkg/OvmfXen.dsc: variables are kept in memory (EmuVariableFvbRuntimeDxe)",
  ],
  needs: ["guest"],
  on: xenGuests,
  *check({ domain, label, mode }): Generator<Outcome> {
    const { features } = domain;
    const settings = [
      ...hyperV(isLate(features) ? undefined : features?.hyperV),
      ...ignoredIn(features, "features", OF_FEATURES),
      ...ignoredIn(domain, "", OF_GUEST),
      ...bans(domain.pm),
      // Other guests have no firmware at all.
      ...(mode === "xen-hvm" ? ignoredIn(domain.os, "os", OF_OS) : []),
    ];
    if (settings.length > 0) yield* reportIgnored(`"${label}"`, settings);
  },
  examples: {
    bad: (plan) => plan.xenHvm({ features: { hyper_v: { relaxed: { state: "on" } } } }),
    good: (plan) => plan.xenHvm({ features: { hap: { state: "on" } } }),
  },
});

/** Enlightenments that are all switched off ask for nothing. */
function hyperV(given: Planned<DomainFeaturesHyperV> | undefined): readonly Ignored[] {
  if (given === undefined) return [];
  const whole = { at: "features.hyperV", what: "Hyper-V enlightenments" };
  if (isLate(given)) return [{ ...whole, late: true }];
  const states = Object.values(given).map((each) => (typeof each === "object" ? (each.state ?? "on") : each));
  const asked = states.filter((state) => state !== "off");
  return asked.length === 0 ? [] : [{ ...whole, late: asked.every(isLate) }];
}

/** Xen offers a guest both: nothing is dropped where they are wanted. */
function bans(pm: Planned<DomainPm> | undefined): readonly Ignored[] {
  if (pm === undefined) return [];
  if (isLate(pm)) return [{ at: "pm", what: "a ban on suspend", late: true }];
  return (Object.keys(BANS) as (keyof typeof BANS)[]).flatMap((key) => {
    const given = pm[key];
    const enabled = isLate(given) ? given : given?.enabled;
    const ban = { at: `pm.${key}`, what: BANS[key], late: isLate(enabled) };
    return ban.late || enabled === "no" ? [ban] : [];
  });
}
