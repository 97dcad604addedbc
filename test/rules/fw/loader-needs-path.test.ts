import { loaderNeedsPath } from "../../../lib/rules/fw/loader-needs-path";
import { RuleTester } from "../../../lib/testing";

const os = (os: Record<string, unknown>) => ({ name: "a", os });
const FEATURE = { firmware_info: { features: [{ name: "secure-boot", enabled: "no" }] } };

RuleTester.run(loaderNeedsPath, {
  fails: {
    "settings without a loader": {
      plan: (t) => t.kvm(os({ loader_readonly: "yes", loader_type: "pflash" })),
      message: '"a" sets os.loaderReadonly and os.loaderType and names no loader (os.loader)',
      at: "os.loader",
    },
    "each setting alone": {
      plan: (t) =>
        t
          .kvm({ os: { loader_secure: "no" } })
          .kvm({ os: { loader_stateless: "yes" } })
          .tcg({ os: { loader_type: "rom" } }),
      count: 3,
    },
    "NVRAM without a loader": {
      plan: (t) => t.kvm(os({ nv_ram: { nv_ram: "/v.fd" } })),
      message: "sets os.nvRam and",
    },
    "firmware features without a choice": {
      plan: (t) => t.kvm(os(FEATURE)),
      message: "does not leave the choice to libvirt",
      fix: /^set os.firmware to "efi", or/,
      at: "os.firmware",
    },
    "firmware features beside a loader": {
      plan: (t) => t.kvm(os({ ...FEATURE, loader: "/l" })),
      fix: "and remove os.loader",
    },
  },
  passes: {
    "a loader": (t) => t.kvm(os({ loader: "/l", loader_type: "pflash", nv_ram: { nv_ram: "/v.fd" } })),
    "libvirt's choice": (t) => t.kvm(os({ ...FEATURE, firmware: "efi", loader_secure: "yes" })),
    "a loader whose path is known only at apply": (t) =>
      t.kvm(os({ loader: "${var.path}", loader_type: "pflash" })),
    neither: (t) => t.kvm(),
    "a Xen guest": (t) => t.xenHvm(os({ loader_type: "rom" })),
  },
  undetermined: {
    "firmware that is known only at apply": (t) => t.kvm(os({ firmware: "${var.f}", loader_type: "rom" })),
    "features that are known only at apply": (t) =>
      t.kvm(os({ firmware_info: { features: "${var.features}" } })),
  },
});
