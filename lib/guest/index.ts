export { Cpu, type CpuFeaturePolicy, type CpuModelOptions, type CpuTopology } from "./cpu";
export {
  Disk,
  type DiskBus,
  type DiskContent,
  type DiskOptions,
  type FileDiskOptions,
  type ImageDiskOptions,
  type NewDiskOptions,
} from "./disk";
export type { DriverDomain } from "./driver-domain";
export { Firmware, type UefiOptions } from "./firmware";
export { Graphics, type GraphicsOptions } from "./graphics";
export { Guest, type GuestProps, type OnChange } from "./guest";
export { HostDevice, type PciDeviceOptions } from "./host-device";
export { KvmGuest, type KvmGuestProps } from "./kvm-guest";
export {
  type BridgeNicOptions,
  type MacvtapNicOptions,
  type NetworkNicOptions,
  Nic,
  type NicOptions,
} from "./nic";
export { XenBoot, type XenKernelOptions } from "./xen-boot";
export type { XenGuestProps } from "./xen-guest";
export { XenHvmGuest, type XenHvmGuestProps } from "./xen-hvm-guest";
export type { XenNumaNode } from "./xen-numa";
export { XenPvGuest, type XenPvGuestProps } from "./xen-pv-guest";
export { XenPvhGuest, type XenPvhGuestProps } from "./xen-pvh-guest";
export type { XenTuningProps } from "./xen-tuning";
