import { Disk, Graphics, HostDevice, Memory, Nic, XenBoot } from "../../../../lib";
import { parseXl, type XlValue, xlOf } from "../../../../lib/xl-cfg";
import { ask, clean, domxmlToNative } from "./ask";
import { type Build, hvmGuest, type Made, made, pvGuest, pvhGuest } from "./constructs";
import { capturedFacts } from "./facts";
import { dom0, machine } from "./subject";

/*
 * What the constructs' props come to: the xl configuration that we preview is what libvirt derives from the domain, and
 * xl reads it as the guest that Xen runs.
 */

/** With what the scheduler knows of them. */
const GUESTS: Readonly<Record<string, readonly [Build, ...scheduled: string[]]>> = {
  "a PV guest with weight, pins and limits of Xen's bus": [
    pvGuest({
      vcpus: 2,
      cpuWeight: 512,
      vcpuPins: ["1"],
      maxGrantFrames: 48,
      maxEventChannels: 512,
      nics: [Nic.bridge("xenbr0")],
    }),
    "weight 512",
    "vCPU 0 on 1 / all",
    "vCPU 1 on all / all",
  ],
  "a PV guest with a display and the host's memory map": [
    pvGuest({
      graphics: Graphics.vnc({ listen: "127.0.0.1" }),
      e820Host: true,
    }),
  ],
  "a PV guest with a device of the host": [
    pvGuest({ hostDevices: [HostDevice.pci("0000:03:00.0", { permissive: true })] }),
  ],
  "a PVH guest with weight and pins": [
    pvhGuest({ vcpus: 2, cpuWeight: 128, vcpuPins: ["0", "1"] }),
    "weight 128",
    "vCPU 0 on 0 / all",
    "vCPU 1 on 1 / all",
  ],
  "an HVM guest with NUMA nodes": [
    hvmGuest({
      vcpus: 2,
      memory: Memory.mebibytes(256),
      numa: [
        { memory: Memory.mebibytes(128), vcpus: "0", distances: [10, 30] },
        { memory: Memory.mebibytes(128), vcpus: "1", distances: [30, 10] },
      ],
    }),
  ],
  "an HVM guest with sound, a CD-ROM and arguments for its device model": [
    hvmGuest({
      sound: "ich6",
      video: "cirrus",
      deviceModelArgs: ["-msg", "timestamp=on"],
      disks: [
        Disk.file("/var/lib/libvirt/images/lab-root.img", { format: "raw" }),
        Disk.cdrom("/srv/lab/cd.iso", { bootOrder: 1 }),
      ],
      nics: [Nic.bridge("xenbr0", { model: "e1000" })],
    }),
  ],
  "a PV guest on pygrub": [
    pvGuest({
      boot: XenBoot.pygrub(),
      disks: [Disk.file("/srv/lab/disk.img", { format: "raw" })],
    }),
  ],
};

describe.each(Object.entries(GUESTS))(`%s on ${machine.name}`, (_, [build, ...scheduled]) => {
  let guest: Made;
  beforeAll(async () => {
    guest = made(build, await capturedFacts());
  });
  afterAll(() => clean([guest]));

  test("is what libvirt derives, runs as such, and is read so by xl", async () => {
    if (guest.refusedBy) {
      expect(guest.found).toEqual([expect.stringContaining(guest.refusedBy)]);
      return;
    }
    expect(guest.found).toEqual([]);
    const preview = xlOf({ ...guest.config, name: guest.name });
    const native = domxmlToNative(guest);
    expect({ status: native.status, stderr: native.stderr }).toMatchObject({ status: 0 });
    expect(comparable(preview)).toEqual(inOurWords(comparable(native.stdout)));

    expect(await ask([guest], { run: true })).toEqual({ kind: "starts", views: [] });
    expect(lacking(dryRun(preview), running(guest.name))).toEqual([]);
    expect(scheduling(guest.name)).toEqual(expect.arrayContaining([...scheduled]));
  });
});

/** libvirt's own conversion leaves these out, though the guest gets them. */
const NOT_CONVERTED = /^(uuid|cpus|cpu_weight|vga|videoram)$/;

const plain = (value: XlValue): unknown =>
  "items" in value ? value.items.map(plain) : value.quoted ? value.text : Number(value.text);

