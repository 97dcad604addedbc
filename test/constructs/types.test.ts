import type ts from "typescript";
import { compile, messageOf } from "../support/compile";

/*
 * What the compiler refuses of the constructs, in words that say what is wrong, and what it must not refuse.
 */

const PRELUDE = `
  import { TerraformVariable } from "cdktf";
  import type { Construct } from "constructs";
  import {
    BridgedNetwork, Connection, Disk, GuestOs, Image, KvmGuest, KvmHost, Memory, NatNetwork, Nic, StoragePool, Volume, XenBoot,
    XenHost, XenHvmGuest, XenPvGuest, XenPvhGuest, type KvmGuestProps, type XenPvGuestProps,
  } from "../../lib";
  declare const scope: Construct;
  declare const kvm: KvmHost;
  declare const xen: XenHost;
  declare const name: string;
  declare const network: NatNetwork;
  declare const volume: Volume;
  const memory = Memory.gibibytes(1);
  const boot = XenBoot.kernel({ kernel: "/boot/vmlinuz" });
  export {};
`;

const NO_PV = `"has no PV kernel: use XenHvmGuest or KvmGuest"' is not assignable to type '"has a paravirtualized (PV) kernel"'`;
const NO_PVH = `"has no kernel that boots as PVH: use XenHvmGuest or KvmGuest"' is not assignable to type '"has a kernel that boots as PVH"'`;

const refused: Record<string, [snippet: string, ...messages: string[]]> = {
  "Windows as PV": [`new XenPvGuest(scope, "g", { host: xen, memory, os: GuestOs.WINDOWS_11 })`, NO_PV],
  "RHEL 9 as PVH": [`new XenPvhGuest(scope, "g", { host: xen, memory, boot, os: GuestOs.RHEL_9 })`, NO_PVH],
  "one of several without a PV kernel": [
    `for (const os of [GuestOs.DEBIAN_12, GuestOs.WINDOWS_11]) new XenPvGuest(scope, os.id, { host: xen, memory, os })`,
    NO_PV,
  ],
  "a KVM guest on a Xen host": [
    `new KvmGuest(scope, "g", { host: xen, memory })`,
    "Type 'XenHost' is not assignable to type 'KvmHost'",
    "'hypervisor' are incompatible",
    `Type '"xen"' is not assignable to type '"kvm"'`,
  ],
  "an HVM guest on a KVM host": [
    `new XenHvmGuest(scope, "g", { host: kvm, memory })`,
    "Type 'KvmHost' is missing the following properties from type 'XenHost': variant, dom0",
  ],
  "a PVH guest with nothing to boot": [
    `new XenPvhGuest(scope, "g", { host: xen, memory, os: GuestOs.DEBIAN_12 })`,
    "Property 'boot' is missing",
  ],
  "a guest without memory": [
    `new KvmGuest(scope, "g", { host: kvm })`,
    "Property 'memory' is missing in type '{ host: KvmHost; }' but required in type 'KvmGuestProps'",
  ],
  "a guest without a host": [`new KvmGuest(scope, "g", { memory })`, "Property 'host' is missing"],
  "memory that is a number": [
    `new KvmGuest(scope, "g", { host: kvm, memory: 2048 })`,
    "Type 'number' is not assignable to type 'Memory'",
  ],
  "memory that is an object": [
    `new KvmGuest(scope, "g", { host: kvm, memory: { amount: 2, unit: "GiB" } })`,
    "is missing the following properties from type 'Memory'",
  ],
  "a misspelt prop": [
    `new KvmGuest(scope, "g", { host: kvm, memory, vcpu: 2 })`,
    "'vcpu' does not exist in type 'KvmGuestProps'. Did you mean to write 'vcpus'?",
  ],
  "a misspelt option of a disk": [
    `Disk.volume(volume, { chache: "none" })`,
    "'chache' does not exist in type 'DiskOptions'. Did you mean to write 'cache'?",
  ],
  "a bus that does not exist": [
    `Disk.volume(volume, { bus: "vertio" })`,
    `Type '"vertio"' is not assignable to type 'DiskBus`,
  ],
  "a video card of a PV guest, which has none": [
    `new XenPvGuest(scope, "g", { host: xen, memory, video: "vga" })`,
    "'video' does not exist in type 'XenPvGuestProps'",
  ],
  "firmware of a Xen guest": [
    `new XenHvmGuest(scope, "g", { host: xen, memory, firmware: 1 })`,
    "'firmware' does not exist in type 'XenHvmGuestProps'",
  ],
  "addresses of a bridged network": [
    `new BridgedNetwork(scope, "n", { host: kvm, bridge: "br0", subnet: "10.0.0.0/24" })`,
    "'subnet' does not exist in type 'BridgedNetworkProps'",
  ],
  "dom0 of a KVM host": [
    `new KvmHost(scope, "h", { connection: Connection.local(), dom0: {} })`,
    "'dom0' does not exist in type 'KvmHostProps'",
  ],
  "a host without a connection": [`new KvmHost(scope, "h", {})`, "Property 'connection' is missing"],
  "a NIC among the disks": [
    `new KvmGuest(scope, "g", { host: kvm, memory, disks: [Nic.network(network)] })`,
    "Type 'Nic' is missing the following properties from type 'Disk'",
  ],
};

