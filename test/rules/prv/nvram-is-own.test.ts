import { nvramIsOwn } from "../../../lib/rules/prv/nvram-is-own";
import { RuleTester } from "../../../lib/testing";

const nvram = (file: string | undefined, template?: string) => ({
  name: "web",
  os: { nv_ram: { nv_ram: file, template } },
});

RuleTester.run(nvramIsOwn, {
  fails: {
    "a file of the distribution": {
      plan: (t) => t.kvm(nvram("/usr/share/OVMF/OVMF_VARS_4M.fd")),
      message: '"web" has the template /usr/share/OVMF/OVMF_VARS_4M.fd for its own UEFI variables.',
      fix: 'set nvRam to { template: "/usr/share/OVMF/OVMF_VARS_4M.fd", nvRam: "/var/lib/libvirt/qemu/nvram/web_VARS.fd" }',
      at: "os.nvRam.nvRam",
    },
    "the template itself": (t) => t.kvm(nvram("/srv/VARS.fd", "/srv/VARS.fd")),
  },
  passes: {
    "a file of its own": (t) =>
      t.kvm(nvram("/var/lib/libvirt/qemu/nvram/web_VARS.fd", "/usr/share/OVMF/OVMF_VARS_4M.fd")),
    "a template alone": (t) => t.kvm(nvram(undefined, "/usr/share/OVMF/OVMF_VARS_4M.fd")),
    "no UEFI": (t) => t.kvm(),
  },
  undetermined: { "a file that is late": (t) => t.kvm(nvram("${var.file}")) },
});
