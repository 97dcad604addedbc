import fc from "fast-check";
import { writeXml } from "../../lib/domain-xml";
import { readXlDomain, XlCfgError } from "../../lib/xl-cfg";

/* By xl.cfg(5), xl-disk-configuration(5), xl-network-configuration(5), xl-pci-configuration(5) and the sources of Xen 4.17. */

const guest = (more: string, type = "pv") =>
  readXlDomain(`name = "g"\ntype = "${type}"\nmemory = 512\n${more}`);
/** Attributes by path, such as `devices.disks.0.source.block.dev`. */
function at(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((each, key) => (each as Record<string, unknown> | undefined)?.[key], value);
}
const lost = (text: string, type?: string) =>
  guest(text, type).lost.map(({ option, value, why }) => [option, value, why]);

type Row = [text: string, type: "pv" | "pvh" | "hvm", path: string, value: unknown];

describe("what a setting becomes", () => {
  it.each<Row>([
    ["", "pv", "os", { type: "linux", typeMachine: "xenpv" }],
    ["", "pvh", "os", { type: "xenpvh", typeMachine: "xenpvh" }],
    ["", "hvm", "os.typeMachine", "xenfv"],
    ["", "pv", "memory", 512],
    ["", "pv", "memoryUnit", "MiB"],
    ["", "pv", "currentMemory", undefined],
    ["maxmem = 1024", "pv", "memory", 1024],
    ["maxmem = '0x400'", "pv", "currentMemory", 512],
    ["", "pv", "vcpu", 1],
    ["vcpus = 2\nmaxvcpus = 4", "pv", "vcpu", 4],
    ["vcpus = 2\nmaxvcpus = 4", "pv", "vcpuCurrent", 2],
    [
      "vcpus = 2\ncpus = '0-3,^1'",
      "pv",
      "cpuTune.vcpuPin",
      [
        { vcpu: 0, cpuSet: "0-3,^1" },
        { vcpu: 1, cpuSet: "0-3,^1" },
      ],
    ],
    [
      "vcpus = 2\ncpus = [ '3', '2' ]",
      "pv",
      "cpuTune.vcpuPin",
      [
        { vcpu: 0, cpuSet: "3" },
        { vcpu: 1, cpuSet: "2" },
      ],
    ],
    ["cpus = 'all'", "pv", "cpuTune", undefined],
    ["cpu_weight = 512", "pv", "cpuTune.shares", 512],
    [
      "cpuid = 'host,tm=0,sse3=1,page1gb=k'",
      "hvm",
      "cpu",
      {
        mode: "host-passthrough",
        features: [
          { name: "tm", policy: "disable" },
          { name: "pni", policy: "force" },
        ],
      },
    ],
    ["nestedhvm = 1", "hvm", "cpu.mode", "host-passthrough"],
    ["nestedhvm = 0", "hvm", "cpu", undefined],
    [
      "kernel = '/k'\nramdisk = '/i'\nroot = '/dev/xvda ro'\nextra = 'quiet'",
      "pv",
      "os.cmdline",
      "root=/dev/xvda ro quiet",
    ],
    ["kernel = '/k'\ncmdline = 'a'\nextra = 'b'", "pv", "os.cmdline", "a"],
    ["kernel = '/usr/lib/xen/boot/hvmloader'", "hvm", "os.kernel", undefined],
    [
      "bootloader = 'pygrub'\nbootloader_args = [ '--kernel=/k', '-q' ]",
      "pv",
      "bootloaderArgs",
      "--kernel=/k -q",
    ],
    ["bootloader = 'pygrub'", "pvh", "bootloader", "pygrub"],
    ["firmware = 'pvgrub64'", "pv", "os.kernel", "/usr/lib/xen/boot/pvgrub64.bin"],
    ["bios = 'ovmf'", "hvm", "os.firmware", "efi"],
    ["firmware = 'uefi'", "hvm", "os.firmware", "efi"],
    ["bios = 'seabios'", "hvm", "os.firmware", undefined],
    ["boot = 'dcn'", "hvm", "os.bootDevices", [{ dev: "cdrom" }, { dev: "hd" }, { dev: "network" }]],
    ["acpi_firmware = '/t'", "hvm", "os.acpi.tables.0", { type: "slic", path: "/t" }],
    ["", "hvm", "features", { acpi: true, apic: {} }],
    ["acpi = 0\napic = 0", "hvm", "features", undefined],
    ["hap = 0", "hvm", "features.hap", { state: "off" }],
    ["e820_host = 1", "pv", "features.xen", { e820Host: { state: "on" } }],
    ["pci = [ '01:00.0' ]", "pv", "features.xen", { e820Host: { state: "on" } }],
    ["pci = [ '01:00.0' ]", "hvm", "features.xen", undefined],
    ["passthrough = 'sync_pt'", "hvm", "features.xen", { passthrough: { state: "on", mode: "sync_pt" } }],
    [
      "tsc_mode = 'native'",
      "hvm",
      "clock",
      { offset: "utc", timer: [{ name: "tsc", present: "yes", mode: "native" }] },
    ],
    ["tsc_mode = 1", "pv", "clock.timer.0.mode", "emulate"],
    ["hpet = 1", "hvm", "clock.timer", [{ name: "hpet", present: "yes" }]],
    ["localtime = 1", "pv", "clock", { offset: "localtime" }],
    [
      "localtime = 1\nrtc_timeoffset = '-60'",
      "hvm",
      "clock",
      { offset: "variable", adjustment: "-60", basis: "localtime" },
    ],
    ["on_crash = 'coredump-restart'\non_reboot = 'destroy'", "pv", "onCrash", "coredump-restart"],
    ["seclabel = 'system_u:system_r:domU_t'", "pv", "secLabel.0.label", "system_u:system_r:domU_t"],
    [
      "max_grant_frames = 64\nmax_event_channels = 2048",
      "pv",
      "devices.controllers",
      [{ type: "xenbus", xenBus: { maxGrantFrames: 64, maxEventChannels: 2048 } }],
    ],
    ["device_model_args_hvm = [ '-foo' ]", "hvm", "xenCommandline.args", [{ value: "-foo" }]],
    ["device_model_override = '/opt/qemu'", "hvm", "devices.emulator", "/opt/qemu"],
  ])("%j of a %s guest: %s", (text, type, path, value) =>
    expect(at(guest(text, type).config, path)).toEqual(value),
  );

  it("has NUMA nodes with memory and vCPUs of their own", () => {
    const nodes = `vnuma = [ ["pnode=0","size=256","vcpus=0-1","vdistances=10,20"], ["pnode=1","size=256","vcpus=2,3","vdistances=20,10"] ]`;
    const { config } = readXlDomain(`name = "g"\ntype = "hvm"\n${nodes}`);
    expect(config).toMatchObject({ memory: 512, vcpu: 4 });
    expect(at(config, "cpu.numa.cell.1")).toEqual({
      id: 1,
      cpus: "2,3",
      memory: 256,
      unit: "MiB",
      distances: {
        siblings: [
          { id: 0, value: 20 },
          { id: 1, value: 10 },
        ],
      },
    });
  });
});

