/** One kind of file in a folder of host facts: its name and the command whose output it holds. */
export interface Capture {
  /** The file's name; `*` stands for any text where one host needs several such files. */
  readonly file: string;
  /** The command to run on, or against, the host with `LC_ALL=C`. */
  readonly command: string;
}

/** The files {@link HostFacts.fromDirectory} reads. */
export const CAPTURES = {
  capabilities: { file: "capabilities.xml", command: "virsh capabilities" },
  domainCapabilities: {
    file: "domcaps-*.xml",
    command: "virsh domcapabilities [--virttype TYPE] [--machine MACHINE]",
  },
  nodeInfo: { file: "nodeinfo.txt", command: "virsh nodeinfo" },
  version: { file: "version.txt", command: "virsh version --daemon" },
  nodeDeviceTree: { file: "nodedev-tree.txt", command: "virsh nodedev-list --tree" },
  nodeDevices: { file: "nodedev-*.xml", command: "virsh nodedev-dumpxml DEVICE" },
  networkList: { file: "net-list.txt", command: "virsh net-list --all" },
  networks: { file: "net-*.xml", command: "virsh net-dumpxml NETWORK" },
  poolList: { file: "pool-list.txt", command: "virsh pool-list --all" },
  pools: { file: "pool-*.xml", command: "virsh pool-dumpxml POOL" },
  interfaceList: { file: "iface-list.txt", command: "virsh iface-list --all" },
  addresses: { file: "ip-addr.json", command: "ip -j addr" },
  routes: { file: "ip-route.json", command: "ip -j route" },
  xlInfo: { file: "xl-info.txt", command: "xl info" },
  xlList: { file: "xl-list.txt", command: "xl list" },
  cpuInfo: { file: "cpuinfo.txt", command: "cat /proc/cpuinfo" },
  hostValidation: { file: "virt-host-validate.txt", command: "virt-host-validate" },
  kernelRelease: { file: "uname.txt", command: "uname -r" },
} as const satisfies Record<string, Capture>;

/** The start and end of the names a capture's pattern stands for. */
export function matches(capture: Capture, name: string): boolean {
  const [start = "", end] = capture.file.split("*");
  return end === undefined ? name === start : name.startsWith(start) && name.endsWith(end);
}
