import { z } from "zod";
import { isHost } from "../host/is-host";
import type { Teardown, XenHost } from "../host/xen-host";
import { choice, instance, literal } from "../props";
import type { DomainConfig, DomainDevices } from "../provider/domain";
import type { Disk, DiskBus } from "./disk";
import { type GuestKind, type GuestProps, guestShape } from "./guest";
import { type XenBoot, xenBoot } from "./xen-boot";
import { type XenTuningProps, xenBusConfig, xenTuningConfig, xenTuningShape } from "./xen-tuning";

/** Props of every Xen guest. */
export interface XenGuestProps extends GuestProps, XenTuningProps {
  /** The host that it runs on. */
  readonly host: XenHost;
  /**
   * Who removes the domain when it is destroyed or replaced: `virsh`, which must be where Terraform runs, or the
   * provider, which version 0.9.7 cannot do on Xen.
   *
   * @default - the host's
   */
  readonly teardown?: Teardown;
}

export const xenShape = {
  ...guestShape,
  ...xenTuningShape,
  host: instance(isHost, "a XenHost"),
  teardown: literal(choice("virsh", "provider"), "resources depend on it").optional(),
};

/** What all Xen guests do at their end. */
export function xenVirshUri({ host, teardown }: XenGuestProps): string | undefined {
  return (teardown ?? host.teardown) === "virsh" ? host.virshUri : undefined;
}

/** What PV and PVH guests share: no firmware, no emulated hardware, a console that Xen provides. */
export function paravirtual<P extends XenGuestProps & { boot?: XenBoot }>(
  type: "linux" | "xenpvh",
  machine: string,
  {
    defaultBoot,
    shape = {},
    ofKind,
  }: {
    readonly defaultBoot?: XenBoot;
    /** Props that one of them has. */
    readonly shape?: z.ZodRawShape;
    readonly ofKind?: (props: P) => Partial<DomainConfig>;
  } = {},
): GuestKind<P> {
  return {
    schema: z.strictObject({ ...xenShape, ...shape, boot: defaultBoot ? xenBoot.optional() : xenBoot }),
    type: "xen",
    volumesByPath: true,
    diskBus: xenDiskBus,
    nicModel: () => undefined,
    virshUri: xenVirshUri,
    config: (props, host): Partial<DomainConfig> & { type: string } => {
      const { os, ...boot } = (props.boot ?? defaultBoot)?.config ?? {};
      return {
        type: "xen",
        os: { type, typeArch: host.arch, typeMachine: machine, ...os },
        ...boot,
        ...xenTuningConfig(props),
        ...ofKind?.(props),
        devices: {
          ...xenBusConfig(props),
          consoles: [{ target: { type: "xen", port: 0 } }],
          ...displayOf(props),
        },
      };
    },
  };
}

export function xenDiskBus(_props: GuestProps, disk: Disk): DiskBus {
  return disk.options.bus ?? "xen";
}

/** The paravirtual frame buffer of PV and PVH guests has no video card. */
function displayOf({ graphics }: GuestProps): Partial<DomainDevices> {
  return graphics?.config ? { graphics: [graphics.config] } : {};
}