describe("a disk", () => {
  const disk = (spec: string, type = "pv") =>
    at(guest(`disk = [ '${spec}' ]`, type).config, "devices.disks.0");
  const block = (dev: string, more = {}) => ({
    device: "disk",
    driver: { name: "phy", type: "raw" },
    source: { block: { dev } },
    target: { dev: "xvda", bus: "xen" },
    ...more,
  });
  const file = (name: string, more = {}) => ({
    ...block(""),
    driver: { name: "qemu", type: "raw" },
    source: { file: { file: name } },
    ...more,
  });
  const cdrom = { device: "cdrom", driver: { name: "qemu", type: "raw" }, readOnly: true };

  it.each<[string, unknown]>([
    ["/dev/vg/a,raw,xvda,rw", block("/dev/vg/a")],
    ["/dev/vg/a,,xvda", block("/dev/vg/a")],
    ["format=raw, vdev=xvda, access=rw, target=/dev/vg/a", block("/dev/vg/a")],
    ["phy:/dev/vg/a,xvda,w", block("/dev/vg/a")],
    ["phy:vg/a,xvda,w", block("/dev/vg/a")],
    ["backend=DomD,phy:/dev/a,xvda,w", block("/dev/a", { backendDomain: { name: "DomD" } })],
    ["/dev/vg/a,raw,xvda,r", block("/dev/vg/a", { readOnly: true })],
    ["/dev/vg/a,raw,xvda,w,backend=storage", block("/dev/vg/a", { backendDomain: { name: "storage" } })],
    ["/dev/vg/a,raw,d1p3,w", block("/dev/vg/a", { target: { dev: "xvdb3", bus: "xen" } })],
    ["/dev/vg/a,raw,51714,w", block("/dev/vg/a", { target: { dev: "xvda2", bus: "xen" } })],
    ["/dev/vg/a,raw,0x301,w", block("/dev/vg/a", { target: { dev: "hda1", bus: "xen" } })],
    ["/dev/vg/a,raw,xvda,w,backendtype=qdisk", block("/dev/vg/a", { driver: { name: "qemu", type: "raw" } })],
    ["/srv/a.img,raw,xvda,w", file("/srv/a.img")],
    ["file:/srv/a.img,xvda,w", file("/srv/a.img")],
    ["tap:aio:/srv/a.img,xvda,w", file("/srv/a.img")],
    ["tap:qcow2:/srv/a,xvda,w", file("/srv/a", { driver: { name: "qemu", type: "qcow2" } })],
    [
      "/srv/a,qcow2,xvda,w,discard",
      file("/srv/a", { driver: { name: "qemu", type: "qcow2", discard: "unmap" } }),
    ],
    ["/srv/a,raw,xvda,w,backendtype=phy", file("/srv/a", { driver: { name: "phy", type: "raw" } })],
    ["vdev=xvda,target=/srv/a,b=c.img", file("/srv/a,b=c.img")],
    [
      "/srv/a.iso,,xvdc,cdrom",
      { ...cdrom, source: { file: { file: "/srv/a.iso" } }, target: { dev: "xvdc", bus: "xen" } },
    ],
    [
      "file:/srv/a.iso,xvdc:cdrom,r",
      { ...cdrom, source: { file: { file: "/srv/a.iso" } }, target: { dev: "xvdc", bus: "xen" } },
    ],
    [",,xvdc,r,devtype=cdrom", { ...cdrom, target: { dev: "xvdc", bus: "xen" } }],
    [",xvdc:cdrom,r", { ...cdrom, target: { dev: "xvdc", bus: "xen" } }],
    [
      "/dev/sr0,,xvdc,cdrom",
      { ...cdrom, source: { block: { dev: "/dev/sr0" } }, target: { dev: "xvdc", bus: "xen" } },
    ],
  ])("%j", (spec, expected) => expect(disk(spec)).toEqual(expected));

  it.each([
    ["hda", "ide"],
    ["sda", "scsi"],
    ["xvda", "xen"],
  ])("%s of an HVM guest is on bus %s", (vdev, bus) => {
    expect(disk(`/dev/a,raw,${vdev},w`, "hvm")).toMatchObject({ target: { dev: vdev, bus } });
  });

  it("of Ceph has its monitors", () => {
    const spec = String.raw`target=rbd:pool/image:auth_supported=none:mon_host=a.example\\\\:6789\\\\;b.example`;
    expect(disk(`format=raw,vdev=xvda,${spec}`)).toMatchObject({
      driver: { name: "qemu", type: "raw" },
      source: {
        network: {
          protocol: "rbd",
          name: "pool/image",
          hosts: [{ name: "a.example", port: "6789" }, { name: "b.example" }],
        },
      },
    });
  });

  it.each([
    ["/srv/a,vmdk,xvda,w", /has the format vmdk: expected raw, qcow/],
    ["/srv/a,raw,xvda,x", /has the access x: expected r or w/],
    ["/srv/a,raw,xvda,w,backendtype=foo", /has the backend foo/],
    ["/srv/a,raw", /has no vdev/],
    ["/srv/a,raw,xvda,w,again", /too many parts: "again"/],
    ["/srv/a,raw,xvda,foo=1", /has foo, which xl does not know/],
    ["/srv/a,raw,xvda,vdev=xvdb", /gives vdev twice/],
    ["gluster:/srv/a,raw,xvda", /has the prefix gluster:/],
    ["/srv/a,raw,hda:tape,w", /is of type tape/],
  ])("%j is refused, as xl does", (spec, message) => expect(() => disk(spec)).toThrow(message));

  it.each([
    ["/dev/a,raw,xvda,w,script=block-drbd", "disk[0]"],
    ["iscsi:target,xvda,w", "disk[0]"],
    ["/dev/a,raw,xvda,w,backendtype=standalone", "disk[0]"],
    ["/dev/a,raw,xvda,w,specification=virtio", "disk[0]"],
    ["/dev/a,raw,xvda,w,direct-io-safe", "disk[0]: direct-io-safe"],
    ["/dev/a,raw,xvda,w!", "disk[0]: access"],
  ])("%j loses %s", (spec, option) =>
    expect(lost(`disk = [ '${spec}' ]`).map(([each]) => each)).toEqual([option]),
  );
});

