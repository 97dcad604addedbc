import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, guests, notApplicable, type Outcome, pass, undetermined } from "../../rule";

/** QEMU can end a guest or start it again, and keep one that has crashed; Xen's tools can do more. */
export const lifecycleActionSupported = defineRule({
  code: "VIRT-PWR-001",
  slug: "lifecycle-action-supported",
  severity: "error",
  stage: "define",
  title: "What happens when a guest stops must be something that its hypervisor can do",
  why: "A dump of the memory is made of a crash only. QEMU cannot keep a guest under another name, keeps one that has stopped only after a crash, and cannot restart on poweroff what it destroys on reboot.",
  fix: "Use destroy or restart; after a crash also preserve, coredump-destroy or coredump-restart.",
  sources: [
    "libvirt domain_conf.c virDomainDefLifecycleActionAllowed, qemu_validate.c qemuValidateLifecycleAction",
    "tried: libvirt 9.0.0 defines all six actions of each event but these: coredump-destroy and coredump-restart on poweroff and reboot, rename-restart anywhere, preserve on poweroff and reboot, and poweroff restart with reboot destroy",
  ],
  needs: ["guest"],
  on: guests,
  *check(guest) {
    const { onPoweroff, onReboot, onCrash } = guest.domain;
    if (onPoweroff === undefined && onReboot === undefined && onCrash === undefined)
      return yield notApplicable;
    if ([onPoweroff, onReboot, onCrash, guest.domain.type].some(isLate)) {
      yield undetermined("a lifecycle action of a guest is known only at apply");
    } else yield pass;
    yield checkAction(guest, "onPoweroff", onPoweroff);
    yield checkAction(guest, "onReboot", onReboot);
    yield checkAction(guest, "onCrash", onCrash);
    if (guest.isQemu && onPoweroff === "restart" && onReboot === "destroy") {
      yield fail({
        at: "onReboot",
        message: `"${guest.label}" would restart when it is switched off and be destroyed when it reboots, which QEMU cannot do.`,
        fix: 'set onReboot to "restart", or onPoweroff to "destroy"',
      });
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ on_poweroff: "preserve" }),
    good: (plan) => plan.kvm({ on_poweroff: "destroy", on_reboot: "restart", on_crash: "preserve" }),
  },
});

type Event = "onPoweroff" | "onReboot" | "onCrash";

function checkAction({ label, isQemu }: PlanGuest, event: Event, action: string | undefined): Outcome {
  if (action === undefined || isLate(action)) return notApplicable;
  const refusal = refusalOf(event, action, isQemu);
  if (refusal === undefined) return pass;
  const allowed = event === "onCrash" ? "destroy, restart or preserve" : "destroy or restart";
  return fail({
    at: event,
    message: `${event} of "${label}" is "${action}": ${refusal}.`,
    fix: `set ${event} to ${allowed}`,
  });
}

function refusalOf(event: Event, action: string, isQemu: boolean): string | undefined {
  const crash = event === "onCrash";
  if (!crash && action.startsWith("coredump-")) return "only of a crash a dump is made";
  if (!isQemu) return undefined;
  if (action === "rename-restart") return "only Xen can keep a guest under another name";
  return !crash && action === "preserve" ? "QEMU keeps a guest only after a crash" : undefined;
}
