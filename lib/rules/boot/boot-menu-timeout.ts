import { isLate } from "../../plan/late";
import { defineRule, fail, having, notApplicable, pass, qemuGuests, undetermined } from "../../rule";

const MOST = 65_535;

/** The menu waits a number of milliseconds that has 16 bits. */
export const bootMenuTimeout = defineRule({
  code: "VIRT-BOOT-080",
  slug: "boot-menu-timeout",
  severity: "error",
  stage: "define",
  title: "The time that a boot menu waits must be from 0 to 65535 milliseconds",
  why: "The firmware reads the time as a number of 16 bits, and libvirt refuses others.",
  fix: "Give the time in milliseconds, such as 3000.",
  sources: [
    "tried: libvirt 9.0.0, define of timeout 65536: invalid value for boot menu timeout, must be in range [0,65535]; of -1 and abc: Expected non-negative integer value; of a menu that is not enabled any number is taken",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "os.bootMenu.timeout"),
  check: ({ domain: { os }, label }) => {
    const { enable, timeout } = os!.bootMenu!;
    if (isLate(enable) || isLate(timeout)) return undetermined("the boot menu is known only at apply");
    if (enable !== "yes" || timeout === undefined) return notApplicable;
    if (!/^\d+$/.test(timeout) || Number(timeout) > MOST) {
      return fail({
        at: "os.bootMenu.timeout",
        message: `The boot menu of "${label}" waits ${timeout}; libvirt takes 0 to ${MOST} milliseconds.`,
        fix: "give milliseconds, such as 3000",
      });
    }
    return pass;
  },
  examples: {
    bad: (plan) => plan.kvm({ os: { boot_menu: { enable: "yes", timeout: "90000" } } }),
    good: (plan) => plan.kvm({ os: { boot_menu: { enable: "yes", timeout: "3000" } } }),
  },
});
