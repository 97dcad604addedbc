import type { PlanGuest } from "../../plan/guest";
import { isLate, type Planned } from "../../plan/late";
import type { DomainDevicesHostdevs } from "../../provider/domain";
import { defineRule, fail, having, type Outcome, pass, qemuGuests, undetermined } from "../../rule";
import { checkSettings, type Devices, statedBy } from "../settings";

type Hostdev = Planned<DomainDevicesHostdevs>;

/** The attributes that make a device what it is, and what users call it. */
const KINDS = {
  subsysPci: "PCI",
  subsysUsb: "USB",
  subsysScsi: "SCSI",
  subsysScsiHost: "vhost-scsi",
  subsysMDev: "mediated",
  capsNet: "capability",
  capsStorage: "capability",
  capsMisc: "capability",
} as const;
const KIND = statedBy<Hostdev>("kind", "", kindOf);

const HOSTDEVS: Devices<Hostdev> = {
  list: "devices.hostdevs",
  of: ({ domain }) => domain.devices?.hostdevs ?? [],
  label: (hostdev, index) => `Host device ${index + 1} (${kindOf(hostdev)})`,
  settings: [
    ...["capsNet", "capsStorage", "capsMisc"].map((attribute) => ({
      attribute,
      never: "which is for containers of LXC: QEMU takes PCI, USB, SCSI and mediated devices",
    })),
    { attribute: "subsysPci.source.writeFiltering", never: "which is for Xen" },
    {
      attribute: "subsysScsi.sgio",
      values: ["unfiltered"],
      never: "which libvirt does not take any more: no kernel has it",
    },
    {
      attribute: "boot",
      kind: { ...KIND, become: () => "boot from a PCI, USB or SCSI device" },
      only: ["PCI", "USB", "SCSI"],
      // A disk of a mainframe is a mediated device, too.
      counts: (hostdev) => kindOf(hostdev) !== "capability" && hostdev.subsysMDev?.model !== "vfio-ccw",
    },
  ],
};

const WWPN = /^naa\.[\da-f]{16}$/i;

function kindOf(hostdev: Hostdev): string | undefined {
  const attribute = (Object.keys(KINDS) as (keyof typeof KINDS)[]).find(
    (kind) => hostdev[kind] !== undefined,
  );
  return attribute && KINDS[attribute];
}

