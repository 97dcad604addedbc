import { HostFacts } from "../../lib/host-facts";
import { captureOf, factsOf, folderOf, refusalOf } from "./folder";

const tree = `computer
  |
  +- pci_0000_00_1f_0
  |   |
  |   +- pci_0000_03_00_0
  |   +- pci_0000_03_10_1
  |     
  +- usb_usb1
      |
      +- usb_1_2

`;

test("devices: dumps add driver, ids, IOMMU group and SR-IOV to the tree", () => {
  const facts = factsOf({
    "nodedev-tree.txt": tree,
    "nodedev-computer.xml": "<device><name>computer</name><capability type='system'/></device>",
    "nodedev-bridge.xml": `<device><name>pci_0000_00_1f_0</name><parent>computer</parent>
      <capability type='pci'><domain>0</domain><bus>0</bus><slot>31</slot><function>0</function>
      <capability type='pci-bridge'/></capability></device>`,
    "nodedev-pf.xml": `<device><name>pci_0000_03_00_0</name><parent>pci_0000_00_1f_0</parent>
      <driver><name>ixgbe</name></driver>
      <capability type='pci'><domain>0</domain><bus>3</bus><slot>0</slot><function>0</function>
        <product id='0x10fb'>82599ES</product><vendor id='0x8086'>Intel</vendor>
        <capability type='virt_functions' maxCount='63'>
          <address domain='0x0000' bus='0x03' slot='0x10' function='0x1'/>
        </capability>
        <iommuGroup number='12'><address domain='0x0000' bus='0x03' slot='0x00' function='0x0'/></iommuGroup>
      </capability></device>`,
    "nodedev-vf.xml": `<device><name>pci_0000_03_10_1</name>
      <capability type='pci'><domain>0</domain><bus>3</bus><slot>16</slot><function>1</function>
        <capability type='phys_function'><address domain='0x0000' bus='0x03' slot='0x00' function='0x0'/></capability>
        <iommuGroup number='12'/>
      </capability></device>`,
    "nodedev-usb.xml": `<device><name>usb_1_2</name><parent>usb_usb1</parent>
      <capability type='usb_device'><bus>1</bus><device>3</device>
      <product id='0x0001'/><vendor id='0x0627'/></capability></device>`,
  });
  expect(facts.pciDevice("0000:00:1F.0")).toMatchObject({ parent: "computer", pciBridge: true });
  expect(facts.pciDevice("0000:03:00.0")).toEqual({
    name: "pci_0000_03_00_0",
    parent: "pci_0000_00_1f_0",
    kind: "pci",
    pciAddress: "0000:03:00.0",
    pciBridge: false,
    iommuGroup: 12,
    driver: "ixgbe",
    vendorId: "0x8086",
    productId: "0x10fb",
    virtualFunctions: ["0000:03:10.1"],
  });
  expect(facts.pciDevice("0000:03:10.1")).toMatchObject({
    parent: "pci_0000_00_1f_0",
    physicalFunction: "0000:03:00.0",
  });
  expect(facts.iommuGroup(12)?.map((device) => device.name)).toEqual([
    "pci_0000_03_00_0",
    "pci_0000_03_10_1",
  ]);
  expect(facts.data.nodeDevices?.at(-1)).toEqual({
    name: "usb_1_2",
    parent: "usb_usb1",
    kind: "usb",
    vendorId: "0x0627",
    productId: "0x0001",
    usbAddress: { bus: 1, device: 3 },
  });
});

test("networks and pools: dumps add bridge, addresses and path to the lists", () => {
  const facts = factsOf({
    "net-list.txt": ` Name       State    Autostart   Persistent
-----------------------------------------------
 default    active   yes         yes
 my lab     active   no          yes

`,
    "net-default.xml": `<network connections='1'><name>default</name><bridge name='virbr0' stp='on'/>
      <ip address='192.168.122.1' netmask='255.255.255.0'/><ip family='ipv6' address='fd00::1' prefix='64'/></network>`,
    "pool-list.txt": ` Name      State    Autostart
-------------------------------
 default   active   yes

`,
    "pool-default.xml": `<pool type='dir'><name>default</name><capacity unit='bytes'>1048576</capacity><target><path>/var/lib/a &amp; b</path></target></pool>`,
  });
  expect(facts.data.networks).toEqual([
    {
      name: "default",
      active: true,
      autostart: true,
      bridge: "virbr0",
      cidrs: ["192.168.122.1/24", "fd00::1/64"],
    },
    { name: "my lab", active: true, autostart: false },
  ]);
  expect(facts.hasActiveNetwork("my lab")).toBe(true);
  expect(facts.hasActiveNetwork("other")).toBe(false);
  expect(facts.data.pools).toEqual([
    { name: "default", active: true, autostart: true, path: "/var/lib/a & b", capacityKiB: 1024 },
  ]);
});

