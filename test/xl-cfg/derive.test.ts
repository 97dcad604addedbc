import { parseXl, readXlDomain, type XlValue, xlOf } from "../../lib/xl-cfg";

/* What libvirt's Xen driver hands on: libxl_conf.c of libvirt 9.0.0, and what Xen 4.17 was seen to get. */

const plain = (value: XlValue): unknown =>
  "items" in value ? value.items.map(plain) : value.quoted ? value.text : Number(value.text);
const settings = (text: string) =>
  Object.fromEntries(parseXl(text).settings.map(({ name, value }) => [name, plain(value)]));
const of = (config: object) =>
  settings(xlOf({ name: "g", type: "xen", memory: 512, memoryUnit: "MiB", ...config }));
const hvm = (more: object = {}) => of({ os: { type: "hvm", typeMachine: "xenfv" }, ...more });

const PV = `name = "pv"
memory = 512
maxmem = 1024
vcpus = 2
maxvcpus = 4
cpus = [ "0", "all", "2-3" ]
cpu_weight = 512
kernel = "/boot/vmlinuz"
ramdisk = "/boot/initrd.img"
cmdline = "console=hvc0 \\"quoted\\""
localtime = 1
on_crash = "coredump-destroy"
max_grant_frames = 64
max_event_channels = 2048
seclabel = "system_u:system_r:domU_t"
disk = [
  "/dev/vg/root,raw,xvda,rw,backend=storage",
  "/srv/data.qcow2,qcow2,xvdb,ro,discard",
  "format=raw,vdev=xvdc,target=rbd:pool/image:auth_supported=none:mon_host=a\\\\\\\\:6789\\\\\\\\;b",
  ",,xvdd,cdrom",
]
vif = [
  "mac=00:16:3e:00:00:01,bridge=xenbr0,rate=1024KB/s,vifname=web0,backend=net",
  "mac=00:16:3e:00:00:02,bridge=ovs0.10,script=vif-openvswitch",
  "mac=00:16:3e:00:00:03,bridge=ovs0:10:20,script=vif-openvswitch,ip=10.0.0.2 2001:db8::2",
  "mac=00:16:3e:00:00:04,script=vif-route",
]
vfb = [ "vnc=1,vncunused=0,vncdisplay=3,vnclisten=0.0.0.0,keymap=de" ]
pci = [ "0000:65:00.1,permissive=1,seize=1" ]
channel = [ "connection=socket,path=/run/a,name=a", "connection=pty,name=b" ]
usbctrl = [ "version=1,ports=4" ]
usbdev = [ "hostbus=1,hostaddr=3" ]
`;

const HVM = `name = "hvm"
type = "hvm"
maxmem = 1024
memory = 1024
vcpus = 4
nestedhvm = 1
cpuid = "host,tm=0,sse3=1"
vnuma = [ ["pnode=0","size=512","vcpus=0-1","vdistances=10,20"], ["pnode=1","size=512","vcpus=2-3","vdistances=20,10"] ]
hap = 0
acpi = 1
apic = 0
passthrough = "share_pt"
tsc_mode = "native_paravirt"
hpet = 1
rtc_timeoffset = "-3600"
localtime = 1
bios = "ovmf"
boot = "dcn"
acpi_firmware = "/srv/slic"
vga = "stdvga"
videoram = 32
spice = 1
spicehost = "0.0.0.0"
spiceport = 6000
spicedisable_ticketing = 1
spiceagent_mouse = 0
spice_clipboard_sharing = 1
spicevdagent = 1
serial = [ "pty", "none", "tcp:10.0.0.1:23,server,nowait" ]
soundhw = "hda"
usb = 1
usbdevice = [ "tablet", "mouse" ]
device_model_args = [ "-foo", "bar" ]
disk = [ "/srv/root.img,raw,hda,rw", "/srv/setup.iso,raw,hdc,devtype=cdrom" ]
vif = [ "mac=00:16:3e:00:00:01,bridge=xenbr0,model=e1000", "mac=00:16:3e:00:00:02,bridge=xenbr0,type=vif" ]
`;