/** A device of the host is found by what names it. */
export const hostDeviceComplete = defineRule({
  code: "VIRT-PCI-084",
  slug: "host-device-complete",
  severity: "error",
  stage: "define",
  title: "A device of the host must be named in full, and be of a kind that QEMU takes",
  why: "A SCSI device is found by its adapter and address, an iSCSI one by its name at one host, a vhost-scsi target by a WWPN with naa. before it, a mediated device by its UUID. QEMU takes no devices as capabilities, which are for containers, and boots from none that is mediated or vhost-scsi.",
  fix: "Complete the source of the device.",
  sources: [
    "libvirt domain_conf.c virDomainHostdevDefParseXMLSubsys and the functions below it; domain_validate.c virDomainHostdevDefValidate; qemu_validate.c qemuValidateDomainDeviceDefHostdev, qemuValidateDomainMdevDef",
    "tried: libvirt 9.0.0, define: hostdev mode 'capabilities' is not supported in qemu; Write filtering is not supported by qemu, on or off; unfiltered sgio is no longer supported; missing source address type; 'address' ('adapter' name) must be specified for scsi hostdev source; Missing required attribute 'unit'; missing the host address for the iSCSI hostdev, only one host, missing path name; Missing scsi_host subsystem protocol, missing wwpn, malformed 'wwpn'; Missing required attribute 'model' of mdev, Missing <address> element; graphics device is needed for 'display=on'; booting is not supported by vhost SCSI devices and mediated devices; teaming hostdev devices must have type='transient'",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.hostdevs"),
  *check(guest): Iterable<Outcome> {
    yield* checkSettings(guest, HOSTDEVS);
    for (const [index, hostdev] of HOSTDEVS.of(guest).entries()) {
      if (isLate(hostdev)) {
        yield undetermined("a device of the host is known only at apply");
        continue;
      }
      const wrong = [...wrongIn(guest, hostdev)];
      if (wrong.length === 0) yield pass;
      for (const { at, what, fix } of wrong) {
        yield fail({
          at: `devices.hostdevs[${index}]${at && `.${at}`}`,
          message: `${kindOf(hostdev) ? HOSTDEVS.label(hostdev, index) : `Host device ${index + 1}`} of "${guest.label}" ${what}.`,
          fix,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { hostdevs: [scsi({ adapter: { name: "scsi_host0" } })] } }),
    good: (plan) =>
      plan.kvm({
        devices: {
          hostdevs: [scsi({ adapter: { name: "scsi_host0" }, address: { bus: 0, target: 1, unit: 0 } })],
        },
      }),
  },
});

function scsi(host: Record<string, unknown>): Record<string, unknown> {
  return { subsys_scsi: { source: { host } } };
}

interface Wrong {
  readonly at: string;
  readonly what: string;
  readonly fix: string;
}

function* wrongIn(guest: PlanGuest, hostdev: Hostdev): Iterable<Wrong> {
  const { subsysMDev, subsysPci, subsysScsi, subsysScsiHost } = hostdev;
  if (kindOf(hostdev) === undefined) {
    yield {
      at: "",
      what: "says nothing of the device",
      fix: "set subsysPci, subsysUsb, subsysScsi or subsysMDev",
    };
  }
  const teaming = subsysPci?.teaming;
  if (
    teaming &&
    !isLate(teaming) &&
    !isLate(teaming.type) &&
    (teaming.type !== "transient" || !teaming.persistent)
  ) {
    const what =
      teaming.type === "transient"
        ? "is the transient part of a team and does not name the persistent one"
        : `is ${teaming.type ? `the ${teaming.type}` : "no"} part of a team; a host device is the transient one`;
    const fix = 'set type to "transient", and persistent to the alias of the virtio interface';
    yield { at: "subsysPci.teaming", what, fix };
  }
  if (subsysMDev && !isLate(subsysMDev)) yield* wrongMediated(guest, subsysMDev);
  if (subsysScsi && !isLate(subsysScsi)) yield* wrongScsi(subsysScsi);
  if (subsysScsiHost && !isLate(subsysScsiHost)) yield* wrongTarget(subsysScsiHost);
}

function* wrongMediated({ domain }: PlanGuest, mdev: NonNullable<Hostdev["subsysMDev"]>): Iterable<Wrong> {
  const { display, model, source } = mdev;
  const uuid = source?.address?.uuid;
  if (!model) yield { at: "subsysMDev.model", what: "has no model", fix: 'set model, such as "vfio-pci"' };
  if (!uuid) {
    yield {
      at: "subsysMDev.source.address.uuid",
      what: "has no UUID",
      fix: "set it to the name of the device in /sys/bus/mdev/devices",
    };
  }
  if (display === "on" && (domain.devices?.graphics ?? []).length === 0) {
    const what = "is to be shown (display), and the guest has no graphics";
    yield {
      at: "subsysMDev.display",
      what,
      fix: "add { vnc: { autoPort: true } } to devices.graphics, or remove display",
    };
  }
}

function* wrongScsi({ source }: NonNullable<Hostdev["subsysScsi"]>): Iterable<Wrong> {
  if (source === undefined || isLate(source) || isLate(source.host) || isLate(source.iscsi)) return;
  const { host, iscsi } = source;
  if (iscsi) {
    const at = "subsysScsi.source.iscsi";
    const hosts = isLate(iscsi.host) ? 1 : (iscsi.host ?? []).length;
    if (iscsi.name === undefined)
      yield { at: `${at}.name`, what: "has no name", fix: "set name to the IQN and the unit" };
    if (hosts !== 1) {
      const what = `names ${hosts === 0 ? "no host" : `${hosts} hosts`}; an iSCSI device is at one`;
      yield { at: `${at}.host`, what, fix: "name one host" };
    }
    return;
  }
  const at = "subsysScsi.source.host";
  const { address, adapter } = host ?? {};
  const missing = (["bus", "target", "unit"] as const).filter((part) => address?.[part] === undefined);
  if (missing.length > 0) {
    const what = address === undefined ? "has no address" : `has an address without ${missing.join(" and ")}`;
    yield { at: `${at}.address`, what, fix: "set bus, target and unit as lsscsi shows them" };
  }
  if (!adapter?.name) {
    yield { at: `${at}.adapter.name`, what: "names no adapter", fix: 'set it, such as "scsi_host0"' };
  }
}

function* wrongTarget({ source }: NonNullable<Hostdev["subsysScsiHost"]>): Iterable<Wrong> {
  if (source === undefined || isLate(source)) return;
  const { protocol, wwpn } = source;
  const at = "subsysScsiHost.source";
  if (!isLate(protocol) && protocol !== "vhost") {
    const what = `has ${protocol ? `protocol ${protocol}` : "no protocol"}; vhost is all there is`;
    yield { at: `${at}.protocol`, what, fix: 'set protocol to "vhost"' };
  }
  if (wwpn === undefined || !(isLate(wwpn) || WWPN.test(wwpn))) {
    const what = wwpn === undefined ? "has no WWPN" : `has "${wwpn}" for a WWPN`;
    yield { at: `${at}.wwpn`, what, fix: "set it to naa. and 16 hexadecimal digits" };
  }
}
