import { type ExampleGuest, examplePlan, type PlanExample } from "../../lib/plan/example";
import { imageKey, volumeOfDisk } from "../../lib/plan/storage";

type Source = Record<string, unknown>;

/** How the first disk of a guest is joined in a plan. */
function joined(source: Source | undefined, build: (plan: PlanExample) => void, guest: ExampleGuest = {}) {
  const plan = examplePlan((t) => {
    t.kvmHost("h1").kvmHost("h2");
    build(t);
    t.kvm({ ...guest, devices: { disks: [{ source, target: { dev: "vda" } }] } });
  });
  const [only] = plan.guests;
  const [disk] = only!.disks;
  return { key: imageKey(plan, only!, disk!), volume: volumeOfDisk(plan, only!, disk!)?.address };
}

const file = (path: string) => ({ file: { file: path } });
const block = (dev: string) => ({ block: { dev } });
const volume = (name: string, pool = "fast") => ({ volume: { pool, volume: name } });
const fast = (plan: PlanExample) =>
  plan.pool("fast", { target: { path: "/srv/fast" } }).volume("root", { pool: "fast" });
const ROOT = { key: "example/libvirt_volume.root", volume: "libvirt_volume.root" };

describe("a disk on a volume of the plan", () => {
  it.each([
    ["pool and name", volume("root.qcow2")],
    ["pool and name by reference", volume("${libvirt_volume.root.name}", "${libvirt_pool.fast.name}")],
    [
      "name by reference, pool known only at apply",
      volume("${libvirt_volume.root.name}", "${libvirt_volume.root.pool}"),
    ],
    ["path by reference", file("${libvirt_volume.root.path}")],
    ["path by reference to its first instance", file("${libvirt_volume.root[0].path}")],
    ["path of a device by reference", block("${libvirt_volume.root.path}")],
    ["the path in its pool", file("/srv/fast/root.qcow2")],
    ["the path in its pool as a device", block("/srv/fast/root.qcow2")],
    [
      "the path in its pool, whose folder is a reference",
      file("${libvirt_pool.fast.target.path}/root.qcow2"),
    ],
  ])("is joined by %s", (_, source) => {
    expect(joined(source, fast)).toEqual(ROOT);
  });

  it("is joined by its path where the pool's folder ends in a slash", () => {
    const build = (t: PlanExample) =>
      t.pool("fast", { target: { path: "/srv/fast/" } }).volume("root", { pool: "fast" });
    expect(joined(file("/srv/fast/root.qcow2"), build)).toEqual(ROOT);
  });

  it("is joined by its path where only the host's facts know the pool", () => {
    const build = (t: PlanExample) => t.volume("root", { pool: "default" });
    expect(joined(file("/var/lib/libvirt/images/root.qcow2"), build)).toEqual(ROOT);
  });

  it("is joined by reference where its name or pool is known only at apply", () => {
    const late = (t: PlanExample) => t.volume("root", { name: "${var.name}", pool: "${var.pool}" });
    expect(joined(volume("${libvirt_volume.root.name}", "${libvirt_volume.root.pool}"), late)).toEqual(ROOT);
    expect(joined(file("${libvirt_volume.root.path}"), late)).toEqual(ROOT);
    expect(joined(volume("root.qcow2"), late).volume).toBeUndefined();
  });

  it("is joined on its own host alone", () => {
    const both = (t: PlanExample) =>
      t
        .volume("theirs", { name: "root.qcow2", pool: "fast" }, "h2")
        .pool("fast", { target: { path: "/srv/fast" } }, "h2");
    expect(joined(volume("root.qcow2"), both, { host: "h1" }).volume).toBeUndefined();
    expect(joined(file("/srv/fast/root.qcow2"), both, { host: "h1" }).volume).toBeUndefined();
    expect(joined(volume("root.qcow2"), both, { host: "h2" }).volume).toBe("libvirt_volume.theirs");
    expect(joined(file("/srv/fast/root.qcow2"), both, { host: "h2" }).volume).toBe("libvirt_volume.theirs");
  });
});

describe("a disk on an image that the plan does not make", () => {
  it.each([
    ["a file", file("/srv/x.img"), "/srv/x.img"],
    ["a device", block("/dev/vg0/x"), "/dev/vg0/x"],
    ["a volume in a pool whose folder the plan knows", volume("x.img"), "/srv/fast/x.img"],
    [
      "a volume in a pool whose folder the facts know",
      volume("x.img", "default"),
      "/var/lib/libvirt/images/x.img",
    ],
    ["a volume in a pool of which nothing is known", volume("x.img", "far"), "far/x.img"],
    ["a volume of another pool", volume("root.qcow2", "far"), "far/root.qcow2"],
  ])("has a key by what it is: %s", (_, source, key) => {
    expect(joined(source, fast)).toEqual({ key, volume: undefined });
  });

  it.each([
    ["a path known only at apply", file("${var.path}")],
    ["a path that is partly known only at apply", file("/srv/${var.name}.img")],
    ["a path of another resource", file("${libvirt_cloudinit_disk.seed.path}")],
    ["a name known only at apply", volume("${var.name}")],
    ["a pool known only at apply", volume("x.img", "${var.pool}")],
    ["a volume without a pool", { volume: { volume: "x.img" } }],
    ["a disk on the network", { network: { protocol: "rbd", name: "vms/x" } }],
    ["a source without anything", {}],
    ["no source", undefined],
  ])("has none: %s", (_, source) => {
    expect(joined(source, fast)).toEqual({ key: undefined, volume: undefined });
  });
});

describe("the folder of a pool", () => {
  const plan = examplePlan((t) =>
    t
      .kvmHost("h1")
      .kvmHost("h2", { facts: null })
      .pool("fast", { target: { path: "/srv/fast//" } }, "h1")
      .pool("rbd", { type: "rbd", target: null }, "h1")
      .pool("default", { target: { path: "${var.path}" } }, "h2"),
  );
  const [h1, h2] = plan.hosts;

  it("comes from the plan, else from the facts", () => {
    expect(plan.folderOf(h1!, "fast")).toBe("/srv/fast/");
    expect(plan.folderOf(h1!, "default")).toBe("/var/lib/libvirt/images");
  });

  it("is not known for a pool without one, of a late one, and of one that nobody knows", () => {
    expect(plan.folderOf(h1!, "rbd")).toBeUndefined();
    expect(plan.folderOf(h2!, "default")).toBeUndefined();
    expect(plan.folderOf(h2!, "fast")).toBeUndefined();
  });
});
