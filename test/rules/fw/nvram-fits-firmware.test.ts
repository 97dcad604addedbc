import { nvramFitsFirmware } from "../../../lib/rules/fw/nvram-fits-firmware";
import { RuleTester } from "../../../lib/testing";

const os = (os: Record<string, unknown>) => ({ name: "a", os });
const NVRAM = { nv_ram: { nv_ram: "/v.fd" } };
const TEMPLATE = { nv_ram: { template: "/t.fd" } };
const PFLASH = { loader: "/l", loader_type: "pflash" };
const ROM = { loader: "/l", loader_type: "rom" };

RuleTester.run(nvramFitsFirmware, {
  fails: {
    "NVRAM without state": {
      plan: (t) => t.kvm(os({ ...PFLASH, ...NVRAM, loader_stateless: "yes" })),
      message: '"a" has firmware without state (os.loaderStateless) and NVRAM to keep state in (os.nvRam).',
      fix: "remove os.nvRam, or os.loaderStateless",
      at: "os.nvRam",
    },
    "its template, where libvirt chooses": (t) =>
      t.tcg(os({ firmware: "efi", ...TEMPLATE, loader_stateless: "yes" })),
    "NVRAM of legacy BIOS": {
      plan: (t) => t.kvm(os({ firmware: "bios", ...NVRAM })),
      message: "legacy BIOS (os.firmware bios), which has no NVRAM",
      fix: 'set os.firmware to "efi"',
    },
    "state of legacy BIOS": {
      plan: (t) => t.kvm(os({ firmware: "bios", loader_stateless: "no" })),
      at: "os.loaderStateless",
    },
    "NVRAM of a ROM": { plan: (t) => t.kvm(os({ ...ROM, ...NVRAM })), fix: 'set os.loaderType to "pflash"' },
    "state of a ROM": {
      plan: (t) => t.kvm(os({ ...ROM, loader_stateless: "no" })),
      at: "os.loaderStateless",
    },
    "state of a loader of no type": {
      plan: (t) => t.kvm({ os: { loader: "/usr/share/OVMF/OVMF_CODE_4M.fd", loader_stateless: "no" } }),
      message: "has firmware of no stated type",
      fix: 'set os.loaderType to "pflash"',
      at: "os.loaderStateless",
    },
  },
  passes: {
    "UEFI with state, and without": (t) =>
      t
        .kvm(os({ ...PFLASH, ...NVRAM, loader_stateless: "no" }))
        .kvm(os({ ...PFLASH, loader_stateless: "yes" }))
        .kvm(os({ firmware: "efi", ...NVRAM })),
    "a ROM with a template, which starts": (t) => t.kvm(os({ ...ROM, ...TEMPLATE })),
    "a loader without a type": (t) => t.kvm(os({ loader: "/l", ...NVRAM })),
    "legacy BIOS without": (t) => t.kvm(os({ firmware: "bios", loader_stateless: "yes" })).kvm(),
  },
  undetermined: {
    "firmware that is known only at apply": (t) => t.kvm(os({ firmware: "${var.f}", ...NVRAM })),
    "state that is known only at apply": (t) =>
      t.kvm(os({ ...PFLASH, ...NVRAM, loader_stateless: "${var.s}" })),
  },
});
