import fc from "fast-check";
import {
  Disk,
  type DiskBus,
  type DiskOptions,
  Image,
  KvmGuest,
  type KvmGuestProps,
  Memory,
  StoragePool,
  Volume,
} from "../../lib";
import { TargetNames } from "../../lib/guest/disk";
import { type Attributes, errors, kvmHost, only, propErrors, run } from "../support/program";

const memory = Memory.gibibytes(1);
const size = Memory.gibibytes(5);
const image = Image.fromUrl("https://images.example.net/debian-12.qcow2");
const file = (options: DiskOptions = {}) => Disk.file("/srv/a.qcow2", options);

const guest = (disks: Disk[], props: Partial<KvmGuestProps> = {}) =>
  run((stack) => new KvmGuest(stack, "web", { host: kvmHost(stack), memory, nics: [], disks, ...props }));
const disksOf = (disks: Disk[], props: Partial<KvmGuestProps> = {}): Attributes[] =>
  only(guest(disks, props), "libvirt_domain").devices.disks ?? [];
const targets = (disks: Disk[]) => disksOf(disks).map(({ target }) => target.dev);
const names = (result: ReturnType<typeof run>) =>
  volumes(result)
    .map(({ name }) => name)
    .sort();
const volumes = ({ json }: ReturnType<typeof run>) => Object.values(json.resource.libvirt_volume ?? {});

it("are an empty drive, whose format QEMU would forget", () => {
  const result = guest([Disk.emptyCdrom()]);
  expect(errors(result)).toEqual([]);
  const [drive] = only(result, "libvirt_domain").devices.disks;
  expect(drive).toEqual({
    device: "cdrom",
    read_only: true,
    target: { dev: "sda", bus: "sata" },
    driver: { name: "qemu" },
  });
});

describe("names of devices", () => {
  /** The number that libvirt reads in a name: it must count up, or disks get other places. */
  function index(name: string): number {
    const letters = name.replace(/^(vd|sd|hd|xvd)/, "");
    return [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 96, 0) - 1;
  }

  it("count as libvirt does, beyond z as well", () => {
    const names = new TargetNames([]);
    const first = Array.from({ length: 800 }, () => names.next("virtio"));
    expect(first.slice(0, 3)).toEqual(["vda", "vdb", "vdc"]);
    expect(first.slice(24, 29)).toEqual(["vdy", "vdz", "vdaa", "vdab", "vdac"]);
    expect(first.slice(700, 704)).toEqual(["vdzy", "vdzz", "vdaaa", "vdaab"]);
    expect(first.map(index)).toEqual(first.map((_, number) => number));
  });

  it("are those of the bus", () => {
    const of = (bus: DiskBus) => new TargetNames([]).next(bus);
    const buses: DiskBus[] = ["virtio", "scsi", "sata", "usb", "ide", "xen", "nvme"];
    expect(buses.map(of)).toEqual(["vda", "sda", "sda", "sda", "hda", "xvda", "nvme0n1"]);
    expect(targets([file({ bus: "nvme" }), file({ bus: "nvme" })])).toEqual(["nvme0n1", "nvme1n1"]);
  });

  it("leave out those that the user chose, wherever they stand", () => {
    expect(targets([file(), file({ target: "vda" }), file(), file({ target: "vdc" }), file()])).toEqual([
      "vdb",
      "vda",
      "vdd",
      "vdc",
      "vde",
    ]);
  });

  it("are never given twice", () => {
    const disk = fc.record({
      bus: fc.constantFrom<DiskBus>("virtio", "scsi", "sata", "usb"),
      target: fc.option(fc.constantFrom("vda", "vdb", "sda", "sdc"), { nil: undefined }),
    });
    const distinct = fc.uniqueArray(disk, { selector: ({ target }) => target ?? {}, maxLength: 12 });
    fc.assert(
      fc.property(distinct, (options) => {
        const names = targets(options.map((each) => file(each)));
        expect(new Set(names).size).toBe(names.length);
        for (const [at, { target }] of options.entries())
          if (target !== undefined) expect(names[at]).toBe(target);
      }),
      { numRuns: 30 },
    );
  });

  it("that the user chose twice are found, and throw nothing", () => {
    const found = errors(guest([Disk.empty(size, { target: "vdb" }), Disk.empty(size, { target: "vdb" })]));
    expect(found).toEqual([expect.stringContaining("VIRT-DSK-001")]);
  });
});

describe("volumes of a guest", () => {
  it("are called like the guest and the device", () => {
    const result = guest([Disk.empty(size), Disk.empty(size, { target: "vdx" })]);
    expect(names(result)).toEqual(["web-vda.qcow2", "web-vdx.qcow2"]);
    expect(volumes(result)[0]).toMatchObject({
      capacity: 5,
      capacity_unit: "GiB",
      target: { format: { type: "qcow2" } },
    });
  });

  it.each(["${var.target}", "a/b", "constructor", "__proto__", "vdb.1", "-"])(
    "are called by their number where the device's name is no name for a file: %s",
    (target) => {
      const result = guest([Disk.empty(size), Disk.empty(size, { target })]);
      const name = target === "constructor" ? "web-constructor.qcow2" : "web-1.qcow2";
      expect(
        volumes(result)
          .map((volume) => volume.name)
          .sort(),
      ).toEqual([name, "web-vda.qcow2"].sort());
    },
  );

  it("lie in the pool that is named, and in the host's own otherwise", () => {
    const result = run((stack) => {
      const host = kvmHost(stack);
      const fast = new StoragePool(stack, "fast", { host });
      const disks = [Disk.empty(size), Disk.empty(size, { pool: fast })];
      new KvmGuest(stack, "web", { host, memory, nics: [], disks });
    });
    expect(Object.values(result.json.resource.libvirt_pool!).map(({ name }) => name)).toEqual([
      "fast",
      "kvm1-vms",
    ]);
    const pools = volumes(result).map(({ pool }) => pool);
    expect(pools).toEqual([
      expect.stringContaining("kvm1_Pool"),
      expect.stringContaining("libvirt_pool.fast"),
    ]);
  });
});