describe("a network interface", () => {
  const nic = (spec: string, type = "hvm") =>
    at(guest(`vif = [ '${spec}' ]`, type).config, "devices.interfaces.0");
  const bridge = { bridge: { bridge: "br0" } };
  const ovs = { virtualPort: { params: { openVSwitch: {} } } };

  it.each<[string, unknown]>([
    ["bridge=br0", { source: bridge }],
    ["", { source: { bridge: { bridge: "xenbr0" } } }],
    ["mac=00:16:3E:0:1:2, bridge=br0", { mac: { address: "00:16:3e:00:01:02" }, source: bridge }],
    ["bridge=br0,script=vif-bridge", { source: bridge, script: { path: "vif-bridge" } }],
    ["bridge=br0.100", { source: { bridge: { bridge: "br0.100" } } }],
    [
      "bridge=br0.100,script=vif-openvswitch",
      { source: bridge, ...ovs, script: { path: "vif-openvswitch" }, vlan: { tags: [{ id: 100 }] } },
    ],
    ["bridge=br0:1:2", { source: bridge, ...ovs, vlan: { trunk: "yes", tags: [{ id: 1 }, { id: 2 }] } }],
    [
      "ip=10.0.0.2 2001:db8::2,script=vif-route",
      {
        source: { ethernet: {} },
        script: { path: "vif-route" },
        ip: [
          { address: "10.0.0.2", family: "ipv4" },
          { address: "2001:db8::2", family: "ipv6" },
        ],
      },
    ],
    [
      "bridge=br0,ip=10.0.0.0/24",
      { source: bridge, ip: [{ address: "10.0.0.0", family: "ipv4", prefix: 24 }] },
    ],
    ["bridge=br0,model=e1000,type=ioemu", { source: bridge, model: { type: "e1000" } }],
    ["bridge=br0,type=vif", { source: bridge, model: { type: "netfront" } }],
    [
      "bridge=br0,vifname=web0,backend=net",
      { source: bridge, target: { dev: "web0" }, backendDomain: { name: "net" } },
    ],
    // xl counts by thousands, libvirt in KiB.
    ["bridge=br0,rate=1024KB/s", { source: bridge, bandwidth: { outbound: { average: 1000 } } }],
    ["bridge=br0,rate=1Gb/s", { source: bridge, bandwidth: { outbound: { average: 122070 } } }],
  ])("%j", (spec, expected) => expect(nic(spec)).toEqual(expected));

  it("of a PV guest has no card to choose", () => {
    expect(nic("bridge=br0,model=e1000", "pv")).toEqual({ source: bridge });
    expect(lost("vif = [ 'bridge=br0,model=e1000' ]")).toEqual([
      ["vif[0]: model", "e1000", "only HVM guests have emulated cards"],
    ]);
  });

  it("without a bridge says that it took the default", () => {
    expect(guest("vif = [ '' ]").notes).toEqual([
      { option: "vif[0]", line: 4, message: expect.stringContaining("xenbr0") },
    ]);
  });

  it.each([
    ["mac=00:16:3e:00:01", /MAC address "00:16:3e:00:01" is none/],
    ["rate=fast", /the rate "fast" is none/],
    ["bridge", /"bridge": expected key=value/],
    ["bridge=br0:a", /expected VLAN numbers/],
  ])("%j is refused", (spec, message) => expect(() => nic(spec)).toThrow(message));
});

