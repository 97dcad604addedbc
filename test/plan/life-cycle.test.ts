import { TerraformResource, type TerraformResourceLifecycle, type TerraformStack } from "cdktf";
import {
  CloudInit,
  Connection,
  GuestOs,
  KvmGuest,
  KvmHost,
  Memory,
  StoragePool,
  Volume,
  XenBoot,
  XenHost,
  XenPvGuest,
} from "../../lib";
import { buildPlan } from "../../lib/plan/build";
import type { Plan } from "../../lib/plan/plan";
import { readTerraformJson } from "../../lib/plan/terraform-json";
import { readTerraformPlan, type ShownJson } from "../../lib/plan/terraform-plan";
import { CloudinitDisk } from "../../lib/provider/cloudinit-disk";
import { Domain } from "../../lib/provider/domain";
import { LibvirtProvider } from "../../lib/provider/provider";
import { Volume as VolumeResource } from "../../lib/provider/volume";
import { run } from "../support/program";

const CODES = ["VIRT-PRV-005", "VIRT-PRV-006"];
const XEN = { type: "xen", memory: 1, memory_unit: "GiB", os: { type: "xen", kernel: "/boot/vmlinuz" } };

/** What a plan says of the life of each domain, by address. */
const lives = (plan: Plan) =>
  Object.fromEntries(
    plan.guests.map((guest) => [
      guest.address,
      { ...guest.raw.lifeCycle, removed: plan.isRemovedByVirsh(guest) },
    ]),
  );

describe("constructs", () => {
  const found = (build: (stack: TerraformStack) => void) =>
    run(build)
      .findings.filter(({ code }) => CODES.includes(code))
      .map(({ code, severity, place }) => `${code} ${severity} ${place.label}`);

  const memory = Memory.gibibytes(1);
  const os = GuestOs.DEBIAN_12;

  test("of guests say for themselves what brings them away", () => {
    expect(
      found((stack) => {
        const host = new KvmHost(stack, "kvm1", { connection: Connection.ssh("kvm1") });
        const pool = new StoragePool(stack, "pool", { host });
        new Volume(stack, "data", { pool, size: memory });
        new KvmGuest(stack, "kept", { host, os, memory });
        new KvmGuest(stack, "in-place", { host, os, memory, onChange: "in-place" });
        const xen = new XenHost(stack, "xen1", { connection: Connection.ssh("xen1") });
        const boot = XenBoot.pygrub();
        new XenPvGuest(stack, "xen", { host: xen, os, memory, boot });
        new XenPvGuest(stack, "by-provider", { host: xen, os, memory, boot, teardown: "provider" });
        new XenPvGuest(stack, "left-off", { host: xen, os, memory, boot, onChange: "in-place" });
      }),
    ).toEqual(["VIRT-PRV-006 warning left-off"]);
  });

  test("of the provider's resources say what Terraform was told", () => {
    expect(
      found((stack) => {
        new LibvirtProvider(stack, "libvirt", { uri: "qemu:///system" });
        const domain = { type: "kvm", memory: 1, memoryUnit: "GiB", running: true, os: { type: "hvm" } };
        const revision = new TerraformResource(stack, "revision", {
          terraformResourceType: "terraform_data",
        });
        new Domain(stack, "bare", { ...domain, name: "bare" });
        const address = `terraform_data.${revision.friendlyUniqueId}`;
        new Domain(stack, "kept", { ...domain, name: "kept", lifecycle: { replaceTriggeredBy: [address] } });
        new Domain(stack, "overridden", { ...domain, name: "overridden" }).addOverride(
          "lifecycle.replace_triggered_by",
          [address],
        );
      }),
    ).toEqual(["VIRT-PRV-005 warning bare"]);
  });

  test("of Xen domains are safe where a provisioner removes them", () => {
    expect(
      found((stack) => {
        new LibvirtProvider(stack, "libvirt", { uri: "xen:///system" });
        const domain = {
          type: "xen",
          memory: 1,
          memoryUnit: "GiB",
          os: { type: "xen", kernel: "/boot/vmlinuz" },
          lifecycle: { replaceTriggeredBy: ["terraform_data.revision"] },
        };
        new Domain(stack, "bare", { ...domain, name: "bare" });
        const removed = new Domain(stack, "removed", { ...domain, name: "removed" });
        const teardown = (id: string, command: string) =>
          new TerraformResource(stack, id, {
            terraformResourceType: "terraform_data",
            provisioners: [{ type: "local-exec", when: "destroy", command }],
          });
        teardown("teardown", "virsh undefine $NAME").addOverride("input", removed.name);
        teardown("hello", "echo goodbye").addOverride("input", "${libvirt_domain.bare.name}");
      }),
    ).toEqual(["VIRT-PRV-006 warning bare"]);
  });
});

describe("driver domains of the provider's resources", () => {
  test("are known to come first where Terraform is told so", () => {
    const { findings } = run((stack) => {
      new LibvirtProvider(stack, "libvirt", { uri: "xen:///system" });
      const domain = (name: string, served: object = {}) =>
        new Domain(stack, name, {
          ...{ name, type: "xen", memory: 1, memoryUnit: "GiB", running: true },
          os: { type: "xen", kernel: "/boot/vmlinuz" },
          ...served,
        });
      const net = domain("net");
      const interfaces = [{ source: { bridge: { bridge: "xenbr0" } }, backendDomain: { name: "net" } }];
      domain("beside", { devices: { interfaces } });
      domain("after", { devices: { interfaces }, dependsOn: [net] });
      domain("overridden", { devices: { interfaces } }).addOverride("depends_on", ["libvirt_domain.net"]);
      domain("referring", {
        devices: { interfaces: [{ ...interfaces[0], backendDomain: { name: net.name } }] },
      });
    });
    const found = findings.filter(({ code }) => code === "VIRT-XEN-062").map(({ place }) => place.label);
    expect(found).toEqual(["beside"]);
  });
});