describe("images", () => {
  const two = (one: Image, other: Image, pools: [string?, string?] = []) =>
    run((stack) => {
      const host = kvmHost(stack);
      const poolOf = (name: string | undefined) =>
        name === undefined
          ? undefined
          : ((stack.node.tryFindChild(name) as StoragePool | undefined) ??
            new StoragePool(stack, name, { host }));
      const disk = (each: Image, at: 0 | 1) => Disk.image(each, { size, pool: poolOf(pools[at]) });
      new KvmGuest(stack, "a", { host, memory, nics: [], disks: [disk(one, 0)] });
      new KvmGuest(stack, "b", { host, memory, nics: [], disks: [disk(other, 1)] });
    });
  const bases = (result: ReturnType<typeof run>) =>
    volumes(result).filter(({ create }) => create !== undefined);

  it("become one base, which the guests' volumes are overlays on", () => {
    const result = two(image, Image.fromUrl("https://images.example.net/debian-12.qcow2"));
    const [made, ...others] = Object.entries(result.json.resource.libvirt_volume!).filter(
      ([, { create }]) => create,
    );
    const [address, base] = made!;
    expect(others).toEqual([]);
    expect(base.create.content).toEqual({ url: "https://images.example.net/debian-12.qcow2" });
    expect(base).not.toHaveProperty("capacity");
    const overlays = volumes(result).filter(({ backing_store }) => backing_store);
    expect(overlays.map(({ name }) => name)).toEqual(["a-vda.qcow2", "b-vda.qcow2"]);
    for (const overlay of overlays) {
      expect(overlay.backing_store).toEqual({
        path: `\${libvirt_volume.${address}.path}`,
        format: { type: "qcow2" },
      });
      expect(overlay).toMatchObject({ capacity: 5, capacity_unit: "GiB" });
    }
    expect(errors(result)).toEqual([]);
  });

  it("are kept apart by pool, place and format", () => {
    expect(bases(two(image, image, ["fast", "slow"]))).toHaveLength(2);
    expect(bases(two(image, image, ["fast", "fast"]))).toHaveLength(1);
    const other = Image.fromUrl("https://mirror.example.net/debian-12.qcow2");
    const called = bases(two(image, other)).map(({ name }) => name);
    expect(new Set(called).size).toBe(2);
    for (const name of called) expect(name).toMatch(/^debian-12-[0-9a-f]{8}\.qcow2$/);
    const raw = Image.fromUrl("https://images.example.net/debian-12.qcow2", { format: "raw" });
    expect(bases(two(image, raw))).toHaveLength(2);
  });

  it.each([
    ["https://example.net/Debian 12 (generic).qcow2", /^Debian-12-generic--[0-9a-f]{8}\.qcow2$/],
    ["https://example.net/images/?id=/a/b", /^image-[0-9a-f]{8}\.qcow2$/],
    ["https://example.net/", /^image-[0-9a-f]{8}\.qcow2$/],
    ["/srv/größe.qcow2", /^gr-e-[0-9a-f]{8}\.qcow2$/],
    ["https://example.net/a.tar.qcow2?token=x/y", /^a\.tar-[0-9a-f]{8}\.qcow2$/],
  ])("have names that can be files: %s", (location, name) => {
    const [base] = bases(guest([Disk.image(Image.fromUrl(location))]));
    expect(base.name).toMatch(name);
  });

  it("that only apply knows have names that are the same in every run", () => {
    const late = () => names(guest([Disk.image(Image.fromUrl("${var.url}"))]));
    expect(late()).toEqual(["web-vda-base.qcow2", "web-vda.qcow2"]);
  });

  it("make a root disk of 20 GiB, or what the system needs, or what is asked for", () => {
    const root = (props: Partial<KvmGuestProps>) =>
      volumes(guest([], { image, ...props })).find(({ backing_store }) => backing_store);
    expect(root({})).toMatchObject({ capacity: 20, capacity_unit: "GiB" });
    expect(root({ rootDiskSize: Memory.mebibytes(1536) })).toMatchObject({
      capacity: 1536,
      capacity_unit: "MiB",
    });
  });
});

describe("options of a disk", () => {
  it("are written as they are", () => {
    const [disk] = disksOf([
      file({
        bus: "scsi",
        target: "sdf",
        readOnly: true,
        cache: "none",
        io: "native",
        discard: "unmap",
        serial: "S1",
        bootOrder: 2,
      }),
    ]);
    expect(disk).toEqual({
      boot: { order: 2 },
      driver: { name: "qemu", type: "qcow2", cache: "none", io: "native", discard: "unmap" },
      read_only: true,
      serial: "S1",
      source: { file: { file: "/srv/a.qcow2" } },
      target: { bus: "scsi", dev: "sdf" },
    });
  });

  it("of a volume that exists say its name, and its format", () => {
    const result = run((stack) => {
      const host = kvmHost(stack);
      const pool = StoragePool.fromExisting(host, "default");
      const disks = [Disk.volume(Volume.fromExisting(pool, "old.img", { format: "raw" }))];
      new KvmGuest(stack, "web", { host, memory, nics: [], disks });
    });
    expect(only(result, "libvirt_domain").devices.disks[0]).toEqual({
      driver: { name: "qemu", type: "raw" },
      source: { volume: { pool: "default", volume: "old.img" } },
      target: { bus: "virtio", dev: "vda" },
    });
    expect(propErrors(result)).toEqual([]);
  });
});