describe("a display", () => {
  it("is VNC on 127.0.0.1 and a Cirrus card where an HVM guest says nothing, as with xl", () => {
    const { config } = guest("", "hvm");
    expect(at(config, "devices.graphics")).toEqual([{ vnc: { autoPort: true, listen: "127.0.0.1" } }]);
    expect(at(config, "devices.videos.0.model.type")).toBe("cirrus");
    expect(at(guest("").config, "devices.graphics")).toBeUndefined();
  });

  it.each<[string, unknown, string | undefined]>([
    ["vnc = 0", undefined, "cirrus"],
    [
      "vnc = 1\nvnclisten = '0.0.0.0'\nvncdisplay = 3\nvncunused = 0\nvncpasswd = 'x'\nkeymap = 'de'",
      { vnc: { autoPort: false, port: 5903, listen: "0.0.0.0", passwd: "x", keymap: "de" } },
      "cirrus",
    ],
    [
      "vnclisten = '0.0.0.0:3'\nvncunused = 0",
      { vnc: { autoPort: false, port: 5903, listen: "0.0.0.0" } },
      "cirrus",
    ],
    [
      "vnclisten = '0.0.0.0:3,websocket'\nvncunused = 0",
      { vnc: { autoPort: false, port: 5903, listen: "0.0.0.0" } },
      "cirrus",
    ],
    ["stdvga = 1", { vnc: { autoPort: true, listen: "127.0.0.1" } }, "vga"],
    ["vga = 'none'\nvnc = 0", undefined, undefined],
    ["nographic = 1\nvnc = 0", undefined, undefined],
    ["sdl = 1\nvnc = 0\ndisplay = ':0'", { sdl: { display: ":0" } }, "cirrus"],
    [
      "spice = 1\nspiceport = 6000\nspicehost = '0.0.0.0'\nspicedisable_ticketing = 1\nvga = 'qxl'",
      {
        spice: {
          autoPort: false,
          port: 6000,
          listen: "0.0.0.0",
          mouse: { mode: "client" },
          clipBoard: { copyPaste: "no" },
        },
      },
      "qxl",
    ],
  ])("%j", (text, graphics, card) => {
    const { config } = guest(text, "hvm");
    expect(at(config, "devices.graphics")).toEqual(graphics && [graphics]);
    expect(at(config, "devices.videos.0.model.type")).toBe(card);
  });

  it.each([
    [
      "vfb = [ 'vnc=1,vnclisten=0.0.0.0,vncpasswd=x' ]",
      { vnc: { autoPort: true, listen: "0.0.0.0", passwd: "x" } },
    ],
    ["vfb = [ 'sdl=1,xauthority=/x,display=:1' ]", { sdl: { display: ":1", xauth: "/x" } }],
    ["vnc = 1", { vnc: { autoPort: true, listen: "127.0.0.1" } }],
  ])("of a PV guest: %j", (text, graphics) =>
    expect(at(guest(text).config, "devices.graphics.0")).toEqual(graphics),
  );

  it("has the memory of its card", () => {
    expect(at(guest("videoram = 32", "hvm").config, "devices.videos.0.model.vram")).toBe(32768);
  });

  it("is one", () => {
    expect(lost("spice = 1\nspicedisable_ticketing = 1\nvnc = 1", "hvm").map(([option]) => option)).toEqual([
      "vnc",
    ]);
    expect(lost("vfb = [ 'vnc=1', 'sdl=1' ]").map(([option]) => option)).toEqual(["vfb[1]"]);
  });
});

