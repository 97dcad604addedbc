import type { DomainDevicesDisks, DomainDevicesDisksSource } from "../provider/domain";
import { type DiskSpec, readDiskSpec } from "./disk-spec";
import type { Options } from "./options";
import type { XlText } from "./syntax";
import type { XlType } from "./type";

/** The disks of a guest. What libvirt has no word for is lost, with the whole disk where nothing of it would be right. */
export function disksOf(options: Options, type: XlType): DomainDevicesDisks[] {
  return options
    .texts("disk")
    .flatMap((text, index) => diskOf(readDiskSpec(text), text, `disk[${index}]`, options, type));
}

function diskOf(
  spec: DiskSpec,
  text: XlText,
  at: string,
  options: Options,
  type: XlType,
): DomainDevicesDisks[] {
  const lose = (part: string, value: string, why: string) =>
    options.losePart(part === "" ? at : `${at}: ${part}`, value, text, why);
  const whole = wholeLoss(spec);
  if (whole !== undefined) {
    lose("", text.text, whole);
    return [];
  }
  const target = deviceName(spec.vdev!);
  for (const other of spec.others.filter((each) => each !== "trusted" && each !== "no-colo")) {
    lose(other.split("=")[0]!, other, "libvirt has no word for it");
  }
  if (spec.access === "w!") lose("access", "w!", "libvirt's Xen driver has no mode for shared disks");
  const { cdrom, discard, backend } = spec;
  const source = sourceOf(spec.target ?? "", lose);
  const driver = driverOf(spec, source);
  return [
    {
      device: cdrom ? "cdrom" : "disk",
      driver: { ...driver, ...(discard !== undefined && { discard: discard ? "unmap" : "ignore" }) },
      ...(source && { source }),
      target: { dev: target, bus: busOf(target, type) },
      ...((cdrom || /^ro?$/.test(spec.access ?? "")) && { readOnly: true }),
      ...(backend && { backendDomain: { name: backend } }),
    },
  ];
}

function wholeLoss({ script, backendtype, others, target, cdrom, format }: DiskSpec): string | undefined {
  if (script) {
    return `its script ${script} makes the device in dom0, and libvirt runs none: attach it there by other means, and give its path`;
  }
  if (backendtype === "standalone") return "libvirt has no backend standalone";
  if (others.includes("specification=virtio")) return "libvirt's Xen driver has no virtio disks";
  if (!cdrom && (!target || format === "empty")) return "a disk that is no CD-ROM needs an image";
  return undefined;
}

/** The driver is always named: libvirt takes an image without one for raw, whatever its format. */
function driverOf(
  { backendtype, format = "raw", prefix, cdrom }: DiskSpec,
  source: DomainDevicesDisksSource | undefined,
): { name: string; type: string } {
  const type = format === "" || format === "empty" ? "raw" : format;
  if (cdrom || source?.network !== undefined) return { name: "qemu", type };
  if (backendtype) return { name: backendtype === "qdisk" ? "qemu" : backendtype, type };
  // As libxl chooses where the file does not say: a block device goes to the kernel, all else to QEMU.
  const isBlock = type === "raw" && source?.block !== undefined && prefix !== "file";
  return { name: isBlock ? "phy" : "qemu", type };
}

type Lose = (part: string, value: string, why: string) => void;

function sourceOf(target: string, lose: Lose): DomainDevicesDisksSource | undefined {
  if (target === "") return undefined;
  if (target.startsWith("rbd:")) return { network: cephSource(target, lose) };
  // xl looks for what is no path in /dev.
  const path = target.startsWith("/") ? target : `/dev/${target}`;
  return path.startsWith("/dev/") ? { block: { dev: path } } : { file: { file: path } };
}

/** `rbd:pool/image:mon_host=a\:6789\;b:id=…`, as QEMU writes it. */
function cephSource(target: string, lose: Lose): NonNullable<DomainDevicesDisksSource["network"]> {
  const [name, ...settings] = target
    .slice(4)
    .replace(/\\\\/g, "\\")
    .split(/(?<!\\):/);
  const hosts: { name: string; port?: string }[] = [];
  for (const setting of settings) {
    const [key = "", value = ""] = setting.split(/=(.*)/s);
    if (key === "mon_host") {
      for (const host of value.replace(/\\/g, "").split(/[;,]/)) {
        const [, address, port] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(host.trim()) ?? [];
        if (address) hosts.push({ name: address.replace(/[[\]]/g, ""), ...(port && { port }) });
      }
    } else if (key !== "auth_supported" || value !== "none") {
      lose(`target ${key}`, key === "key" ? "***" : value, "libvirt keeps secrets of Ceph in its own store");
    }
  }
  return { protocol: "rbd", name, ...(hosts.length > 0 && { hosts }) };
}

/** `d0p1`, `51713` and `0xca01` are other names of xvda1. */
function deviceName(vdev: string): string {
  const [, d, p] = /^d(\d+)(?:p(\d+))?$/.exec(vdev) ?? [];
  if (d !== undefined) return `xvd${letters(Number(d))}${p ?? ""}`;
  if (!/^(?:0x[\da-f]+|\d+)$/i.test(vdev)) return vdev;
  const number = Number(vdev);
  const isXvd = number >> 8 === 202;
  if (isXvd) return `xvd${letters((number & 0xff) >> 4)}${number & 0xf || ""}`;
  if (number >> 8 === 3) return `hd${letters((number & 0xff) >> 6)}${number & 0x3f || ""}`;
  if (number >> 8 === 8) return `sd${letters((number & 0xff) >> 4)}${number & 0xf || ""}`;
  const isExtended = number >> 28 === 1;
  return isExtended ? `xvd${letters((number & 0xfffffff) >> 8)}${number & 0xff || ""}` : vdev;
}

function letters(index: number): string {
  const rest = index < 26 ? "" : letters(Math.floor(index / 26) - 1);
  return rest + String.fromCharCode(97 + (index % 26));
}

function busOf(target: string, type: XlType): string {
  if (type !== "hvm" || target.startsWith("xvd")) return "xen";
  return target.startsWith("sd") ? "scsi" : "ide";
}
