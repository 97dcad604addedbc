import { z } from "zod";
import { late, literal, positiveNumber, text } from "../props";
import type { DomainConfig, DomainDevices } from "../provider/domain";

/** What Xen itself gives a guest, beside memory and vCPUs. */
export interface XenTuningProps {
  /**
   * Weight in Xen's schedulers credit and credit2, from 1 to 65535: a guest of 512 gets twice the CPU time of one of
   * 256 where both want it. Caps and RTDS are set with `xl` in dom0: libvirt hands on the weight alone.
   *
   * @default - Xen's, 256
   */
  readonly cpuWeight?: number;
  /**
   * CPUs of the host for each vCPU, in order, such as `["0", "2-3", "0-7,^1"]`; a vCPU beyond the list runs
   * anywhere.
   *
   * @default - anywhere
   */
  readonly vcpuPins?: readonly string[];
  /**
   * How many pages of 4 KiB with grants the guest may have, 1 or more. Every disk and interface queue takes some; a
   * guest with many of them stops finding any.
   *
   * @default - the host's: 64 with Xen 4.17
   */
  readonly maxGrantFrames?: number;
  /** How many event channels, Xen's interrupts, the guest may have, 1 or more. @default - the host's: 1023 */
  readonly maxEventChannels?: number;
  /** Arguments for the guest's device model (QEMU in dom0), beside its own. @default - none */
  readonly deviceModelArgs?: readonly string[];
}

const range = { error: "must be a whole number from 1 to 65535" };
const cpus = {
  error: 'must be CPUs of the host, such as "0", "2-3" or "0-7,^1"',
};
const cpuSet = late(z.string(cpus).regex(/^\^?\d+(?:-\d+)?(?:,\^?\d+(?:-\d+)?)*$/, cpus));

export const xenTuningShape = {
  cpuWeight: late(z.int(range).min(1, range).max(65535, range)).optional(),
  vcpuPins: literal(
    z.array(cpuSet, { error: "must be a list" }),
    "each pin is an element of its own",
  ).optional(),
  maxGrantFrames: positiveNumber.optional(),
  maxEventChannels: positiveNumber.optional(),
  deviceModelArgs: literal(
    z.array(text, { error: "must be a list" }),
    "each argument is an element of its own",
  ).optional(),
};

/** The scheduler, and what the device model is told. */
export function xenTuningConfig(props: XenTuningProps): Pick<DomainConfig, "cpuTune" | "xenCommandline"> {
  const { cpuWeight, vcpuPins = [], deviceModelArgs = [] } = props;
  const pinned = vcpuPins.length > 0;
  return {
    ...((pinned || cpuWeight !== undefined) && {
      cpuTune: {
        ...(cpuWeight !== undefined && { shares: cpuWeight }),
        ...(pinned && { vcpuPin: vcpuPins.map((cpuSet, vcpu) => ({ vcpu, cpuSet })) }),
      },
    }),
    ...(deviceModelArgs.length > 0 && {
      xenCommandline: { args: deviceModelArgs.map((value) => ({ value })) },
    }),
  };
}

/** The limits of Xen's own bus. */
export function xenBusConfig(props: XenTuningProps): Pick<DomainDevices, "controllers"> {
  const { maxGrantFrames, maxEventChannels } = props;
  if (maxGrantFrames === undefined && maxEventChannels === undefined) return {};
  const xenBus = {
    ...(maxGrantFrames !== undefined && { maxGrantFrames }),
    ...(maxEventChannels !== undefined && { maxEventChannels }),
  };
  return { controllers: [{ type: "xenbus", index: 0, xenBus }] };
}
