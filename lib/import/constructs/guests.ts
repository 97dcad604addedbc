import { GuestOs } from "../../guest-os";
import { isX86 } from "../../plan/arch";
import { pciAddress } from "../../plan/pci-address";
import { type Code, call, path } from "../code";
import { same } from "../defaults";
import { memoryOf } from "./amount";
import { type DiskDefaults, disksOf } from "./disks";
import { nicsOf } from "./nics";
import {
  type Config,
  listOf,
  NoConstruct,
  objectOf,
  type Places,
  type Propose,
  textOf,
  unless,
} from "./proposal";

/** A guest of KVM or Xen. */
export const proposeGuest: Propose = (resource, config, places) => {
  const { type } = config;
  if (type === "xen") return proposeXenGuest(resource, config, places);
  if (type === "kvm" || type === "qemu") return proposeKvmGuest(resource, config, places);
  return new NoConstruct(`type is ${type}`);
};

const proposeKvmGuest: Propose = (resource, config, places) => {
  const { arch, machine, ...x } = systemOf(config, places);
  const isTcg = config.type === "qemu";
  const isPc = isX86(arch);
  const guestOs = osOf(config);
  const hasVirtio = guestOs === undefined || guestOs.os.virtioInBox === true;
  const cdromBus = isPc ? (/^(pc$|pc-i440fx|pc-\d)/.test(machine ?? "q35") ? "ide" : "sata") : "scsi";
  const devices = objectOf(config.devices);
  const defaults: DiskDefaults = { bus: hasVirtio ? "virtio" : undefined, cdromBus, blockDriver: "qemu" };
  const common = commonProps(resource, config, defaults, hasVirtio ? "virtio" : undefined, places);
  if (common instanceof NoConstruct) return common;
  if (x.osType !== "hvm") return new NoConstruct(`os.type is ${x.osType}`);
  const [graphics, video] = displayOf(devices, isPc ? "vnc" : "none", "virtio");
  const props: Config = {
    ...common.head,
    os: guestOs?.code,
    accelerator: isTcg ? "tcg" : undefined,
    arch: unless(arch, places.arch),
    machine: unless(machine, machineOf(arch)),
    ...common.sizes,
    cpu: cpuOf(objectOf(config.cpu), isTcg ? "maximum" : "host-model"),
    firmware: firmwareOf(objectOf(config.os), needsUefi(arch) || guestOs?.os.firmware.bios === false),
    tpm: tpmOf(devices, guestOs?.os.tpm === "2.0" && isPc),
    ...memoryBackingOf(objectOf(config.memoryBacking)),
    ...common.devices,
    graphics,
    video,
    sound: soundOf(devices),
    ...common.tail,
  };
  return { construct: "KvmGuest", props, resource: "domain" };
};

const XEN: Readonly<Record<string, string>> = {
  xen: "XenPvGuest",
  linux: "XenPvGuest",
  xenpvh: "XenPvhGuest",
  hvm: "XenHvmGuest",
};

const proposeXenGuest: Propose = (resource, config, places) => {
  const { osType } = systemOf(config, places);
  const construct = XEN[osType];
  const isHvm = osType === "hvm";
  const defaults: DiskDefaults = { bus: "xen", cdromBus: isHvm ? "ide" : "xen", blockDriver: "phy" };
  const common = commonProps(resource, config, defaults, undefined, places);
  if (common instanceof NoConstruct) return common;
  if (construct === undefined) return new NoConstruct(`os.type is ${osType}`);
  const devices = objectOf(config.devices);
  const [graphics, video] = displayOf(devices, isHvm ? "vnc" : "none", "vga");
  const props: Config = {
    ...common.head,
    ...common.sizes,
    boot: isHvm ? undefined : bootOf(config, construct === "XenPvGuest"),
    ...common.devices,
    graphics,
    ...(isHvm && { video, sound: soundOf(devices) }),
    ...common.tail,
  };
  return { construct, props, resource: "domain" };
};

interface System {
  readonly osType: string;
  readonly arch: string;
  readonly machine: string | undefined;
}

function systemOf(config: Config, places: Places): System {
  const { type, typeArch, typeMachine } = objectOf(config.os);
  return {
    osType: String(type ?? ""),
    arch: textOf(typeArch) ?? places.arch,
    machine: textOf(typeMachine),
  };
}

function machineOf(arch: string): string {
  if (isX86(arch)) return "q35";
  if (arch === "s390x") return "s390-ccw-virtio";
  return arch.startsWith("ppc64") ? "pseries" : "virt";
}

interface CommonProps {
  readonly head: Config;
  readonly sizes: Config;
  readonly devices: Config;
  readonly tail: Config;
}

/** The props that guests of all kinds have, in parts, as they are in the order in which one reads them. */
function commonProps(
  { running, autostart }: { readonly running?: boolean; readonly autostart?: boolean },
  config: Config,
  defaults: DiskDefaults,
  model: string | undefined,
  places: Places,
): CommonProps | NoConstruct {
  const devices = objectOf(config.devices);
  const memory = memoryOf(config.memory, config.memoryUnit);
  const disks = disksOf(devices, defaults, places);
  const nics = nicsOf(devices, model, places);
  const hostDevices = hostDevicesOf(devices);
  const other = [disks, nics, hostDevices].find((each) => each instanceof NoConstruct);
  if (other instanceof NoConstruct) return other;
  if (memory === undefined) return new NoConstruct("memory is no whole number of KiB above zero");
  const { sockets, dies, cores, threads } = objectOf(objectOf(config.cpu).topology);
  const topology = { sockets, dies: unless(dies, 1), cores, threads };
  return {
    head: { description: textOf(config.description) },
    sizes: {
      memory,
      currentMemory: memoryOf(config.currentMemory, config.currentMemoryUnit),
      vcpus: unless(config.vcpu, 1),
      topology: sockets === undefined ? undefined : topology,
    },
    devices: {
      disks: someOf(disks),
      nics,
      hostDevices: someOf(hostDevices),
    },
    tail: {
      autostart: autostart ? true : undefined,
      running: running === false ? false : undefined,
    },
  };
}

