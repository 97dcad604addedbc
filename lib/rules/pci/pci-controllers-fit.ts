import type { PlanGuest } from "../../plan/guest";
import { isLate, type Planned } from "../../plan/late";
import type { DomainDevicesControllers } from "../../provider/domain";
import {
  defineRule,
  fail,
  having,
  notApplicable,
  type Outcome,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";
import { anyOf } from "../hyp/offers";

type Controller = Planned<DomainDevicesControllers>;

/** What QEMU calls each model of controller. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  "pci-bridge": ["pci-bridge"],
  "dmi-to-pci-bridge": ["i82801b11-bridge"],
  "pcie-to-pci-bridge": ["pcie-pci-bridge"],
  "pcie-root-port": ["pcie-root-port", "ioh3420"],
  "pcie-switch-upstream-port": ["x3130-upstream"],
  "pcie-switch-downstream-port": ["xio3130-downstream"],
  "pci-expander-bus": ["pxb"],
  "pcie-expander-bus": ["pxb-pcie"],
  // It is a part of the machine; of a POWER machine it may be one of several.
  "pci-root": ["spapr-pci-host-bridge"],
  "pcie-root": [],
};
const ROOTS = ["pci-root", "pcie-root"];
/** One device fits into each; the buses of all others have 31 slots or more. */
const PORTS = ["pcie-root-port", "pcie-switch-downstream-port"];

/** Where each model can be plugged in. */
const PARENTS: Readonly<Record<string, readonly string[]>> = {
  "pci-bridge": ["pci-root", "pci-bridge", "pci-expander-bus", "dmi-to-pci-bridge", "pcie-to-pci-bridge"],
  "pci-expander-bus": ["pci-root"],
  "dmi-to-pci-bridge": ["pcie-root", "pcie-expander-bus"],
  "pcie-root-port": ["pcie-root", "pcie-expander-bus"],
  "pcie-expander-bus": ["pcie-root"],
  "pcie-to-pci-bridge": PORTS,
  "pcie-switch-upstream-port": PORTS,
  "pcie-switch-downstream-port": ["pcie-switch-upstream-port"],
};

/** A controller, and the number of the bus that it is. */
interface Bus {
  readonly at: string;
  readonly model: string;
  readonly index: number;
}

/** PCI controllers form a tree, and its root is in the machine. */
export const pciControllersFit = defineRule({
  code: "VIRT-PCI-081",
  slug: "pci-controllers-fit",
  severity: "error",
  stage: "define",
  title: "PCI controllers must form a tree that grows from the machine's root",
  why: "Controller 0 is the machine's own, pci-root on i440FX and pcie-root on Q35, and each other one is plugged into another. libvirt adds root ports by itself where a device needs one, but neither switches, nor bridges, nor a port for a pcie-to-pci-bridge, and it refuses a controller without a model.",
  fix: "Leave the controllers to libvirt, or give each a model, an index from 1 on, and one to be plugged into.",
  sources: [
    "libvirt qemu_domain.c qemuDomainDefAddDefaultDevices, qemuDomainControllerDefPostParse; domain_addr.c virDomainPCIAddressBusSetModel, virDomainPCIAddressSetGrow; qemu_domain_address.c qemuDomainAssignPCIAddresses; qemu_validate.c qemuValidateDomainDeviceDefControllerPCI",
    "tried: libvirt 9.0.0, define without a model: PCI controller model was not set correctly; of index 0, given or found: must be model='pcie-root' (pci-root) for this machine type; of pcie-root with index 1: should have index 0; of ioh3420 as a pci-bridge, and of a name of a root: Option 'modelName' has invalid value, is not valid; of pci-expander-bus on q35 and pcie-expander-bus on pc: only supported on 440fx-based machinetypes; of PCI Express controllers on pc, a downstream port without an upstream one, a pcie-to-pci-bridge without a free port: a PCI slot is needed to connect a PCI controller, Cannot automatically add a new PCI bus; of pci-bridge on q35 alone or before its bridge: index must be larger than bus; pcie-to-pci-bridge with index 3 on q35 is defined, since libvirt fills the indexes below with root ports",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.controllers"),
  *check(guest): Iterable<Outcome> {
    const controllers = guest.domain.devices?.controllers ?? [];
    const pci = controllers.flatMap((controller, place) =>
      controller.type === "pci" || isLate(controller.type)
        ? [{ controller, at: `devices.controllers[${place}]` }]
        : [],
    );
    if (pci.length === 0) return yield notApplicable;
    if (
      isLate(guest.machine) ||
      pci.some(({ controller: { type, model, index } }) => [type, model, index].some(isLate))
    ) {
      return yield undetermined("the PCI controllers of a guest are known only at apply");
    }
    const taken = new Set(pci.map(({ controller }) => controller.index));
    const buses: Bus[] = [];
    const wrong: Outcome[] = [];
    for (const { controller, at } of pci) {
      const index = (controller.index as number | undefined) ?? firstFree(taken);
      taken.add(index);
      const failure = wrongIn(guest, controller, index);
      if (failure) wrong.push(fail({ ...failure, at: `${at}.${failure.at}` }));
      else buses.push({ at, model: controller.model!, index });
    }
    // A tree with wrong nodes is none.
    if (wrong.length === 0) wrong.push(...unplugged(guest, buses));
    yield* wrong;
    if (wrong.length === 0) yield pass;
  },
  examples: {
    bad: (plan) => plan.kvm(withControllers({ model: "pcie-to-pci-bridge", index: 1 })),
    good: (plan) =>
      plan.kvm(
        withControllers({ model: "pcie-root-port", index: 1 }, { model: "pcie-to-pci-bridge", index: 2 }),
      ),
  },
});

function withControllers(...controllers: Record<string, unknown>[]): Record<string, unknown> {
  return {
    os: { type_machine: "q35" },
    devices: { controllers: controllers.map((each) => ({ type: "pci", ...each })) },
  };
}

function firstFree(taken: ReadonlySet<unknown>): number {
  let index = 0;
  while (taken.has(index)) index++;
  return index;
}

/** The root that the machine has; undefined where that is not known. */
function rootOf({ isI440fx, isQ35 }: PlanGuest): string | undefined {
  return isQ35 ? "pcie-root" : isI440fx ? "pci-root" : undefined;
}

function wrongIn(
  guest: PlanGuest,
  { model, pci }: Controller,
  index: number,
): { readonly at: string; readonly message: string; readonly fix: string } | undefined {
  const root = rootOf(guest);
  const subject = `PCI controller ${index} of "${guest.label}"`;
  if (model === undefined) {
    return index === 0
      ? {
          at: "index",
          message: `${subject} has no model: index 0 is the root of the machine${root ? `, ${root}` : ""}.`,
          fix: `give it ${root ? `model "${root}"` : "a model"}, or an index from 1 on and a model such as "pcie-root-port"`,
        }
      : {
          at: "model",
          message: `${subject} has no model.`,
          fix: `set model, such as "${root === "pci-root" ? "pci-bridge" : "pcie-root-port"}", or remove the controller`,
        };
  }
  if (index === 0 && (root ? model !== root : !ROOTS.includes(model) && model in NAMES)) {
    return {
      at: "index",
      message: `${subject} is of model ${model}; index 0 is the root of the machine${root ? `, ${root}` : ""}.`,
      fix: ROOTS.includes(model) ? `use model "${root}"` : "give it an index from 1 on",
    };
  }
  if (ROOTS.includes(model) && index !== 0 && !mayBePower(guest)) {
    return {
      at: "index",
      message: `${subject} is of model ${model}, which is the machine's own and has index 0.`,
      fix: 'set index to 0, or model to "pcie-root-port" or "pci-bridge"',
    };
  }
  const foreign =
    model === "pci-expander-bus" ? guest.isI440fx === false : model === "pcie-expander-bus" && guest.isI440fx;
  if (foreign) {
    return {
      at: "model",
      message: `${subject} is of model ${model}, which ${model === "pci-expander-bus" ? "only i440FX has" : "i440FX does not have"}.`,
      fix: `use model "${model === "pci-expander-bus" ? "pcie-expander-bus" : "pci-expander-bus"}"`,
    };
  }
  const name = pci?.model?.name;
  const names = model === "pci-root" && root ? [] : NAMES[model];
  if (name === undefined || isLate(name) || name === "none" || names === undefined || names.includes(name)) {
    return undefined;
  }
  return {
    at: "pci.model.name",
    message: `${subject} is of model ${model} and named ${name}; ${names.length === 0 ? "a root has no such name" : `its name in QEMU is ${anyOf(names)}`}.`,
    fix: "remove pci.model: libvirt knows the name",
  };
}

/** A POWER machine can have several roots. */
const mayBePower = ({ arch }: PlanGuest) => arch === undefined || isLate(arch) || arch.startsWith("ppc");

/** Controllers that can be plugged in nowhere. */
function* unplugged(guest: PlanGuest, given: readonly Bus[]): Iterable<Outcome> {
  const root = rootOf(guest);
  if (root === undefined) return;
  const buses = withFilled(given, root);
  let free = buses.filter(({ model }) => PORTS.includes(model)).length;
  for (const { at, index, model } of [...given].sort((one, other) => one.index - other.index)) {
    const parents = PARENTS[model];
    if (parents === undefined) continue;
    const [parent] = buses.filter((bus) => parents.includes(bus.model));
    // libvirt adds a root port for a switch, and then for it alone.
    const grows = model === "pcie-switch-upstream-port" && root === "pcie-root";
    const full = model === "pcie-to-pci-bridge" && free <= 0;
    if (PORTS.some((port) => parents.includes(port))) free--;
    if (grows || (parent !== undefined && !full && (model !== "pci-bridge" || parent.index < index)))
      continue;
    const subject = `PCI controller ${index} of "${guest.label}" is of model ${model}`;
    const fits = parents.filter((each) => each !== "pci-root" && each !== "pcie-root");
    yield fail({
      at: `${at}.model`,
      message: `${subject}, which is plugged into ${anyOf(parents)}; the guest has ${
        full && parent ? "no such port left" : "none"
      }${model === "pci-bridge" ? " with a smaller index" : ""}.`,
      fix:
        root === "pci-root"
          ? 'use model "pci-bridge", or machine q35'
          : `add a controller of model "${fits.includes("pcie-root-port") ? "pcie-root-port" : (fits.at(-1) ?? "pcie-root")}"${
              model === "pci-bridge" ? ` with an index below ${index}` : ""
            }`,
    });
  }
}

/** All buses by their index: those below the last that nobody states are libvirt's. */
function withFilled(given: readonly Bus[], root: string): readonly Pick<Bus, "model" | "index">[] {
  const last = Math.min(255, Math.max(0, ...given.map(({ index }) => index)));
  const by = new Map(given.map((bus) => [bus.index, bus.model]));
  const other = root === "pcie-root" ? "pcie-root-port" : "pci-bridge";
  return Array.from({ length: last + 1 }, (_, index) => ({
    index,
    model: index === 0 ? root : (by.get(index) ?? other),
  }));
}
