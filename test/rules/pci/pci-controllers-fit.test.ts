import { pciControllersFit } from "../../../lib/rules/pci/pci-controllers-fit";
import { RuleTester } from "../../../lib/testing";

const guest = (type_machine: string, ...controllers: object[]) => ({
  name: "web",
  os: { type_machine },
  devices: { controllers: controllers.map((each) => ({ type: "pci", ...each })) },
});
const tree = (...models: string[]) => models.map((model, place) => ({ model, index: place + 1 }));

RuleTester.run(pciControllersFit, {
  fails: {
    "no model": {
      plan: (t) => t.kvm(guest("q35", { index: 2 })),
      message: 'PCI controller 2 of "web" has no model.',
      fix: 'set model, such as "pcie-root-port"',
      at: "devices.controllers[0].model",
    },
    "neither model nor index": {
      plan: (t) => t.kvm(guest("pc", {})),
      message: 'PCI controller 0 of "web" has no model: index 0 is the root of the machine, pci-root.',
      fix: 'give it model "pci-root", or an index from 1 on',
      at: "devices.controllers[0].index",
    },
    "an index that libvirt would take for the root": {
      plan: (t) => t.kvm(guest("q35", { model: "pcie-root-port" })),
      message:
        'PCI controller 0 of "web" is of model pcie-root-port; index 0 is the root of the machine, pcie-root.',
      fix: "give it an index from 1 on",
    },
    "the root of the other chipset": {
      plan: (t) => t.kvm(guest("pc", { model: "pcie-root", index: 0 })),
      fix: 'use model "pci-root"',
    },
    "a second root": {
      plan: (t) => t.kvm(guest("q35", { model: "pcie-root", index: 1 })),
      message: "is of model pcie-root, which is the machine's own and has index 0",
    },
    "expanders of the other chipset": {
      plan: (t) =>
        t
          .kvm(guest("q35", { model: "pci-expander-bus", index: 1 }))
          .kvm({ ...guest("pc", { model: "pcie-expander-bus", index: 1 }), name: "b" }),
      count: 2,
      message: /which only i440FX has[\s\S]*which i440FX does not have/,
    },
    "names of other models": {
      plan: (t) =>
        t.kvm(
          guest(
            "q35",
            { model: "pcie-root", index: 0, pci: { model: { name: "pxb" } } },
            { model: "pcie-root-port", index: 1, pci: { model: { name: "pci-bridge" } } },
          ),
        ),
      count: 2,
      message: /a root has no such name[\s\S]*its name in QEMU is pcie-root-port or ioh3420/,
      fix: "remove pci.model",
    },
    "PCI Express on i440FX": {
      plan: (t) =>
        t.kvm(guest("pc", ...tree("pcie-root-port", "dmi-to-pci-bridge", "pcie-switch-downstream-port"))),
      count: 3,
      message:
        "is of model dmi-to-pci-bridge, which is plugged into pcie-root or pcie-expander-bus; the guest has none",
      fix: 'use model "pci-bridge", or machine q35',
    },
    "a switch's port without the switch": {
      plan: (t) => t.kvm(guest("q35", ...tree("pcie-switch-downstream-port"))),
      fix: 'add a controller of model "pcie-switch-upstream-port"',
    },
    "a bridge without a port": {
      plan: (t) => t.kvm(guest("q35", ...tree("pcie-to-pci-bridge"))),
      message:
        "is of model pcie-to-pci-bridge, which is plugged into pcie-root-port or pcie-switch-downstream-port; the guest has none",
      fix: 'add a controller of model "pcie-root-port"',
      at: "devices.controllers[0].model",
    },
    "two bridges and one port": {
      plan: (t) => t.kvm(guest("q35", ...tree("pcie-root-port", "pcie-to-pci-bridge", "pcie-to-pci-bridge"))),
      message: "no such port left",
      at: "devices.controllers[2].model",
    },
    "a port that a switch takes first": (t) =>
      t.kvm(guest("q35", ...tree("pcie-root-port", "pcie-switch-upstream-port", "pcie-to-pci-bridge"))),
    "a PCI bridge alone, and before its own": {
      plan: (t) =>
        t
          .kvm(guest("q35", ...tree("pci-bridge")))
          .kvm({ ...guest("q35", ...tree("pci-bridge", "dmi-to-pci-bridge")), name: "b" }),
      count: 2,
      message: "the guest has none with a smaller index",
      fix: 'add a controller of model "pcie-to-pci-bridge" with an index below 1',
    },
  },
  passes: {
    "a tree": (t) =>
      t.kvm(
        guest(
          "q35",
          { model: "pcie-root", index: 0 },
          ...tree(
            "pcie-root-port",
            "pcie-root-port",
            "pcie-to-pci-bridge",
            "pci-bridge",
            "pcie-switch-upstream-port",
            "pcie-switch-downstream-port",
            "dmi-to-pci-bridge",
          ),
          { model: "pcie-expander-bus", index: 8, pci: { model: { name: "pxb-pcie" } } },
        ),
      ),
    "ports that libvirt fills in": (t) => t.kvm(guest("q35", { model: "pcie-to-pci-bridge", index: 3 })),
    "a switch for which libvirt adds a port": (t) =>
      t.kvm(guest("q35", ...tree("pcie-switch-upstream-port"))),
    "bridges on i440FX": (t) =>
      t.kvm(guest("pc", { model: "pci-root" }, ...tree("pci-bridge", "pci-expander-bus", "pci-bridge"))),
    "several roots of POWER": (t) =>
      t.kvm({
        ...guest("pseries", { model: "pci-root", index: 0 }, { model: "pci-root", index: 1 }),
        os: { type_machine: "pseries", type_arch: "ppc64" },
      }),
    "another machine": (t) => t.kvm(guest("microvm", { model: "pci-root", index: 0 })),
    "no PCI controllers": (t) => t.kvm({ devices: { controllers: [{ type: "sata" }] } }),
  },
  undetermined: {
    "a late machine": {
      plan: (t) => t.kvm(guest("${var.machine}", { model: "pcie-root-port" })),
      reason: "the PCI controllers of a guest are known only at apply",
    },
    "a late index": (t) => t.kvm(guest("q35", { model: "pcie-root-port", index: "${var.index}" })),
    "a late model": (t) => t.kvm(guest("q35", { model: "${var.model}", index: 1 })),
  },
});
