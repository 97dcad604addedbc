import { GuestOs } from "../../../lib/guest-os";
import { knownOperatingSystem } from "../../../lib/rules/gos/known-operating-system";
import { RuleTester } from "../../../lib/testing";

const raw = (xml?: string) => ({
  name: "a",
  type: "kvm",
  memory: 1,
  provider: "libvirt.kvm1",
  ...(xml && { metadata: { xml } }),
});
const osinfo = (id: string) => `<o:libosinfo xmlns:o="x"><o:os id="${id}"/></o:libosinfo>`;

RuleTester.run(knownOperatingSystem, {
  fails: {
    "an identifier that the catalogue does not have": {
      plan: (t) => t.resource("libvirt_domain", "a", raw(osinfo("http://example.net/plan9/4"))),
      message: '"a" names the operating system http://example.net/plan9/4',
      at: "metadata.xml",
    },
    "a system of another family that is not in the catalogue": {
      plan: (t) =>
        t.kvm({
          name: "a",
          intent: { os: GuestOs.of({ id: "dragonfly-6", name: "DragonFly 6", family: "bsd" }) },
        }),
      message: 'DragonFly 6 of "a" is of family bsd and not in the catalogue',
      at: "os",
    },
  },
  passes: {
    "systems of the catalogue": (t) =>
      t.kvm({ intent: { os: "debian-12" } }).kvm({ intent: { os: "freebsd-14" } }),
    "a Linux of one's own": (t) =>
      t.kvm({ intent: { os: GuestOs.of({ id: "own", name: "Own", family: "linux" }) } }),
    "an identifier that the catalogue has": (t) =>
      t.resource("libvirt_domain", "a", raw(osinfo("http://debian.org/debian/12"))),
  },
  undetermined: { "no operating system": (t) => t.resource("libvirt_domain", "a", raw()) },
});
