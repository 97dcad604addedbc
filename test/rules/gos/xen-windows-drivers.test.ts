import { xenWindowsDrivers } from "../../../lib/rules/gos/xen-windows-drivers";
import { RuleTester } from "../../../lib/testing";

const windows = (xenDrivers?: "in-image" | "none") => ({
  name: "a",
  intent: { os: "windows-server-2022", xenDrivers },
});

RuleTester.run(xenWindowsDrivers, {
  fails: {
    "no drivers": {
      plan: (t) => t.xenHvm(windows("none")),
      message: `Windows Server 2022 of "a" has no drivers for Xen's disks and network cards`,
      fix: 'set xenDrivers to "in-image"',
      at: "os",
    },
  },
  passes: {
    "drivers in the image": (t) => t.xenHvm(windows("in-image")),
    "other systems and hypervisors": (t) => t.xenHvm().xenPv().kvm(windows("none")),
  },
  undetermined: {
    "an image of which nobody says": { plan: (t) => t.xenHvm(windows()), reason: "xenDrivers" },
  },
});