describe("other devices", () => {
  it.each<Row>([
    ["", "pv", "devices.consoles", [{ target: { type: "xen", port: 0 } }]],
    ["", "hvm", "devices.consoles", undefined],
    ["serial = 'pty'", "hvm", "devices.serials", [{ target: { port: 0 } }]],
    [
      "serial = [ '/dev/ttyS0', 'none', 'file:/log' ]",
      "hvm",
      "devices.serials",
      [
        { source: { dev: { path: "/dev/ttyS0" } }, target: { port: 0 } },
        { source: { file: { path: "/log" } }, target: { port: 2 } },
      ],
    ],
    [
      "serial = 'unix:/s,server,nowait'",
      "hvm",
      "devices.serials.0.source",
      { unix: { path: "/s", mode: "bind" } },
    ],
    [
      "serial = 'telnet:h:23'",
      "hvm",
      "devices.serials.0",
      {
        source: { tcp: { host: "h", service: "23", mode: "connect" } },
        protocol: { type: "telnet" },
        target: { port: 0 },
      },
    ],
    [
      "channel = [ 'connection=socket, path=/s, name=a' ]",
      "pv",
      "devices.channels.0",
      { source: { unix: { mode: "bind", path: "/s" } }, target: { xen: { name: "a" } } },
    ],
    [
      "channel = [ 'connection=pty,name=a' ]",
      "hvm",
      "devices.channels.0",
      { target: { xen: { name: "a" } } },
    ],
    ["usbdevice = 'tablet'\nusb = 1", "hvm", "devices.inputs", [{ type: "tablet", bus: "usb" }]],
    ["usbdevice = [ 'mouse', 'tablet' ]", "hvm", "devices.inputs.1.type", "tablet"],
    ["soundhw = 'hda'", "hvm", "devices.sounds", [{ model: "ich6" }]],
    [
      "usbctrl = [ 'version=1,ports=4' ]\nusbdev = [ 'hostbus=1,hostaddr=3' ]",
      "pv",
      "devices.controllers",
      [{ type: "usb", index: 0, model: "qusb1", usb: { port: 4 } }],
    ],
    [
      "usbdev = [ 'hostbus=1,hostaddr=3' ]",
      "pv",
      "devices.hostdevs.0",
      { managed: false, subsysUsb: { source: { address: { bus: 1, device: 3 } } } },
    ],
    [
      "pci = [ '0000:65:0a.1' ]",
      "hvm",
      "devices.hostdevs.0",
      { managed: false, subsysPci: { source: { address: { domain: 0, bus: 0x65, slot: 10, function: 1 } } } },
    ],
    [
      "pci = [ '65:00.0,permissive=1,seize=1' ]",
      "hvm",
      "devices.hostdevs.0",
      {
        managed: true,
        subsysPci: {
          source: { address: { domain: 0, bus: 0x65, slot: 0, function: 0 }, writeFiltering: "no" },
        },
      },
    ],
    [
      "pci = [ 'bdf=65:00.0' ]\npci_permissive = 1",
      "hvm",
      "devices.hostdevs.0.subsysPci.source.writeFiltering",
      "no",
    ],
  ])("%j of a %s guest: %s", (text, type, path, value) =>
    expect(at(guest(text, type).config, path)).toEqual(value),
  );

  it.each([
    ["pci = [ '65:00.*' ]", "pci[0]"],
    ["pci = [ '65:00.0@7' ]", "pci[0]: vslot"],
    ["pci = [ '65:00.0,msitranslate=1' ]", "pci[0]: msitranslate"],
    ["soundhw = 'all'\nusbdevice = 'host:1:2'", "usbdevice"],
    ["soundhw = 'adlib'", "soundhw"],
    ["usb = 1", "usb"],
    ["parallel = '/dev/lp0'", "parallel"],
  ])("%j loses %s", (text, option) => expect(lost(text, "hvm").map(([each]) => each)).toEqual([option]));
});

