import type { TerraformStack } from "cdktf";
import fc from "fast-check";
import {
  Connection,
  HostFacts,
  Image,
  KvmHost,
  Memory,
  StoragePool,
  type StoragePoolProps,
  Volume,
  type VolumeProps,
} from "../../lib";
import { errors, kvmHost, only, propErrors, run, xenHost } from "../support/program";

const size = Memory.gibibytes(10);
const image = Image.fromUrl("https://images.example.net/debian-12.qcow2");

const pool = (props: Partial<StoragePoolProps> = {}, id = "pool") =>
  run((stack) => new StoragePool(stack, id, { host: kvmHost(stack), ...props }));
const volume = (props: (stack: TerraformStack) => VolumeProps) =>
  run((stack) => new Volume(stack, "data", props(stack)));
const ofHost = (props: Omit<VolumeProps, "host">) => volume((stack) => ({ host: kvmHost(stack), ...props }));
const volumeNamed = ({ json }: ReturnType<typeof run>, name: string) =>
  Object.values(json.resource.libvirt_volume!).find((each) => each.name === name);

describe("a pool", () => {
  it("is a folder under its name", () => {
    expect(only(pool(), "libvirt_pool")).toMatchObject({
      name: "pool",
      type: "dir",
      target: { path: "/var/lib/libvirt/images/pool" },
      provider: "libvirt.kvm1",
    });
    expect(only(pool({ name: "fast" }), "libvirt_pool").target.path).toBe("/var/lib/libvirt/images/fast");
    expect(only(pool({ path: "/srv/fast" }), "libvirt_pool").target.path).toBe("/srv/fast");
    expect(only(pool({}, "a/b"), "libvirt_pool").name).toBe("a--b");
  });

  it("says nothing that nobody asked for", () => {
    const plain = only(pool(), "libvirt_pool");
    expect(plain).not.toHaveProperty("create");
    expect(plain).toMatchObject({ destroy: { delete: false } });
    const asked = only(pool({ autostart: false, deleteOnDestroy: true }), "libvirt_pool");
    expect(asked).toMatchObject({ create: { autostart: false }, destroy: { delete: true } });
  });

  it("that exists has the folder that the facts name", () => {
    const facts = HostFacts.fromJson({
      source: "test",
      pools: [{ name: "default", active: true, path: "/vms" }],
    });
    run((stack) => {
      const host = new KvmHost(stack, "h", { connection: Connection.ssh("h"), facts });
      expect(StoragePool.fromExisting(host, "default")).toEqual({ host, poolName: "default", path: "/vms" });
      expect(StoragePool.fromExisting(host, "other").path).toBeUndefined();
    });
  });

  it.each(["a b", "größe", "-x", ".hidden", "a:b", "%41", "a.b"])("can be called %j", (name) => {
    const result = pool({ name });
    expect(errors(result)).toEqual([]);
    expect(only(result, "libvirt_pool").name).toBe(name);
  });

  it.each(["", "a/b", "a\nb"])("cannot be called %j", (name) => {
    expect(propErrors(pool({ name }))).toEqual([
      `name of "pool": must be a name: not empty, without / and line breaks, not ${JSON.stringify(name)}.`,
    ]);
  });
});

