import { firmwareChoiceStays } from "../../../lib/rules/prv/firmware-choice-stays";
import { RuleTester } from "../../../lib/testing";

const features = (...names: string[]) => ({
  firmware: "efi",
  firmware_info: { features: names.map((name) => ({ name, enabled: "no" })) },
});
const libvirt = (libvirtVersion: string) => ({ facts: { libvirtVersion } });

RuleTester.run(firmwareChoiceStays, {
  fails: {
    "a running guest": {
      plan: (t) => t.kvm({ name: "web", running: true, os: { firmware: "efi" } }),
      message: 'os.firmware of "web" is "efi" and comes back as null from libvirt 9.0.0',
      at: "os.firmware",
    },
    "features in libvirt's other order": {
      plan: (t) => t.kvm({ running: false, os: features("secure-boot", "enrolled-keys") }),
      fix: "list enrolled-keys before secure-boot",
      at: "os.firmwareInfo.features",
    },
    both: { plan: (t) => t.kvm({ running: true, os: features("secure-boot", "enrolled-keys") }), count: 2 },
  },
  passes: {
    "a guest that is off": (t) => t.kvm({ running: false, os: { firmware: "efi" } }),
    "features in libvirt's order": (t) =>
      t.kvm({ running: false, os: features("enrolled-keys", "secure-boot") }),
    "firmware that is named": (t) =>
      t.kvm({
        running: true,
        os: { loader: "/OVMF_CODE_4M.fd", loader_readonly: "yes", loader_type: "pflash" },
      }),
    "a libvirt of which it was not tried": (t) =>
      t.kvmHost("kvm1", libvirt("10.0.0")).kvm({ running: true, os: { firmware: "efi" } }),
    "a guest that exists": (t) => t.kvm({ running: true, os: { firmware: "efi" }, existing: {} }),
  },
  undetermined: {
    "an unknown libvirt": {
      plan: (t) => t.kvmHost("kvm1", { facts: null }).kvm({ running: true, os: { firmware: "efi" } }),
      reason: "needs facts",
    },
    "late firmware": (t) => t.kvm({ running: true, os: { firmware: "${var.firmware}" } }),
    "whether it runs is late": (t) => t.kvm({ running: "${var.running}", os: { firmware: "efi" } }),
  },
});
