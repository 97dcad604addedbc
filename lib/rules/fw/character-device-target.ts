import { isX86 } from "../../plan/arch";
import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, having, type Outcome, pass, qemuGuests, undetermined } from "../../rule";
import { anyOf } from "../hyp/offers";

/** The type of port that each model is. */
const TYPES: Readonly<Record<string, string>> = {
  "isa-serial": "isa-serial",
  "usb-serial": "usb-serial",
  "pci-serial": "pci-serial",
  "isa-debugcon": "isa-debug",
  "spapr-vty": "spapr-vio-serial",
  pl011: "system-serial",
  "16550a": "system-serial",
  sclpconsole: "sclp-serial",
  sclplmconsole: "sclp-serial",
};

/** Ports and consoles of one architecture alone. */
const ARCHITECTURES: Readonly<Record<string, RegExp>> = {
  "spapr-vio-serial": /^ppc64/,
  "sclp-serial": /^s390/,
  pl011: /^(?:aarch64|armv7l|armv6l)$/,
  "16550a": /^riscv/,
  sclp: /^s390/,
  sclplm: /^s390/,
};

/** What consoles QEMU has: the first serial port, and those of virtio. */
const CONSOLES = ["serial", "virtio", "sclp", "sclplm"];
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

interface Wrong {
  readonly at: string;
  readonly what: string;
  readonly fix: string;
}

/** A port, a console and a channel each end in the guest as something. */
export const characterDeviceTarget = defineRule({
  code: "VIRT-FW-082",
  slug: "character-device-target",
  severity: "error",
  stage: "define",
  title: "The target of a character device must be one that the guest can have",
  why: "A model of serial port is of one type, and on x86 the type is isa-serial where none is stated. The first console stands for the first serial port, and all others are virtio. A channel says where it ends: virtio with a name, or an IPv4 address and port that the guest connects to.",
  fix: "Leave out type or model of a serial port, and use virtio for a second console.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainChrTargetDef, qemuValidateDomainChrDef, qemuValidateDomainDefConsole; domain_conf.c virDomainDefAddConsoleCompat, virDomainChrDefParseTargetXML",
    "tried: libvirt 9.0.0, define of a serial port of type isa-debug and model usb-serial, and of model usb-serial without a type: Target model 'usb-serial' requires target type 'usb-serial'; of spapr-vio-serial, sclp-serial and model pl011 on x86: not compatible with guest architecture; of two consoles of type serial or none, and of serial after virtio: Only the first console can be a serial port; of console xen, uml and lxc: unsupported console target type; of a channel without a target: target type must be specified; of guestfwd with fd00::1: only supports IPv4 addresses; without address or port: does not define a target address, Missing required attribute 'port'",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.serials[].target", "devices.consoles", "devices.channels"),
  *check(guest): Iterable<Outcome> {
    for (const { list, index, wrong, late } of targets(guest)) {
      if (late) yield undetermined("the target of a character device is known only at apply");
      else if (wrong === undefined) yield pass;
      else {
        const what = list === "serials" ? "Serial port" : list === "consoles" ? "Console" : "Channel";
        yield fail({
          at: `devices.${list}[${index}].${wrong.at}`,
          message: `${what} ${index + 1} of "${guest.label}" ${wrong.what}.`,
          fix: wrong.fix,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { consoles: [console("serial"), console("serial")] } }),
    good: (plan) => plan.kvm({ devices: { consoles: [console("serial"), console("virtio")] } }),
  },
});

function console(type: string): Record<string, unknown> {
  return { source: { pty: {} }, target: { type, port: 0 } };
}

type Devices = NonNullable<PlanGuest["domain"]["devices"]>;
type Serial = NonNullable<Devices["serials"]>[number];
type Console = NonNullable<Devices["consoles"]>[number];
type Channel = NonNullable<Devices["channels"]>[number];

interface Target {
  readonly list: "serials" | "consoles" | "channels";
  readonly index: number;
  readonly late: boolean;
  readonly wrong?: Wrong;
}

function* targets(guest: PlanGuest): Iterable<Target> {
  const { channels = [], consoles = [], serials = [] } = guest.domain.devices ?? {};
  const arch = guest.arch ?? "";
  for (const [index, { target }] of serials.entries()) {
    const late = [target, target?.type, target?.model?.name, arch].some(isLate);
    yield { list: "serials", index, late, wrong: late ? undefined : wrongPort(target, arch) };
  }
  for (const [index, { target }] of consoles.entries()) {
    const late = [target, target?.type, arch].some(isLate);
    yield { list: "consoles", index, late, wrong: late ? undefined : wrongConsole(target, index, arch) };
  }
  for (const [index, channel] of channels.entries()) {
    const late = isLate(channel) || isLate(channel.target) || isLate(channel.target?.guestFwd);
    yield { list: "channels", index, late, wrong: late ? undefined : wrongChannel(channel) };
  }
}

function wrongPort(target: Serial["target"], arch: string): Wrong | undefined {
  const name = target?.model?.name;
  const isPc = isX86(arch);
  const type = target?.type ?? (isPc ? "isa-serial" : undefined);
  const wanted = TYPES[name ?? ""];
  if (wanted !== undefined && type !== undefined && type !== wanted) {
    return {
      at: "target.model.name",
      what: `is of model ${name}, which is a port of type ${wanted}; its type is ${type}`,
      fix: `set target.type to "${wanted}", or remove model`,
    };
  }
  const foreign = [type, name].find((each) => arch !== "" && ARCHITECTURES[each ?? ""]?.test(arch) === false);
  return foreign === undefined
    ? undefined
    : {
        at: "target",
        what: `is a ${foreign}, which guests of ${arch} do not have`,
        fix: "remove target.type and target.model",
      };
}

function wrongConsole(target: Console["target"], index: number, arch: string): Wrong | undefined {
  const type = target?.type ?? (/^s390/.test(arch) ? "sclp" : "serial");
  if (!CONSOLES.includes(type) || (arch !== "" && ARCHITECTURES[type]?.test(arch) === false)) {
    const what = `is of type ${type}, which ${CONSOLES.includes(type) ? `guests of ${arch} do not` : "QEMU does not"} have`;
    return { at: "target.type", what, fix: `use type ${anyOf(["serial", "virtio"])}` };
  }
  if (type !== "serial" || index === 0) return undefined;
  return {
    at: "target.type",
    what: `is ${target?.type ? "of type serial" : "a serial port, since it has no type"}; only the first console is one`,
    fix: 'set target.type to "virtio", or put a second port into devices.serials',
  };
}

function wrongChannel({ target }: Channel): Wrong | undefined {
  if (!(target?.virtIo || target?.guestFwd || target?.xen)) {
    const fix = 'set target.virtIo.name, such as "org.qemu.guest_agent.0"';
    return { at: "target", what: "does not say where it ends in the guest", fix };
  }
  const forward = target.guestFwd;
  if (forward === undefined || isLate(forward.address)) return undefined;
  const at = "target.guestFwd";
  if (!forward.address || !IPV4.test(forward.address)) {
    const what = `forwards ${forward.address ? `from ${forward.address}` : "from no address"}; that is an IPv4 address`;
    return { at: `${at}.address`, what, fix: 'set address, such as "10.0.2.1"' };
  }
  return forward.port
    ? undefined
    : { at: `${at}.port`, what: "forwards from no port", fix: 'set port, such as "4600"' };
}