describe("what has no place", () => {
  it.each([
    ["uuid = '4dea22b3-1d52-d8f3-2516-782e98ab3fa0'", "uuid", /lets no configuration set/],
    ["cap = 50", "cap", /virsh schedinfo/],
    ["cpus_soft = '0-3'", "cpus_soft", /hard affinity/],
    ["cpus = 'node:0'", "cpus", /NUMA nodes/],
    ["pool = 'fast'", "pool", /CPU pools/],
    ["device_model_stubdomain_override = 1", "device_model_stubdomain_override", /no stub domains/],
    ["driver_domain = 1", "driver_domain", /driver domain/],
    ["altp2m = 'mixed'", "altp2m", /no word for it/],
    ["on_watchdog = 'restart'", "on_watchdog", /no action/],
    ["on_poweroff = 'coredump-destroy'", "on_poweroff", /no such action/],
    ["boot = 'c'", "boot", /nothing of a PV guest/],
    ["my_own = 'note'", "my_own", /xl does not know it/],
  ])("%j is lost, with the reason", (text, option, why) => {
    expect(lost(text)).toEqual([[option, expect.any(String), expect.stringMatching(why)]]);
  });

  it("is nothing where it asks for nothing", () => {
    expect(
      lost(
        "viridian = 0\nnx = 1\nxen_platform_pci = 1\ndevice_model_version = 'qemu-xen'\ndriver_domain = 0\npool = ''",
        "hvm",
      ),
    ).toEqual([]);
  });

  it("shows no password", () => {
    const all = lost("vnc = 0\nvncpasswd = 'hunter2'\nvfb = [ 'vnc=1', 'vnc=1,vncpasswd=hunter2' ]", "pvh");
    expect(all.length).toBeGreaterThan(0);
    expect(JSON.stringify(all)).not.toContain("hunter2");
  });
});