function comparable(text: string): Record<string, unknown> {
  return Object.fromEntries(
    parseXl(text)
      .settings.filter(({ name }) => !NOT_CONVERTED.test(name))
      .map(({ name, value }) => [name, plain(value)]),
  );
}

/** libvirt writes what is so without being said, and has other words for the same. */
function inOurWords({ builder, parallel, viridian, ...native }: Record<string, unknown>): object {
  expect([parallel ?? "none", viridian ?? 0]).toEqual(["none", 0]);
  if (native.rtc_timeoffset === 0) delete native.rtc_timeoffset;
  const texts = (key: string, from: string, to: string) => {
    const list = native[key] as string[] | undefined;
    return list && { [key]: list.map((each) => each.replace(from, to)) };
  };
  return {
    ...native,
    type: builder ?? native.type ?? "pv",
    ...(native.soundhw === "ich6" && { soundhw: "hda" }),
    ...texts("vif", ",script=vif-bridge", ""),
    ...texts("vfb", "type=vnc", "vnc=1"),
    // libvirt takes a managed device from its driver itself, where xl has a word.
    ...texts("pci", "permissive=1", "permissive=1,seize=1"),
  };
}

/** The guest that xl would make of a configuration. */
function dryRun(preview: string): unknown {
  // libvirt puts all nodes on a host's only one, which xl wants to be told.
  const file = preview.replace(/pnode=\d+/g, "pnode=0");
  const { stdout, stderr } = dom0.sh(
    `cat > /tmp/preview.cfg << 'END OF PREVIEW'\n${file}\nEND OF PREVIEW\nxl create --dryrun /tmp/preview.cfg`,
  );
  if (!stdout.includes("{")) throw new Error(`xl does not read the preview: ${stderr}\n${preview}`);
  return JSON.parse(stdout.slice(stdout.indexOf("{")));
}

/** The guest that runs. libvirt fills in the kernel and the boot loader of a PV guest in an older place than xl. */
function running(name: string): unknown {
  const [{ config }] = JSON.parse(dom0.sh(`xl list -l ${name}`).stdout) as [
    { config: { b_info: Record<string, object> } },
  ];
  return { ...config, b_info: { ...config.b_info["type.pv"], ...config.b_info } };
}

/** What each of the two makes for itself, and what libvirt sets when the guest is there already. */
const OF_ITS_OWN =
  /^(c_info\.uuid|b_info\.(claim_mode|numa_placement|sched_params|vcpu_hard_affinity)|pcidevs\.\d+\.seize|(vfbs\.\d+|b_info\.type\.hvm)\.vnc\.findunused)\b/;
/** What xl says of its own accord, and is so where nobody says it. */
const SAID_BY_XL: Readonly<Record<string, unknown>> = {
  run_hotplug_scripts: "True",
  localtime: "False",
  on_soft_reset: "soft_reset",
  devid: 0,
  vfunc_mask: 1,
  rdm_policy: "strict",
};

/** Values of a configuration that another one does not have. */
function lacking(some: unknown, all: unknown, path = ""): string[] {
  if (OF_ITS_OWN.test(path)) return [];
  if (typeof some === "object" && some !== null) {
    return Object.entries(some).flatMap(([key, value]) =>
      lacking(
        value,
        (all as Record<string, unknown> | undefined)?.[key],
        path === "" ? key : `${path}.${key}`,
      ),
    );
  }
  const said = all === undefined && SAID_BY_XL[path.split(".").at(-1)!] === some;
  return some === all || said
    ? []
    : [`${path} is ${JSON.stringify(some)} by our preview, and ${JSON.stringify(all)} to Xen`];
}

/** The weight of a guest, and where its vCPUs may run. */
function scheduling(name: string): string[] {
  const { stdout } = dom0.sh(`xl sched-credit2 -d ${name}; xl vcpu-list ${name}`);
  const rows = stdout.split("\n").map((line) => line.trim().split(/\s+/));
  const own = rows.filter(([first]) => first === name);
  return own.map((cells) =>
    cells.length === 4 ? `weight ${cells[2]}` : `vCPU ${cells[2]} on ${cells.slice(6).join(" ")}`,
  );
}