describe("a volume", () => {
  it("is empty, and of the size that it is given, as a whole number", () => {
    const result = ofHost({ size: Memory.gibibytes(1.5) });
    expect(volumeNamed(result, "data.qcow2")).toMatchObject({
      capacity: 1536,
      capacity_unit: "MiB",
      target: { format: { type: "qcow2" } },
    });
    expect(errors(result)).toEqual([]);
  });

  it("has its format in its name", () => {
    expect(volumeNamed(ofHost({ size, format: "raw" }), "data.raw")?.target.format.type).toBe("raw");
    expect(volumeNamed(ofHost({ size, name: "x" }), "x")?.target.format.type).toBe("qcow2");
    const iso = volumeNamed(ofHost({ image: Image.fromFile("/srv/install.iso") }), "data.iso");
    expect(iso).not.toHaveProperty("target");
  });

  it("lies in its host's default pool, or in the one that is given", () => {
    const result = volume((stack) => ({
      pool: new StoragePool(stack, "fast", { host: kvmHost(stack) }),
      size,
    }));
    const [address] = Object.keys(result.json.resource.libvirt_pool!);
    expect(only(result, "libvirt_volume").pool).toBe(`\${libvirt_pool.${address}.name}`);
    expect(only(ofHost({ size }), "libvirt_pool").name).toBe("kvm1-vms");
  });

  it("is filled with an image, which brings format and size", () => {
    const filled = volumeNamed(ofHost({ image }), "data.qcow2");
    expect(filled).toMatchObject({ create: { content: { url: image.location } } });
    expect(filled).not.toHaveProperty("capacity");
    const raw = ofHost({ image: Image.fromFile("/srv/disk.raw") });
    expect(volumeNamed(raw, "data.raw")?.target.format.type).toBe("raw");
  });

  it("is an overlay on a base, of its size or of the base's", () => {
    const result = run((stack) => {
      const host = kvmHost(stack);
      const base = new Volume(stack, "base", { host, image });
      const data = new Volume(stack, "data", { host, base, size });
      new Volume(stack, "same", { host, base: data });
    });
    const [address] = Object.entries(result.json.resource.libvirt_volume!).find(
      ([, { name }]) => name === "base.qcow2",
    )!;
    expect(volumeNamed(result, "data.qcow2")).toMatchObject({
      backing_store: { path: `\${libvirt_volume.${address}.path}`, format: { type: "qcow2" } },
      capacity: 10,
      capacity_unit: "GiB",
    });
    expect(volumeNamed(result, "same.qcow2")).toMatchObject({ capacity: 10, capacity_unit: "GiB" });
    expect(errors(result)).toEqual([]);
  });

  it("is one that exists, by the path in its pool or the path that is given", () => {
    run((stack) => {
      const host = kvmHost(stack);
      const made = new StoragePool(stack, "pool", { host, path: "/srv/pool" });
      expect(Volume.fromExisting(made, "a.qcow2")).toMatchObject({
        host,
        volumeName: "a.qcow2",
        volumePath: "/srv/pool/a.qcow2",
        format: "qcow2",
      });
      const unknown = StoragePool.fromExisting(host, "elsewhere");
      expect(Volume.fromExisting(unknown, "a.qcow2").volumePath).toBeUndefined();
      const path = "/x/a.raw";
      expect(Volume.fromExisting(unknown, "a.raw", { path, format: "raw" })).toMatchObject({
        volumePath: path,
        format: "raw",
        poolName: "elsewhere",
      });
    });
  });

  it.each<[string, (stack: TerraformStack) => VolumeProps, string]>([
    ["nowhere", () => ({ size }), "neither pool nor host is given, so the volume lies nowhere"],
    ["without content and size", (stack) => ({ host: kvmHost(stack) }), "an empty volume needs a size"],
    [
      "with an image and a size",
      (stack) => ({ host: kvmHost(stack), image, size }),
      "an image brings its own capacity, so 10 GiB would have no effect",
    ],
    [
      "with an image and a base",
      (stack) => {
        const host = kvmHost(stack);
        return { host, image, base: new Volume(stack, "base", { host, size }) };
      },
      "image and base are both given, but a volume starts from one of them",
    ],
    [
      "that is raw, on a base",
      (stack) => {
        const host = kvmHost(stack);
        return { host, size, format: "raw", base: new Volume(stack, "base", { host, image }) };
      },
      "a raw volume cannot have a base",
    ],
    [
      "on a base of a size that nobody says",
      (stack) => {
        const host = kvmHost(stack);
        return { host, base: new Volume(stack, "base", { host, image }) };
      },
      "an overlay needs a size: the provider does not take it from the base",
    ],
    [
      "on a base of another host",
      (stack) => ({
        host: kvmHost(stack),
        size,
        base: new Volume(stack, "base", { host: kvmHost(stack, "kvm2"), image }),
      }),
      "the base lies on another host than the overlay",
    ],
    [
      "on a base of which nobody knows the path",
      (stack) => {
        const host = kvmHost(stack);
        const old = StoragePool.fromExisting(host, "old");
        return { host, size, base: Volume.fromExisting(old, "base.qcow2") };
      },
      "nothing says where the base lies, and an overlay names it by its path",
    ],
    [
      "of two hosts",
      (stack) => ({
        host: kvmHost(stack),
        pool: new StoragePool(stack, "pool", { host: xenHost(stack) }),
        size,
      }),
      "the pool is on another host",
    ],
  ])("%s is found", (_, props, message) => {
    expect(propErrors(volume(props))).toEqual([expect.stringContaining(message)]);
  });

  it("is not refused for another host that may be the same", () => {
    const late = (stack: TerraformStack, id: string) =>
      new KvmHost(stack, id, { connection: Connection.uri(`\${var.${id}}`) });
    const result = volume((stack) => ({
      host: late(stack, "one"),
      size,
      base: new Volume(stack, "base", { host: late(stack, "two"), image }),
    }));
    expect(propErrors(result)).toEqual([]);
  });
});

describe("an image", () => {
  it.each([
    ["https://example.net/a.qcow2", "qcow2"],
    ["https://example.net/a.img", "qcow2"],
    ["https://example.net/a.ISO", "iso"],
    ["https://example.net/a.iso?token=x.raw", "iso"],
    ["https://example.net/a.raw#iso", "raw"],
    ["https://example.net/download", "qcow2"],
    ["${var.url}.iso", "qcow2"],
  ])("%s is taken for %s", (location, format) => {
    expect(Image.fromUrl(location).format).toBe(format);
    expect(Image.fromFile(location, { format: "raw" }).format).toBe("raw");
  });

  it("has a name that any file can have, whatever its location", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true })), (location) => {
        expect(Image.fromUrl(location).stem).toMatch(/^[\w.-]+$/);
      }),
    );
  });
});
