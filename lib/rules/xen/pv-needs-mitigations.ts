import { isArm } from "../../plan/arch";
import type { PlanHost } from "../../plan/host";
import type { Plan } from "../../plan/plan";
import {
  defineRule,
  fail,
  needsFacts,
  notApplicable,
  type Outcome,
  pass,
  undetermined,
  xenGuests,
} from "../../rule";
import { allOf } from "../hyp/offers";
import { isKind, lateKind } from "./xen-mode";

/** Options of Xen that protect it from PV guests on Intel CPUs, and what against. */
const MITIGATIONS = { xpti: "Meltdown", "pv-l1tf": "L1TF" } as const;
const OFF = new Set(["off", "no", "false", "0", "disable"]);
/** CPU features of one vendor alone. */
const OF_INTEL = ["vmx", "est", "tm2", "pbe"];
const OF_AMD = ["svm", "sse4a", "3dnowext", "cr8legacy"];

/** A PV guest runs on the hypervisor's page tables; on Intel CPUs it takes software to keep it from reading through them. */
export const pvNeedsMitigations = defineRule({
  code: "VIRT-XEN-042",
  slug: "pv-needs-mitigations",
  severity: "warning",
  stage: "advice",
  title: "PV guests run on hosts that protect Xen from them",
  why: "The kernel of a PV guest can read the memory of Xen and of all other guests by Meltdown or L1TF on Intel CPUs without hardware fixes. Xen prevents that unless its command line switches the protection off (xpti, pv-l1tf). HVM and PVH guests have page tables of their own.",
  fix: "Boot Xen without xpti=off and pv-l1tf=off, or run the system as PVH or HVM.",
  sources: [
    "xen-command-line(7), xpti and pv-l1tf; XSA-254, XSA-273",
    "xl.cfg(5) pvshim; Xen SUPPORT.md x86/PV",
  ],
  needs: ["guest", "host facts"],
  on: xenGuests,
  check: (guest, plan): Outcome => {
    const { host, label, os } = guest;
    const pv = isKind(guest, "xen-pv");
    if (pv === false || isArm(guest.arch)) return notApplicable;
    const off = switchedOff(plan, host);
    if (off === undefined) return needsFacts(host);
    if (off.length === 0) return pass;
    const intel = isIntel(host);
    if (intel === false) return pass;
    if (intel === undefined)
      return undetermined(`whether the CPU of "${host.label}" is Intel's is not known`);
    if (pv === undefined) return lateKind;
    const pvh = os?.xen.pvh === true && host.facts?.hardwareVirtualization === true;
    return fail({
      at: "os.type",
      message: `"${host.label}" runs Xen with ${off.map((each) => `${each}=off`).join(" and ")}: PV guest "${label}" could read all its memory by ${allOf(off.map((each) => MITIGATIONS[each]))}.`,
      fix: `boot Xen on ${host.label} without ${off.length > 1 ? "them" : "it"}, or run "${label}" as ${pvh ? "XenPvhGuest or " : ""}XenHvmGuest`,
    });
  },
  examples: {
    bad: (plan) => plan.xenHost("xen1", { facts: hostWith("dom0_mem=4096M xpti=off") }).xenPv(),
    good: (plan) => plan.xenHost("xen1", { facts: hostWith("dom0_mem=4096M") }).xenPv(),
  },
});

function hostWith(commandLine: string) {
  return {
    cpu: { vendor: "Intel", features: [] },
    xen: { capabilities: [], virtCaps: [], commandLine },
  };
}

/** Of each host once, whatever its number of guests. The last of a repeated option wins. */
function switchedOff(plan: Plan, host: PlanHost): readonly (keyof typeof MITIGATIONS)[] | undefined {
  const commandLine = host.facts?.data.xen?.commandLine;
  if (commandLine === undefined) return undefined;
  return plan.index(`mitigations off: ${host.label}\n${commandLine}`, () => {
    const options = commandLine.split(" ");
    return (Object.keys(MITIGATIONS) as (keyof typeof MITIGATIONS)[]).filter((name) => {
      const last = options
        .filter((option) => option === `no-${name}` || option.startsWith(`${name}=`))
        .at(-1);
      // A list may speak of dom0 and of the guests apart.
      const ofGuests = last
        ?.slice(name.length + 1)
        .split(",")
        .filter((part) => !part.startsWith("dom0="))
        .at(-1);
      return last === `no-${name}` || OFF.has(ofGuests?.replace("domu=", "") ?? "");
    });
  });
}

function isIntel({ facts }: PlanHost): boolean | undefined {
  const { vendor, features = [] } = facts?.data.cpu ?? {};
  if (vendor !== undefined) return vendor === "Intel";
  if (features.some((each) => OF_AMD.includes(each))) return false;
  return features.some((each) => OF_INTEL.includes(each)) ? true : undefined;
}