describe("old spellings", () => {
  it.each([
    ["builder = 'hvm'", "hvm", "builder"],
    ["builder = 'linux'", "linux", "builder"],
    ["type = 'pv'\nbootloader = 'pygrub'\nbootargs = '-q'", "linux", "bootargs"],
    ["type = 'hvm'\nkernel = 'hvmloader'", "hvm", "kernel"],
    ["type = 'pv'\ntsc_mode = 2", "linux", "tsc_mode"],
    ["type = 'pv'\ncmdline = 'a'\nroot = 'b'", "linux", "root"],
  ])("%j is read, and noted", (text, type, option) => {
    const { config, notes } = readXlDomain(`name = 'g'\nmemory = 64\n${text}`);
    expect([config.os?.type, notes.map((note) => note.option)]).toEqual([type, [option]]);
  });

  it("counts the last of several, and joins what is added", () => {
    const { config } = readXlDomain(
      "name = 'a'\nname = 'b'\nmemory = 64\ndisk = [ '/dev/a,raw,xvda,w' ]\ndisk += [ '/dev/b,raw,xvdb,w' ]\nextra = 'x'\nextra += 'y'\nkernel = '/k'",
    );
    expect(config.name).toBe("b");
    expect(at(config, "devices.disks.1.target.dev")).toBe("xvdb");
    expect(config.os?.cmdline).toBe("xy");
  });
});

