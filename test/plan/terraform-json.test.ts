import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformCount, TerraformIterator, TerraformStack, TerraformVariable } from "cdktf";
import {
  Connection,
  Disk,
  Gate,
  GuestOs,
  Image,
  KvmGuest,
  KvmHost,
  Memory,
  StoragePool,
  Volume,
} from "../../lib";
import { tokenEngine } from "../../lib/gate/token-engine";
import { buildPlan, type RawPlan } from "../../lib/plan/build";
import { readStack, stacksBelow } from "../../lib/plan/construct-reader";
import type { Plan } from "../../lib/plan/plan";
import { readTerraformJson } from "../../lib/plan/terraform-json";
import { Domain } from "../../lib/provider/domain";
import { LibvirtProvider } from "../../lib/provider/provider";
import { Volume as VolumeResource } from "../../lib/provider/volume";
import { temporaryFolder } from "../support/temporary-folder";

type Json = Record<string, unknown>;

const read = (...documents: Json[]) => readTerraformJson([{ unit: "rack", documents }]);
const planOf = (...documents: Json[]) => buildPlan(read(...documents));

/** What rules see of a plan, by address. */
const view = (plan: Plan) =>
  Object.fromEntries(
    plan.resources
      .map((resource): [string, unknown] => [
        `${resource.unit}/${resource.address}`,
        {
          config: resource.config,
          host: resource.host.uri,
          constructPath: resource.constructPath,
          label: resource.label,
          issues: resource.attributeIssues,
          multiplicity: resource.multiplicity,
          targets: [...resource.references].sort(),
        },
      ])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

describe("what the engine has written is the plan that it was written from", () => {
  const outdir = temporaryFolder()();
  const app = new App({ outdir });
  const kvm = new TerraformStack(app, "kvm");
  const more = new TerraformStack(app, "more");
  const connection = Connection.ssh("kvm1");
  const host = new KvmHost(kvm, "kvm1", { connection });
  const pool = new StoragePool(kvm, "vms", { host });
  const data = new Volume(kvm, "data", { pool, size: Memory.gibibytes(8) });
  const image = Image.fromUrl("https://example.net/debian-12.qcow2");
  new KvmGuest(kvm, "web", {
    ...{ host, image, os: GuestOs.DEBIAN_12, memory: Memory.gibibytes(2), vcpus: 2 },
    disks: [Disk.volume(data)],
  });
  const provider = new LibvirtProvider(more, "kvm", { uri: "qemu+ssh://kvm1/system", alias: "kvm" });
  const plain = { provider, memory: 1, memoryUnit: "GiB", vcpu: 1, type: "kvm" };
  const shared = new VolumeResource(kvm, "shared", { pool: "default", name: "shared.img", capacity: 1 });
  new VolumeResource(more, "copy", { provider, pool: "default", name: shared.name, capacity: 1 });
  new Domain(more, "many", { ...plain, name: "many", count: TerraformCount.of(3) });
  new Domain(more, "each", { ...plain, name: "each", forEach: TerraformIterator.fromList(["a", "b"]) });
  const size = new TerraformVariable(more, "size", { type: "number" });
  const late = new Domain(more, "late", { ...plain, name: "late", memory: size.numberValue });
  late.addOverride("devices.sauce", "x");

  const before = buildPlan(raw());
  Gate.of(app).reportOnly();
  jest.spyOn(process.stderr, "write").mockReturnValue(true);
  app.synth();
  const after = buildPlan(
    readTerraformJson(
      ["kvm", "more"].map((unit) => ({
        unit,
        documents: [JSON.parse(readFileSync(join(outdir, "stacks", unit, "cdk.tf.json"), "utf8"))],
      })),
    ),
  );

  function raw(): RawPlan {
    const parts = stacksBelow(app).map((stack) => readStack(stack, tokenEngine));
    return {
      providers: parts.flatMap(({ providers }) => providers),
      resources: parts.flatMap(({ resources }) => resources),
    };
  }

  test("resource by resource", () => {
    expect(view(after)).toEqual(view(before));
    expect(Object.keys(view(after))).toHaveLength(before.resources.length);
  });

  test("host by host", () => {
    const hosts = ({ hosts: all }: Plan) =>
      all.map(({ uri, unit, providers }) => [uri, unit, providers.length]);
    expect(hosts(after)).toEqual(hosts(before));
  });

  test("a value that another stack hands over is followed", () => {
    const copy = after.volumes.find(({ unit, name }) => unit === "more" && name === "copy")!;
    expect(copy.config.name).toBe("shared.img");
  });
});

describe("what people write by hand", () => {
  const domain = { name: "web", type: "kvm", memory: 1, memory_unit: "GiB" };

  test("blocks may be lists of blocks, at every level", () => {
    const plan = planOf({
      provider: [{ libvirt: [{ alias: "a", uri: "qemu:///system" }] }, { libvirt: { uri: "xen:///system" } }],
      resource: [{ libvirt_domain: [{ web: [{ ...domain, provider: "libvirt.a" }] }] }],
    });
    expect(plan.guests.map(({ domain: { name }, host }) => [name, host.uri])).toEqual([
      ["web", "qemu:///system"],
    ]);
    expect(plan.hosts.map(({ uri }) => uri)).toEqual(["qemu:///system", "xen:///system"]);
  });

  test("the provider may have another name in the module", () => {
    const plan = planOf({
      terraform: { required_providers: { virt: { source: "registry.terraform.io/dmacvicar/libvirt" } } },
      provider: { virt: { alias: "a", uri: "qemu:///system" }, aws: { alias: "a" } },
      resource: { libvirt_domain: { web: { ...domain, provider: "${virt.a}" } }, aws_instance: { x: {} } },
    });
    expect(plan.guests[0]!.host.uri).toBe("qemu:///system");
    expect(plan.hosts).toHaveLength(1);
    expect(plan.resources).toHaveLength(1);
  });

  test("an override file replaces arguments of the resource", () => {
    const plan = planOf(
      { resource: { libvirt_domain: { web: { ...domain, vcpu: 1 } } } },
      { resource: { libvirt_domain: { web: { vcpu: 4 } } } },
    );
    expect(plan.guests.map(({ vcpus, domain: { name } }) => [name, vcpus])).toEqual([["web", 4]]);
  });

  test("a URI that is an expression is not known", () => {
    const plan = planOf({
      provider: { libvirt: { uri: "${var.uri}" } },
      resource: { libvirt_domain: { web: domain } },
    });
    expect(plan.guests[0]!.host).toMatchObject({ uri: undefined, label: "libvirt" });
    expect(plan.hosts).toHaveLength(1);
  });

  test("a resource without construct is named by itself", () => {
    const resource = { libvirt_domain: { web: { ...domain, name: "${var.name}" } } };
    expect(planOf({ resource }).guests[0]).toMatchObject({
      ...{ label: "web", address: "libvirt_domain.web", constructPath: undefined },
    });
  });
});
