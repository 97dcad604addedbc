import type { Construct } from "constructs";
import { z } from "zod";
import { choice, literal, text } from "../props";
import { bootDevices } from "./boot-devices";
import { Graphics, xenVideoConfig } from "./graphics";
import { Guest, type GuestKind } from "./guest";
import { type XenGuestProps, xenDiskBus, xenShape, xenVirshUri } from "./xen-guest";
import { numaIssues, type XenNumaNode, xenNuma, xenNumaConfig } from "./xen-numa";
import { xenBusConfig, xenTuningConfig } from "./xen-tuning";

/** Props of a fully virtualized Xen guest. */
export interface XenHvmGuestProps extends XenGuestProps {
  /** Model of the video card. @default "vga" */
  readonly video?: string;
  /** Model of the sound card, such as ich6. @default - none */
  readonly sound?: string;
  /** Whether the image has Xen's PV drivers, where the operating system does not bring them, such as Windows. @default - unknown */
  readonly xenDrivers?: "in-image" | "none";
  /**
   * NUMA nodes that the guest sees, their memory adding up to its own. Xen puts each on the host's node of the same
   * number, and all on node 0 where the host has fewer.
   *
   * @default - one node
   */
  readonly numa?: readonly XenNumaNode[];
}

const kind: GuestKind<XenHvmGuestProps> = {
  schema: z.strictObject({
    ...xenShape,
    video: text.optional(),
    sound: text.optional(),
    xenDrivers: literal(choice("in-image", "none"), "rules depend on it").optional(),
    numa: xenNuma.optional(),
  }),
  type: "xen",
  volumesByPath: true,
  // The emulator has four IDE disks, the first of which is the first disk.
  cdromTargets: ["hdc", "hdd", "hdb", "hda"],
  // It emulates xvda to xvdd as IDE disks, which cannot be read-only.
  readOnlyTargets: [..."efghijklmnopqrstuvwxyz"].map((letter) => `xvd${letter}`),
  // An emulated CD-ROM needs an IDE name; disks on Xen's bus are emulated for the boot loader as well.
  diskBus: (props, disk) => disk.options.bus ?? (disk.device === "cdrom" ? "ide" : xenDiskBus(props, disk)),
  nicModel: () => undefined,
  xenDrivers: (props) => props.xenDrivers,
  virshUri: xenVirshUri,
  config: (props, host, _name, issues) => {
    issues.push(...numaIssues(props.numa ?? [], props.memory));
    const cpu = xenNumaConfig(props.numa);
    const graphics = props.graphics ?? Graphics.vnc();
    const order = bootDevices(props);
    return {
      type: "xen",
      os: {
        type: "hvm",
        typeArch: host.arch,
        typeMachine: "xenfv",
        ...(order && { bootDevices: order }),
      },
      // Without these Xen starts the guest with ACPI and APIC off.
      features: { acpi: true, apic: {} },
      ...(cpu && { cpu }),
      ...xenTuningConfig(props),
      devices: {
        ...xenBusConfig(props),
        serials: [{ target: { port: 0 } }],
        consoles: [{ target: { type: "serial", port: 0 } }],
        ...(graphics.config && {
          graphics: [graphics.config],
          videos: [xenVideoConfig(props.video ?? "vga")],
        }),
        ...(props.sound !== undefined && { sounds: [{ model: props.sound }] }),
      },
    };
  },
};

/** A fully virtualized guest with emulated hardware: any system, also unmodified ones. Needs VT-x or AMD-V. */
export class XenHvmGuest extends Guest {
  constructor(scope: Construct, id: string, props: XenHvmGuestProps) {
    super(scope, id, props, kind as GuestKind<never>);
  }
}
