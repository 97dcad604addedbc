import { bootMenuTimeout } from "../../../lib/rules/boot/boot-menu-timeout";
import { RuleTester } from "../../../lib/testing";

const menu = (timeout: string, enable: string | null = "yes") => ({
  name: "web",
  os: { boot_menu: { enable, timeout } },
});

RuleTester.run(bootMenuTimeout, {
  fails: {
    "more than 16 bits": {
      plan: (t) => t.kvm(menu("65536")),
      message: 'The boot menu of "web" waits 65536; libvirt takes 0 to 65535 milliseconds.',
      at: "os.bootMenu.timeout",
    },
    "less than nothing": (t) => t.kvm(menu("-1")),
    "a unit": (t) => t.kvm(menu("3s")),
  },
  passes: {
    "the ends of the range": (t) => t.kvm(menu("0")).kvm({ ...menu("65535"), name: "b" }),
    "a menu that is off, whose time nobody reads": (t) => t.kvm(menu("90000", "no")),
    "a menu without a time": (t) => t.kvm({ os: { boot_menu: { enable: "yes" } } }),
  },
  undetermined: { "a late time": (t) => t.kvm(menu("${var.wait}")) },
});