const PVH = `name = "pvh"\ntype = "pvh"\nmemory = 128\nbootloader = "pygrub"\nbootloader_args = [ "--kernel=/k" ]\n`;
const VNC = `name = "vnc"\ntype = "hvm"\nmemory = 128\nserial = "pty"\nvga = "cirrus"\nvnc = 1\n`;

describe("what a guest amounts to", () => {
  it.each([
    ["PV", PV],
    ["PVH", PVH],
    ["HVM", HVM],
    ["VNC", VNC],
  ])("reads back as the same guest: %s", (_, text) => {
    const given = readXlDomain(text);
    expect(given.lost).toEqual([]);
    const again = readXlDomain(xlOf(given.config));
    expect(again.lost).toEqual([]);
    expect(again.config).toEqual(given.config);
  });

  it("is in xl's words", () => {
    expect(settings(xlOf(readXlDomain(PVH).config))).toEqual({
      name: "pvh",
      type: "pvh",
      maxmem: 128,
      memory: 128,
      vcpus: 1,
      localtime: 0,
      on_poweroff: "destroy",
      on_reboot: "restart",
      on_crash: "destroy",
      bootloader: "pygrub",
      bootloader_args: ["--kernel=/k"],
    });
  });

  it.each<[string, object, string, unknown]>([
    ["memory in any unit, rounded up", { memory: 1000, memoryUnit: "MB" }, "maxmem", 954],
    ["a share of it at the start", { currentMemory: 262144 }, "memory", 256],
    ["pygrub where a PV guest says nothing", {}, "bootloader", "pygrub"],
    ["no ACPI where nobody asks for it", { os: { type: "hvm" } }, "acpi", 0],
    ["no display, and no card", { os: { type: "hvm" } }, "vga", "none"],
  ])("%s", (_, config, name, value) => expect(of(config)[name]).toEqual(value));

  it("has what the driver takes first", () => {
    const sounds = [{ model: "ac97" }, { model: "sb16" }];
    const graphics = [{ vnc: { autoPort: true } }, { spice: { autoPort: true } }];
    expect(hvm({ devices: { sounds, graphics } })).toMatchObject({
      soundhw: "ac97",
      spice: 1,
      vnc: 0,
      vga: "cirrus",
    });
  });

  it("is nothing of what the driver drops", () => {
    const dropped = {
      vcpuCpuset: "0",
      cpu: { mode: "custom", model: "Nehalem", topology: { cores: 2 } },
      features: { viridian: true, hyperV: { relaxed: { state: "on" } } },
      numaTune: { memory: { mode: "strict", nodeset: "0" } },
      memoryTune: { hardLimit: 1 },
      clock: { timer: [{ name: "hpet", present: "no" }] },
      devices: {
        rngs: [{ model: "virtio" }],
        tpms: [{ model: "tpm-crb" }],
        controllers: [{ type: "scsi", model: "virtio-scsi" }],
      },
    };
    expect(hvm(dropped)).toEqual(hvm());
  });

  it("has raw bytes of an image without a named driver, and an empty disk of a pool's volume", () => {
    const disk = (more: object) => ({ devices: { disks: [{ target: { dev: "xvda" }, ...more }] } });
    expect(of(disk({ driver: { type: "qcow2" }, source: { file: { file: "/a" } } })).disk).toEqual([
      "format=raw,vdev=xvda,access=rw,target=/a",
    ]);
    const volume = {
      driver: { name: "qemu", type: "qcow2" },
      source: { volume: { pool: "p", volume: "v" } },
    };
    expect(of(disk(volume)).disk).toEqual(["format=qcow2,vdev=xvda,access=rw,backendtype=qdisk"]);
  });

  it("shows what only apply knows, and no password", () => {
    const late = "$" + "{var.size}";
    const shown = hvm({
      memory: late,
      vcpu: late,
      devices: {
        graphics: [{ vnc: { autoPort: true, passwd: "hunter2" } }],
        interfaces: [{ mac: { address: late }, source: { network: { network: "lan" } } }],
      },
    });
    expect(shown).toMatchObject({ maxmem: late, vcpus: late, vncpasswd: "***" });
    expect(shown.vif).toEqual([`mac=${late},bridge=<bridge of network lan>`]);
  });
});