test("a dump without its list, or of something the list lacks, is refused", () => {
  const dump = "<pool type='dir'><name>images</name></pool>";
  expect(refusalOf(() => factsOf({ "pool-images.xml": dump })).reason).toBe("lacks pool-list.txt beside it");
  const folder = folderOf({ "pool-images.xml": dump }, "kvm-debian12");
  expect(refusalOf(() => HostFacts.fromDirectory(folder)).reason).toBe(
    'is of "images", which pool-list.txt does not list',
  );
});

test("addresses and routes come from ip -j", () => {
  const facts = factsOf({
    "iface-list.txt": ` Name   State    MAC Address
------------------------------------
 eth0   active   52:54:00:AA:BB:CC
 wg0    active   

`,
    "ip-addr.json": JSON.stringify([
      {
        ifname: "lo",
        address: "00:00:00:00:00:00",
        addr_info: [{ family: "inet", local: "127.0.0.1", prefixlen: 8 }],
      },
      { ifname: "eth0", address: "52:54:00:aa:bb:cc", addr_info: [{ local: "192.0.2.10", prefixlen: 24 }] },
      { ifname: "tun0", addr_info: [] },
    ]),
    "ip-route.json": JSON.stringify([
      { dst: "default", gateway: "192.0.2.1" },
      { dst: "192.0.2.0/24", dev: "eth0" },
      { dst: "198.51.100.7", dev: "tun0" },
      { dst: "2001:db8::1", dev: "tun0" },
      { dst: "192.0.2.0/24", dev: "eth1" },
    ]),
  });
  expect(facts.data.interfaces).toEqual([
    { name: "eth0", active: true, mac: "52:54:00:aa:bb:cc", cidrs: ["192.0.2.10/24"] },
    { name: "wg0", active: true },
    { name: "lo", mac: "00:00:00:00:00:00", cidrs: ["127.0.0.1/8"] },
    { name: "tun0", cidrs: [] },
  ]);
  expect(facts.data.routes).toEqual(["192.0.2.0/24", "198.51.100.7/32", "2001:db8::1/128"]);
});

test("a domain type with machines of its own offers those alone", () => {
  const facts = factsOf({
    "capabilities.xml": `<capabilities><host/><guest><os_type>hvm</os_type><arch name='x86_64'>
      <machine maxCpus='1'>isapc</machine>
      <domain type='qemu'/>
      <domain type='kvm'><machine canonical='pc-q35-9.0' maxCpus='4096'>q35</machine></domain>
      </arch></guest></capabilities>`,
  });
  expect(facts.machinesOf("x86_64", "qemu")).toEqual([{ name: "isapc", maxCpus: 1 }]);
  expect(facts.machinesOf("x86_64", "kvm", "hvm")).toHaveLength(1);
  expect(facts.machinesOf("x86_64", "kvm", "xen")).toEqual([]);
  expect(facts.machine("x86_64", "kvm", "q35")).toEqual({
    name: "pc-q35-9.0",
    maxCpus: 4096,
    domainType: "kvm",
  });
});

test("newer libvirt names what blocks a CPU model, and does not always know", () => {
  const facts = factsOf({
    "domcaps-kvm.xml": `<domainCapabilities><domain>kvm</domain><arch>x86_64</arch><cpu>
      <mode name='custom' supported='yes'>
        <model usable='no' deprecated='yes' canonical='Haswell-v1'>Haswell</model>
        <blockers model='Haswell'><feature name='hle'/><feature name='rtm'/></blockers>
        <model usable='unknown'>z14</model>
      </mode></cpu>
      <features><launchSecurity supported='yes'><enum name='sectype'><value>sev</value></enum></launchSecurity></features>
      </domainCapabilities>`,
  });
  expect(facts.domainCapabilitiesFor("kvm", "x86_64")).toEqual({
    virtType: "kvm",
    arch: "x86_64",
    cpuModes: { custom: true },
    cpuModels: [
      { name: "Haswell", usable: false, deprecated: true, canonical: "Haswell-v1", blockers: ["hle", "rtm"] },
      { name: "z14" },
    ],
    devices: {},
    features: { launchSecurity: { supported: true, enums: { sectype: ["sev"] } } },
  });
});