describe("what xl refuses", () => {
  it.each([
    ["memory = 1", /^line 1, column 1: name is not given/],
    ["name = [ 'a' ]", /name is a list: expected one value/],
    ["name = 'a'\nmemory = 'much'", /^line 2, column 1: memory is "much": expected a whole number/],
    ["name = 'a'\nvcpus = 0", /vcpus is 0: expected 1 to 512/],
    ["name = 'a'\nvcpus = 4\nmaxvcpus = 2", /maxvcpus is 2: expected at least the 4 of vcpus/],
    ["name = 'a'\ntype = 'xen'", /type is "xen": expected pv, pvh, hvm/],
    ["name = 'a'\ntype = 'pv'\nbuilder = 'hvm'", /contradicts type = pv/],
    ["name = 'a'\nbuilder = 'foo'", /builder is "foo"/],
    ["name = 'a'\ndisk = 'x'", /disk is one value: expected a list/],
    ["name = 'a'\ndisk = [ [ 'x' ] ]", /disk has a list in it/],
    ["name = 'a'\nvif = [ '' ]\nvif += 'x'", /adds a string to a list/],
    ["name = 'a'\ntype = 'hvm'\nboot = 'x'", /boot is "x": expected letters of a, c, d and n/],
    ["name = 'a'\non_crash = 'explode'", /on_crash is "explode"/],
    ["name = 'a'\ncpus = 'some'", /cpus is "some"/],
    ["name = 'a'\nvnuma = [ [ 'pnode=0' ] ]", /vnuma\[0\] needs vcpus/],
    ["name = 'a'\ntype = 'hvm'\ncpuid = 'tm=0'", /expected host, then features/],
    ["name = 'a'\ntype = 'hvm'\nserial = 'modem'", /serial is "modem"/],
    ["name = 'a'\nchannel = [ 'name=a' ]", /has the connection none/],
    ["name = 'a'\npci = [ 'nvme' ]", /expected an address/],
    ["name = 'a'\nfirmware = 'pvgrub64'\nkernel = '/k'", /contradict each other/],
  ])("%j", (text, message) => expect(() => readXlDomain(text)).toThrow(message));
});

const OPTIONS =
  "name type builder memory maxmem vcpus cpus cpu_weight cpuid kernel extra bootloader bootloader_args firmware bios boot disk vif vfb pci usbdev usbctrl channel serial usbdevice soundhw vnuma vnclisten vncdisplay spice on_crash tsc_mode rtc_timeoffset passthrough".split(
    " ",
  );
const VALUES =
  "g pv hvm 512 0 -1 /dev/a,raw,xvda,w phy:a,hda:cdrom,r bridge=br0 mac=a 01:00.0 connection=pty hostbus=1,hostaddr=2 pty tcp:: host,a=1 0-3 all ovmf c pnode=0 size=1 vcpus=0 destroy = , : '".split(
    " ",
  );

it("refuses with an error of its own, or converts, whatever the values are", () => {
  const quoted = (value: string) => JSON.stringify(value);
  const text = fc.oneof(fc.constantFrom(...VALUES), fc.string()).map(quoted);
  const list = fc.array(text, { maxLength: 3 }).map((items) => `[ ${items.join(", ")} ]`);
  const value = fc.oneof(
    text,
    list,
    fc.array(list, { maxLength: 2 }).map((lists) => `[ ${lists.join(", ")} ]`),
  );
  const setting = fc.tuple(fc.constantFrom(...OPTIONS), value).map(([name, given]) => `${name} = ${given}\n`);
  fc.assert(
    fc.property(fc.array(setting, { maxLength: 8 }), (settings) => {
      try {
        const { config } = readXlDomain(`name = "g"\n${settings.join("")}`);
        expect(writeXml("domain", config)).toContain("<domain type=");
      } catch (error) {
        if (!(error instanceof XlCfgError)) throw error;
      }
    }),
    { numRuns: 300 },
  );
});
