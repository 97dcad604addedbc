export {
  Connection,
  type ConnectionOptions,
  type LocalOptions,
  type SshOptions,
  type TlsOptions,
} from "./connection";
export { type Architecture, Host, type HostProps, type IHost } from "./host";
export { KvmHost, type KvmHostProps } from "./kvm-host";
export { type Dom0Props, type Teardown, XenHost, type XenHostProps, type XenVariant } from "./xen-host";