const accepted: Record<string, string> = {
  "the smallest guests": `
    new KvmGuest(scope, "a", { host: kvm, memory });
    new XenPvGuest(scope, "b", { host: xen, memory });
    new XenHvmGuest(scope, "c", { host: xen, memory });
    new XenPvhGuest(scope, "d", { host: xen, memory, boot })`,
  "Windows where it can run": `
    new KvmGuest(scope, "a", { host: kvm, memory, os: GuestOs.WINDOWS_11 });
    new XenHvmGuest(scope, "b", { host: xen, memory, os: GuestOs.WINDOWS_SERVER_2022 })`,
  "modified kernels": `
    new XenPvGuest(scope, "a", { host: xen, memory, os: GuestOs.DEBIAN_12 });
    new XenPvhGuest(scope, "b", { host: xen, memory, boot, os: GuestOs.AMAZON_LINUX_2023 })`,
  "a name from a file": `new XenPvGuest(scope, "a", { host: xen, memory, os: GuestOs.byId(name) })`,
  "loops that ask first": `
    for (const os of GuestOs.all()) {
      if (os.supportsXenPv()) new XenPvGuest(scope, os.id, { host: xen, memory, os });
      else if (os.supportsXenPvh()) new XenPvhGuest(scope, os.id, { host: xen, memory, boot, os });
      else new XenHvmGuest(scope, os.id, { host: xen, memory, os });
    }`,
  "loops over hosts of both kinds": `
    for (const host of [kvm, xen]) {
      if (host.hypervisor === "kvm") new KvmGuest(scope, "k", { host, memory });
      else new XenHvmGuest(scope, "x", { host, memory });
    }`,
  "props that are put together": `
    const common = { memory, vcpus: 2, nics: [Nic.network(network)] } satisfies Partial<KvmGuestProps>;
    new KvmGuest(scope, "a", { ...common, host: kvm, disks: [Disk.volume(volume)] });
    const props: XenPvGuestProps = { ...common, host: xen };
    new XenPvGuest(scope, "b", { ...props, os: GuestOs.DEBIAN_12 })`,
  tokens: `
    const late = new TerraformVariable(scope, "late", {});
    new KvmGuest(scope, "a", {
      host: kvm,
      name: late.stringValue,
      memory: Memory.gibibytes(late.numberValue),
      vcpus: late.numberValue,
      autostart: late.booleanValue,
      disks: [Disk.volume(volume, { readOnly: late.booleanValue })],
    });
    new StoragePool(scope, "p", { host: kvm, autostart: late.booleanValue })`,
};

const snippets = {
  ...Object.fromEntries(Object.entries(refused).map(([title, [snippet]]) => [title, snippet])),
  ...accepted,
};

let diagnosticsOf: (title: string) => ts.Diagnostic[];

beforeAll(() => {
  diagnosticsOf = compile(__dirname, PRELUDE, snippets);
}, 60_000);

test.each(Object.entries(refused))("refuses %s", (title, [, ...messages]) => {
  const diagnostics = diagnosticsOf(title);
  expect(diagnostics).toHaveLength(1);
  for (const message of messages) expect(messageOf(diagnostics[0]!)).toContain(message);
});

test.each(Object.keys(accepted))("accepts %s", (title) => {
  expect(diagnosticsOf(title).map(messageOf)).toEqual([]);
});
