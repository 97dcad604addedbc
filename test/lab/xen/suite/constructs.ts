import type { TerraformStack } from "cdktf";
import {
  Connection,
  Disk,
  GuestOs,
  type HostFacts,
  Memory,
  XenBoot,
  XenHost,
  XenHvmGuest,
  type XenHvmGuestProps,
  XenPvGuest,
  type XenPvGuestProps,
  XenPvhGuest,
  type XenPvhGuestProps,
} from "../../../../lib";
import { buildPlan } from "../../../../lib/plan/build";
import type { PlanGuest } from "../../../../lib/plan/guest";
import { readTerraformJson } from "../../../../lib/plan/terraform-json";
import { errors, run } from "../../../support/program";
import { type LabGuest, labGuest } from "./guests";
import { dom0, machine } from "./subject";

export type Build = (stack: TerraformStack, host: XenHost) => unknown;

const KERNEL = XenBoot.kernel({
  kernel: "/boot/vmlinux",
  initrd: "/boot/initrd.img",
  cmdline: "console=hvc0 mitigations=off quiet",
});
const common = {
  os: GuestOs.DEBIAN_12,
  memory: Memory.mebibytes(256),
  disks: [Disk.file("/var/lib/libvirt/images/lab-root.img", { format: "raw" })],
  nics: [],
};

/** What a PV guest has at least. */
export const PV = { ...common, boot: KERNEL };

export const xenHost = (stack: TerraformStack, facts: HostFacts) =>
  new XenHost(stack, "xen1", { connection: Connection.uri(dom0.uri), facts });

export const pvGuest =
  (props: Partial<XenPvGuestProps> = {}): Build =>
  (stack, host) =>
    new XenPvGuest(stack, "pv", { ...PV, host, ...props });
export const pvhGuest =
  (props: Partial<XenPvhGuestProps> = {}): Build =>
  (stack, host) =>
    new XenPvhGuest(stack, "pvh", { ...common, host, boot: KERNEL, ...props });
export const hvmGuest =
  (props: Partial<XenHvmGuestProps> = {}): Build =>
  (stack, host) =>
    new XenHvmGuest(stack, "hvm", { ...common, host, ...props });

/** What a machine without virtualization and without an IOMMU refuses it for. */
function missing({ mode, domain }: PlanGuest): string | undefined {
  if (mode !== "xen-pv") return "VIRT-XEN-001";
  return domain.devices?.hostdevs ? "VIRT-XEN-015" : undefined;
}

/** A guest of a program, and what is said of it. */
export interface Made extends LabGuest {
  readonly found: readonly string[];
  /** In the provider's vocabulary. */
  readonly config: object;
  /** The rule that refuses it on this machine, which has no such guests. */
  readonly refusedBy?: string;
}

/** @param boot what no construct has a prop for, in the provider's vocabulary */
export function made(build: Build, facts: HostFacts, boot: object = {}): Made {
  const program = run((stack) => {
    build(stack, xenHost(stack, facts));
  });
  const plan = buildPlan(readTerraformJson([{ unit: "lab", documents: [program.json] }]));
  const guest = plan.guests[0]!;
  Object.assign(guest.config.os as object, boot);
  return {
    ...labGuest(guest),
    config: guest.config,
    found: errors(program),
    refusedBy: machine.name === "hvm" ? undefined : missing(guest),
  };
}
