export {
  Connection,
  type ConnectionOptions,
  type LocalOptions,
  type SshOptions,
  type TlsOptions,
} from "./connection";
export type { Dom0, Dom0Props } from "./dom0";
export { type Architecture, Host, type HostProps, type IHost } from "./host";
export { KvmHost, type KvmHostProps } from "./kvm-host";
export { type Teardown, XenHost, type XenHostProps, type XenVariant } from "./xen-host";
