import type { Planned } from "../plan/late";
import { pciAddress } from "../plan/pci-address";
import type { DomainConfig, DomainDevicesDisks, DomainDevicesInterfaces } from "../provider/domain";
import { list, type Settings } from "./derive-values";
import type { XlType } from "./type";

type Domain = Planned<DomainConfig>;
type Disk = Planned<DomainDevicesDisks>;
type Nic = Planned<DomainDevicesInterfaces>;

/** libvirt's drivers by xl's names of what is behind them. */
const BACKENDS: Readonly<Record<string, string>> = {
  qemu: "qdisk",
  file: "qdisk",
  phy: "phy",
  tap: "tap",
  tap2: "tap",
};

export function disksOf({ devices }: Domain): string[] {
  return (devices?.disks ?? []).filter(({ device }) => device !== "floppy").map(diskSpec);
}

/** An image without a named driver is raw, whatever its type. */
function diskSpec(disk: Disk): string {
  const { driver, target, readOnly, device, backendDomain } = disk;
  const isCdrom = device === "cdrom";
  const backend = BACKENDS[String(driver?.name ?? (disk.source?.network && "qemu"))];
  const source = sourceOf(disk);
  const parts = [
    `format=${source === undefined && isCdrom ? "empty" : (driver?.name !== undefined && driver.type) || "raw"}`,
    `vdev=${target?.dev}`,
    `access=${readOnly || isCdrom ? "ro" : "rw"}`,
    backend && `backendtype=${backend}`,
    isCdrom && "devtype=cdrom",
    driver?.discard === "unmap" && "discard",
    driver?.discard === "ignore" && "no-discard",
    backendDomain && `backend=${backendDomain.name}`,
    // It takes all that follows.
    source !== undefined && `target=${source}`,
  ];
  return parts.filter((part) => typeof part === "string").join(",");
}

/** A pool and a volume are no path: the disk is empty. */
function sourceOf({ source }: Disk): string | undefined {
  const path = source?.file?.file ?? source?.block?.dev;
  if (path !== undefined) return String(path);
  const { network } = source ?? {};
  if (network === undefined) return undefined;
  const hosts = (network.hosts ?? []).map(({ name, port }) => {
    const address = String(name).includes(":") ? `[${String(name).replace(/:/g, "\\:")}]` : String(name);
    return port === undefined ? address : `${address}\\\\:${port}`;
  });
  const monitors = hosts.length > 0 ? `:mon_host=${hosts.join("\\\\;")}` : "";
  return `rbd:${network.name}:auth_supported=none${monitors}`;
}

export function nicsOf({ devices }: Domain, type: XlType): string[] {
  return (devices?.interfaces ?? []).map((nic) => {
    const average = nic.bandwidth?.outbound?.average;
    const model = nic.model?.type;
    const parts = [
      nic.mac?.address && `mac=${nic.mac.address}`,
      ...attachment(nic),
      (nic.ip ?? []).length > 0 && `ip=${nic.ip!.map(({ address }) => address).join(" ")}`,
      type === "hvm" && (model === "netfront" ? "type=vif" : model && `model=${model}`),
      nic.target?.dev && `vifname=${nic.target.dev}`,
      average !== undefined &&
        `rate=${typeof average === "number" ? Math.round(average * 1.024) : average}KB/s`,
      nic.backendDomain && `backend=${nic.backendDomain.name}`,
    ];
    return parts.filter((part) => typeof part === "string" && part !== "").join(",");
  });
}

/** A libvirt network is the bridge that it has on the host, which the domain does not tell. */
function attachment({ source, script, virtualPort, vlan }: Nic): (string | undefined)[] {
  const isSwitch = virtualPort?.params?.openVSwitch !== undefined;
  const path = script?.path ?? (isSwitch ? "vif-openvswitch" : undefined);
  const named = path === undefined ? undefined : `script=${path}`;
  const network = source?.network?.network;
  const bridge =
    source?.bridge?.bridge ?? (network === undefined ? undefined : `<bridge of network ${network}>`);
  if (bridge === undefined) return [named];
  const tags = (isSwitch && vlan?.tags) || [];
  const suffix =
    vlan?.trunk === "yes" ? tags.map(({ id }) => `:${id}`).join("") : tags[0] ? `.${tags[0].id}` : "";
  return [`bridge=${bridge}${suffix}`, named];
}

export function hostDevicesOf({ devices }: Domain): Settings {
  const all = devices?.hostdevs ?? [];
  const pci = all.flatMap(({ subsysPci, managed }) => {
    const { address, writeFiltering } = subsysPci?.source ?? {};
    if (address === undefined) return [];
    const permissive = writeFiltering === undefined ? "" : `,permissive=${writeFiltering === "no" ? 1 : 0}`;
    return [`${pciAddress(address)}${permissive}${managed === true ? ",seize=1" : ""}`];
  });
  const usb = all.flatMap(({ subsysUsb }) => {
    const address = subsysUsb?.source?.address;
    return address === undefined ? [] : [`hostbus=${address.bus},hostaddr=${address.device}`];
  });
  return { pci: list(pci), usbdev: list(usb) };
}
