import { Fn, type TerraformStack } from "cdktf";
import {
  Cpu,
  Disk,
  HostDevice,
  Memory,
  Nic,
  XenBoot,
  XenHvmGuest,
  type XenHvmGuestProps,
  XenPvGuest,
  type XenPvGuestProps,
  XenPvhGuest,
} from "../../lib";
import { writeXml } from "../../lib/domain-xml";
import { buildPlan } from "../../lib/plan/build";
import { readTerraformJson } from "../../lib/plan/terraform-json";
import { xlOf } from "../../lib/xl-cfg";
import { errors, only, type Run, run, xenHost } from "../support/program";

/*
 * By libvirt 9.0.0, src/libxl/libxl_conf.c: libxlMakeDomBuildInfo (weight, limits of the bus, device model arguments),
 * libxlSetVcpuAffinities, libxlMakeVnumaList, libxlMakeDisk and libxlMakeNic (backend domains, scripts), libxlMakePCI.
 */

const props = (stack: TerraformStack) => ({
  host: xenHost(stack),
  memory: Memory.gibibytes(1),
  vcpus: 4,
  disks: [Disk.block("/dev/vg/root")],
  nics: [Nic.bridge("xenbr0", { mac: "00:16:3e:00:00:01" })],
});
const pv = (more: Partial<XenPvGuestProps> = {}) =>
  run((stack) => new XenPvGuest(stack, "g", { ...props(stack), ...more }));
const hvm = (more: Partial<XenHvmGuestProps> = {}) =>
  run((stack) => new XenHvmGuest(stack, "g", { ...props(stack), ...more }));
const pvh = () =>
  run(
    (stack) => new XenPvhGuest(stack, "g", { ...props(stack), boot: XenBoot.pvhGrub(), maxGrantFrames: 128 }),
  );

const domain = ({ json }: Run) =>
  buildPlan(readTerraformJson([{ unit: "stack", documents: [json] }])).guests[0]!.domain;
const xml = (result: Run) => writeXml("domain", domain(result));
const xl = (result: Run) => xlOf(domain(result));
const refused = ({ findings }: Run) =>
  findings.filter(({ severity }) => severity === "error").map(({ message }) => message);

describe("Xen's scheduler", () => {
  it("is given weight and pins, for each kind of guest", () => {
    for (const result of [pv, hvm].map((make) => make({ cpuWeight: 512, vcpuPins: ["0", "2-3,8"] }))) {
      expect(errors(result)).toEqual([]);
      expect(xml(result)).toContain("<shares>512</shares>");
      expect(xml(result)).toContain('<vcpupin cpuset="2-3,8" vcpu="1"/>');
      expect(xl(result)).toContain("cpu_weight = 512");
    }
  });

  it.each([
    [{ cpuWeight: 0 }, "from 1 to 65535"],
    [{ cpuWeight: 65536 }, "from 1 to 65535"],
    [{ vcpuPins: ["all"] }, "CPUs of the host"],
    [{ vcpuPins: "0" as never }, "a list"],
  ])("is not given %j", (wrong, message) => expect(refused(pv(wrong)).join()).toContain(message));

  it("takes what only apply knows", () => {
    const late = Fn.tonumber("512") as never;
    const result = pv({ cpuWeight: late, vcpuPins: [Fn.join(",", ["0", "1"])] });
    expect(errors(result)).toEqual([]);
    expect(only(result, "libvirt_domain").cpu_tune).toMatchObject({
      shares: expect.stringContaining("tonumber"),
    });
  });
});

describe("Xen's bus", () => {
  it("has limits", () => {
    const result = pv({ maxGrantFrames: 128, maxEventChannels: 4096 });
    expect(errors(result)).toEqual([]);
    expect(xml(result)).toContain(
      '<controller maxEventChannels="4096" maxGrantFrames="128" index="0" type="xenbus"/>',
    );
    expect(xl(pvh())).toContain("max_grant_frames = 128");
  });

  it("has those of the host where nobody says anything", () => expect(xml(hvm())).not.toContain("xenbus"));
});

it("gives the device model arguments", () => {
  const result = hvm({ deviceModelArgs: ["-global", "isa-debugcon.iobase=0x402"] });
  expect(errors(result)).toEqual([]);
  expect(xml(result)).toContain('xmlns="http://libvirt.org/schemas/domain/xen/1.0"');
  expect(xml(result)).toContain('value="isa-debugcon.iobase=0x402"');
});

describe("NUMA nodes of an HVM guest", () => {
  const node = (vcpus: string, distances?: number[]) => ({ memory: Memory.mebibytes(512), vcpus, distances });

  it("have memory, vCPUs and distances", () => {
    const result = hvm({ numa: [node("0-1", [10, 20]), node("2-3", [20, 10])] });
    expect(errors(result)).toEqual([]);
    expect(xml(result)).toContain('<cell cpus="0-1" id="0" memory="524288" unit="KiB">');
    expect(xl(result)).toContain("vdistances=20,10");
  });

  it("stand beside a CPU", () => {
    const result = hvm({ numa: [node("0-1"), node("2-3")], cpu: Cpu.hostPassthrough() });
    expect(domain(result).cpu).toMatchObject({ mode: "host-passthrough", numa: { cell: [{}, {}] } });
  });

  it.each([
    [[node("0-3")], "512 MiB together, and the guest has 1024 MiB"],
    [[node("0-1", [10]), node("2-3")], "has 1 distances, and there are 2 nodes"],
    [[node("all"), node("0-3")], "must be vCPUs"],
    [[node("0-1", [9, 20]), node("2-3")], "from 10 to 254"],
  ])("are refused: %#", (numa, message) => expect(refused(hvm({ numa })).join()).toContain(message));
});

describe("a driver domain", () => {
  it("serves a disk and connects a NIC", () => {
    const result = pv({
      disks: [Disk.block("/dev/vg/root", { backendDomain: "storage" })],
      nics: [Nic.bridge("br0", { backendDomain: "net", script: "vif-openvswitch" })],
    });
    expect(errors(result)).toEqual([]);
    expect(xml(result)).toContain('<backenddomain name="storage"/>');
    expect(xl(result)).toContain("script=vif-openvswitch,backend=net");
  });
});

describe("a PCI device of the host", () => {
  const hostDevices = [HostDevice.pci("0000:65:00.0", { permissive: true, managed: false })];

  it("is handed over as it is asked for", () => {
    expect(xml(hvm({ hostDevices }))).toContain('<source writeFiltering="no">');
    expect(xml(hvm({ hostDevices }))).toContain('managed="no"');
    expect(xml(hvm({ hostDevices: [HostDevice.pci("65:00.0")] }))).toContain('managed="yes"');
  });

  it("brings a PV guest the memory map of the host, as xl does", () => {
    expect(xml(pv({ hostDevices }))).toContain('<e820_host state="on"/>');
    expect(xml(pv({ hostDevices, e820Host: false }))).not.toContain("e820_host");
    expect(xml(hvm({ hostDevices }))).not.toContain("e820_host");
  });
});

describe("GRUB as the kernel of a guest", () => {
  it.each([
    ["PV", () => pv({ boot: XenBoot.pvGrub() }), "/usr/lib/grub-xen/grub-x86_64-xen.bin"],
    ["PV elsewhere", () => pv({ boot: XenBoot.pvGrub("/srv/grub") }), "/srv/grub"],
    ["PVH", pvh, "/usr/lib/grub-xen/grub-i386-xen_pvh.bin"],
  ])("%s", (_, make, kernel) => {
    expect(errors(make())).toEqual([]);
    expect(domain(make()).os?.kernel).toBe(kernel);
  });
});