describe("the virtualization flag", () => {
  const host = (vendor: string, features = "") =>
    `<capabilities><host><cpu><arch>x86_64</arch><vendor>${vendor}</vendor>${features}</cpu></host>
     <guest><os_type>hvm</os_type><arch name='x86_64'><domain type='qemu'/></arch></guest></capabilities>`;
  const validate = (verdict: string) =>
    `  QEMU: Checking for hardware virtualization      : \u001b[31m${verdict}\u001b[0m (why)\n`;
  const cpuinfo = (flags: string) => `processor\t: 0\nflags\t\t: fpu ${flags} lm\n`;

  test.each([
    ["a feature of the host CPU", { "capabilities.xml": host("Intel", "<feature name='vmx'/>") }, "vmx"],
    ["/proc/cpuinfo", { "capabilities.xml": host("AMD"), "cpuinfo.txt": cpuinfo("svm") }, "svm"],
    ["/proc/cpuinfo without it", { "capabilities.xml": host("AMD"), "cpuinfo.txt": cpuinfo("sse2") }, "none"],
    [
      "virt-host-validate",
      { "capabilities.xml": host("AMD"), "virt-host-validate.txt": validate("PASS") },
      "svm",
    ],
    [
      "a failed validation",
      { "capabilities.xml": host("AMD"), "virt-host-validate.txt": validate("FAIL") },
      "none",
    ],
    [
      "a vendor unknown",
      { "capabilities.xml": host("X"), "virt-host-validate.txt": validate("PASS") },
      undefined,
    ],
    ["the CPU model alone", { "capabilities.xml": host("AMD") }, undefined],
    ["a host that may be a dom0", { "cpuinfo.txt": cpuinfo("sse2") }, undefined],
    ["CPU information without flags", { "cpuinfo.txt": "processor\t: 0\n" }, undefined],
  ])("by %s", (_, files, expected) => {
    expect(factsOf(files as Record<string, string>).data.cpu?.virtualizationFlag).toBe(expected);
  });
});

describe("dom0's memory", () => {
  const xlInfo = (commandLine: string) =>
    `xen_caps : xen-3.0-x86_64\nvirt_caps : pv\ntotal_memory : 65536\nxen_commandline : ${commandLine}\n`;

  test.each([
    ["dom0_mem=4096M", 4096],
    ["dom0_mem=4g,max:8g", 4096],
    ["dom0_mem=max:8g,2097152 console=vga", 2048],
    ["dom0_mem=1g dom0_mem=2G", 2048],
    ["dom0_mem=max:8g", undefined],
    ["dom0_mem=50%", undefined],
    ["dom0_mem=-512M", undefined],
    ["console=vga", undefined],
  ])("%s", (commandLine, expected) => {
    expect(factsOf({ "xl-info.txt": xlInfo(commandLine) }).data.xen?.dom0MemoryMiB).toBe(expected);
  });

  test("xl list knows better", () => {
    const facts = factsOf({
      "xl-info.txt": xlInfo("dom0_mem=4096M dom0_max_vcpus=4"),
      "xl-list.txt": "Name   ID   Mem VCPUs\tState\tTime(s)\nDomain-0   0  3000     2     r-----     1.0\n",
    });
    expect(facts.data.xen).toMatchObject({ dom0MemoryMiB: 3000, dom0Vcpus: 2 });
    expect(facts.data.memoryKiB).toBe(65536 * 1024);
  });
});

test("the daemon's version wins over that of the virsh that asked", () => {
  const version = `Compiled against library: libvirt 10.0.0
Using library: libvirt 10.0.0
Using API: QEMU 10.0.0
Running hypervisor: QEMU 8.2.2
Running against daemon: 9.0.0

`;
  expect(factsOf({ "version.txt": version }).data).toMatchObject({
    hypervisor: "qemu",
    hypervisorVersion: "8.2.2",
    libvirtVersion: "9.0.0",
  });
});

test("uname gives the kernel release", () => {
  expect(factsOf({ "uname.txt": "3.14.0-ia64\n" }).data.kernelRelease).toBe("3.14.0-ia64");
});

test("captures with Windows line ends and a byte-order mark read the same", () => {
  const text = "\ufeffCPU model:           x86_64\r\nCPU(s):   4\r\nMemory size:   1024 KiB\r\n\r\n";
  expect(factsOf({ "nodeinfo.txt": text }).data).toMatchObject({
    arch: "x86_64",
    memoryKiB: 1024,
    cpu: { threads: 4 },
  });
});

test("files of other names are ignored, among them the later capture of the same host", () => {
  const folder = folderOf({ "notes.xml": "<not", "domcaps-kvm-q35.error.txt": "error: no" }, "xen-hvm");
  const { source, ...copy } = HostFacts.fromDirectory(folder).data;
  const { source: original, ...facts } = HostFacts.fromDirectory(captureOf("xen-hvm")).data;
  expect(copy).toEqual(facts);
});
