import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  having,
  needsFacts,
  type Outcome,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";

interface Bound {
  readonly at: string;
  readonly what: string;
  /** The architectures that have it. */
  readonly on: RegExp;
  readonly owner: string;
  readonly fix: string;
}

const POWER = /^ppc64/;
const MAINFRAME = /^s390/;
const PC = /^(?:x86_64|i686)$/;

/** Some devices are a part of one architecture. */
export const deviceFitsArchitecture = defineRule({
  code: "VIRT-FW-085",
  slug: "device-fits-architecture",
  severity: "error",
  stage: "define",
  title: "A panic device, a watchdog and an NVRAM device must be ones of the guest's architecture",
  why: "A guest tells of its panic by a device of the PC, by Hyper-V on x86, by the firmware of POWER, or as mainframes do. The watchdog diag288 is one of mainframes, and the NVRAM device one of POWER; the variables of UEFI are no device, but os.nvRam.",
  fix: "Use panic model isa or hyperv and a watchdog of model i6300esb on x86.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDefPanic, qemuValidateDomainWatchdogDef, qemuValidateDomainDeviceDefNVRAM",
    "tried: libvirt 9.0.0, define on x86 of panic pseries and s390: only pSeries (S390) guests support panic device of model; of watchdog diag288: is allowed for s390 and s390x only; of nvram: nvram device is only supported for PPC64",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.panics", "devices.watchdogs", "devices.nvram"),
  *check(guest): Iterable<Outcome> {
    const { arch, host, label } = guest;
    for (const { at, what, on, owner, fix } of bound(guest)) {
      if (isLate(arch)) yield undetermined("the architecture of a guest is known only at apply");
      else if (arch === undefined) yield needsFacts(host);
      else if (on.test(arch)) yield pass;
      else {
        const message = `"${label}" has ${what}, which guests of ${owner} have; it is one of ${arch}.`;
        yield fail({ at, message, fix });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { panics: [{ model: "pseries" }] } }),
    good: (plan) => plan.kvm({ devices: { panics: [{ model: "isa" }] } }),
  },
});

function* bound({ domain: { devices } }: PlanGuest): Iterable<Bound> {
  for (const [index, { model }] of (devices?.panics ?? []).entries()) {
    const on = { pseries: POWER, s390: MAINFRAME, hyperv: PC }[model ?? ""];
    if (on === undefined) continue;
    yield {
      at: `devices.panics[${index}].model`,
      what: `a panic device of model ${model}`,
      on,
      owner: on === POWER ? "POWER" : on === MAINFRAME ? "mainframes" : "x86",
      fix: "remove model: libvirt knows the one of the machine",
    };
  }
  for (const [index, { model }] of (devices?.watchdogs ?? []).entries()) {
    if (model !== "diag288") continue;
    yield {
      at: `devices.watchdogs[${index}].model`,
      what: "a watchdog of model diag288",
      on: MAINFRAME,
      owner: "mainframes",
      fix: 'use model "i6300esb"',
    };
  }
  if (devices?.nvram !== undefined && !isLate(devices.nvram)) {
    yield {
      at: "devices.nvram",
      what: "an NVRAM device",
      on: POWER,
      owner: "POWER",
      fix: "remove devices.nvram; the variables of UEFI are in os.nvRam",
    };
  }
}