describe("volumes of a first-boot ISO", () => {
  test("are told apart by what their changes count for", () => {
    const { findings } = run((stack) => {
      new LibvirtProvider(stack, "libvirt", { uri: "qemu:///system" });
      const iso = new CloudinitDisk(stack, "iso", { name: "iso", userData: "", metaData: "" });
      const seed = (id: string, lifecycle?: TerraformResourceLifecycle) =>
        new VolumeResource(stack, id, {
          name: `${id}.iso`,
          pool: "default",
          create: { content: { url: iso.path } },
          lifecycle,
        });
      seed("follows");
      seed("stays", { ignoreChanges: ["create"] });
      seed("frozen", { ignoreChanges: "all" });
      seed("other", { ignoreChanges: ["permissions"] });
      seed("overridden").addOverride("lifecycle.ignore_changes", ["create"]);
      const host = new KvmHost(stack, "kvm1", { connection: Connection.ssh("kvm1") });
      new KvmGuest(stack, "web", { host, memory: Memory.gibibytes(1), cloudInit: new CloudInit() });
    });
    const found = findings.filter(({ code }) => code === "VIRT-PRV-105").map(({ place }) => place.label);
    expect(found).toEqual(["follows.iso", "other.iso"]);
  });
});

describe("Terraform's JSON", () => {
  const resource = {
    libvirt_domain: {
      bare: { ...XEN, name: "bare", depends_on: ["libvirt_domain.kept"] },
      kept: { ...XEN, name: "kept", lifecycle: [{ replace_triggered_by: ["terraform_data.revision"] }] },
      removed: { ...XEN, name: "removed", lifecycle: { replace_triggered_by: [] } },
    },
    terraform_data: {
      revision: { triggers_replace: "1" },
      teardown: {
        input: "${libvirt_domain.removed.name}",
        provisioner: { "local-exec": { when: "destroy", command: "virsh undefine $NAME" } },
      },
      hello: {
        input: "${libvirt_domain.bare.name}",
        provisioner: [{ "local-exec": { command: "echo virsh" } }],
      },
    },
  };

  test("tells what replaces a domain, and what removes it", () => {
    expect(lives(buildPlan(readTerraformJson([{ unit: "rack", documents: [{ resource }] }])))).toEqual({
      "libvirt_domain.bare": {
        replacedOnChange: false,
        ignores: [],
        dependsOn: ["libvirt_domain.kept"],
        removed: false,
      },
      "libvirt_domain.kept": { replacedOnChange: true, ignores: [], dependsOn: [], removed: false },
      "libvirt_domain.removed": { replacedOnChange: false, ignores: [], dependsOn: [], removed: true },
    });
  });

  test("of another unit removes nothing here", () => {
    const { libvirt_domain, terraform_data } = resource;
    const documents = [{ resource: { terraform_data } }];
    const plan = buildPlan(
      readTerraformJson([
        { unit: "one", documents: [{ resource: { libvirt_domain } }] },
        { unit: "two", documents },
      ]),
    );
    expect(lives(plan)["libvirt_domain.removed"]).toMatchObject({ removed: false });
  });
});

describe("a plan of Terraform", () => {
  const domain = (address: string) => ({
    address,
    mode: "managed",
    type: "libvirt_domain",
    name: address.replace(/^.*libvirt_domain\.([a-z]+).*$/, "$1"),
    values: { ...XEN, name: address },
  });
  const planOf = (addresses: string[], actions: string[], configuration: object) =>
    buildPlan(
      readTerraformPlan(
        {
          planned_values: { root_module: { resources: addresses.map(domain) } },
          resource_changes: addresses.map((address) => ({ address, change: { actions } })),
          configuration: { root_module: configuration },
        } as ShownJson,
        "plan.json",
      ),
    );
  const refersTo = (address: string) => ({ input: { references: [`${address}.uuid`, address] } });

  test("says what it does with a domain", () => {
    expect(lives(planOf(["libvirt_domain.web"], ["update"], {}))).toEqual({
      "libvirt_domain.web": { actions: ["update"], removed: false },
    });
  });

  test.each([
    ["a text", { constant_value: "virsh -c xen:///system undefine web" }, true],
    ["expressions", { references: ["self.output", "self"] }, true],
    ["a text of something else", { constant_value: "echo done" }, false],
    ["expressions of something else", { references: ["var.command"] }, false],
  ])("knows a provisioner whose command is %s", (_, command, removed) => {
    const resources = [
      {
        address: "terraform_data.teardown",
        expressions: refersTo("libvirt_domain.web"),
        provisioners: [{ type: "local-exec", expressions: { command } }],
      },
    ];
    expect(lives(planOf(["libvirt_domain.web[0]"], ["create"], { resources }))).toEqual({
      "libvirt_domain.web[0]": { actions: ["create"], removed },
    });
  });

  test("says what is there before a domain", () => {
    const resources = [
      {
        address: "libvirt_domain.web",
        depends_on: ["terraform_data.pause"],
        expressions: {
          devices: {
            references: ["libvirt_domain.net.name", "libvirt_domain.net", "libvirt_volume.root.path"],
          },
        },
      },
    ];
    const { dependsOn } = lives(planOf(["libvirt_domain.web"], ["create"], { resources }))[
      "libvirt_domain.web"
    ]!;
    expect(new Set(dependsOn)).toEqual(new Set(["terraform_data.pause", "libvirt_domain.net"]));
  });
});