/** Undefined for an empty list, or where there is none. */
function someOf(list: readonly Code[] | NoConstruct): unknown {
  return list instanceof NoConstruct || list.length === 0 ? undefined : list;
}

const OSINFO_ID = /<(?:\w+:)?os\s[^>]*\bid=["']([^"']+)["']/;

/** The operating system by the note of virt-install, where the catalogue has it. */
function osOf({ metadata }: Config): { readonly os: GuestOs; readonly code: Code } | undefined {
  const id = OSINFO_ID.exec(textOf(objectOf(metadata).xml) ?? "")?.[1];
  const os = id === undefined ? undefined : GuestOs.byLibosinfoId(id);
  const name = Object.entries(GuestOs).find(([, value]) => value === os)?.[0];
  return os === undefined || name === undefined
    ? undefined
    : { os: os as GuestOs, code: path(`GuestOs.${name}`) };
}

const CPUS: Readonly<Record<string, string>> = {
  "host-model": "Cpu.hostModel",
  "host-passthrough": "Cpu.hostPassthrough",
  maximum: "Cpu.maximum",
};

function cpuOf({ mode, model, features }: Config, standard: string): Code | undefined {
  if (mode === standard || mode === undefined) return undefined;
  const factory = CPUS[String(mode)];
  if (factory !== undefined) return call(factory);
  const named = listOf(features).map(({ name, policy }) => [String(name), policy]);
  const options = named.length > 0 ? { features: Object.fromEntries(named) } : undefined;
  return textOf(model) === undefined ? undefined : call("Cpu.model", model, options);
}

/** Where a guest has UEFI unless it says otherwise. */
const needsUefi = (arch: string) => /^(aarch64|riscv64|loongarch64)$/.test(arch);

function firmwareOf(
  { loader, loaderType, loaderSecure, nvRam }: Config,
  isStandard: boolean,
): Code | undefined {
  if (textOf(loader) === undefined || loaderType !== "pflash")
    return isStandard ? call("Firmware.bios") : undefined;
  const { nvRam: nvram, template } = objectOf(nvRam);
  return call("Firmware.uefi", {
    loader,
    nvramTemplate: textOf(template),
    nvram: textOf(nvram),
    secureBoot: loaderSecure === "yes" ? true : undefined,
  });
}

function tpmOf({ tpms }: Config, standard: boolean): boolean | undefined {
  return unless(listOf(tpms).length > 0, standard);
}

function soundOf({ sounds }: Config): unknown {
  const [sound] = listOf(sounds);
  return sound?.model;
}

function memoryBackingOf({ memoryHugePages, memorySource, memoryAccess }: Config): Config {
  const [page] = listOf(objectOf(memoryHugePages).hugepages);
  const isShared = same(memorySource, { type: "memfd" }) && same(memoryAccess, { mode: "shared" });
  return {
    hugePages: page && memoryOf(page.size, page.unit),
    sharedMemory: isShared ? true : undefined,
  };
}

/** The display, and the card if it is not the usual one. */
function displayOf(devices: Config, standard: "vnc" | "none", card: string): [Code | undefined, unknown] {
  const [graphic] = listOf(devices.graphics);
  if (graphic === undefined) return [standard === "none" ? undefined : call("Graphics.none"), undefined];
  const model = objectOf(listOf(devices.videos)[0]?.model).type;
  const video = model === undefined ? undefined : unless(model, card);
  const kind = graphic.spice === undefined ? "vnc" : "spice";
  const { listen } = objectOf(graphic[kind]);
  const options = listen === undefined || listen === "127.0.0.1" ? undefined : { listen };
  if (kind === standard && options === undefined) return [undefined, video];
  return [call(`Graphics.${kind}`, options), video];
}

function hostDevicesOf({ hostdevs }: Config): Code[] | NoConstruct {
  const codes = listOf(hostdevs).map((device) => {
    const pci = objectOf(objectOf(objectOf(device.subsysPci).source).address);
    if (typeof pci.bus === "number") return call("HostDevice.pci", pciAddress(pci));
    const { vendor, product, address } = objectOf(objectOf(device.subsysUsb).source);
    if (vendor !== undefined) return call("HostDevice.usb", objectOf(vendor).id, objectOf(product).id);
    const { bus, device: number } = objectOf(address);
    return bus === undefined ? undefined : call("HostDevice.usbAddress", bus, number);
  });
  const other = codes.indexOf(undefined);
  return other < 0
    ? (codes as Code[])
    : new NoConstruct(`devices.hostdevs[${other}] is no PCI and no USB device`);
}

/** How a guest without firmware starts. */
function bootOf(config: Config, hasDefault: boolean): Code | undefined {
  const { kernel, initrd, cmdline } = objectOf(config.os);
  if (textOf(kernel) !== undefined) return call("XenBoot.kernel", { kernel, initrd, cmdline });
  const loader = textOf(config.bootloader);
  if (loader === undefined) return undefined;
  if (loader === "pygrub" && config.bootloaderArgs === undefined)
    return hasDefault ? undefined : call("XenBoot.pygrub");
  return call("XenBoot.bootloader", loader, config.bootloaderArgs);
}
