import { buildPlan } from "../../lib/plan/build";
import { isLate } from "../../lib/plan/late";
import { volumeOfDisk } from "../../lib/plan/storage";
import { readTerraformPlan, type ShownJson } from "../../lib/plan/terraform-plan";

type Json = Record<string, unknown>;
const SOURCE = "registry.terraform.io/dmacvicar/libvirt";

const planOf = (shown: object) => buildPlan(readTerraformPlan(shown as ShownJson, "plan.json"));

/** A resource as it stands in three parts of the document. */
interface Given {
  readonly address: string;
  readonly values: Json;
  readonly unknown?: Json;
  readonly sensitive?: unknown;
  readonly expressions?: Json;
  readonly key?: string;
}

const typeOf = (address: string) => /(libvirt_\w+)\.[\w-]+(\[.*\])?$/.exec(address)![1]!;
const nameOf = (address: string) => /libvirt_\w+\.([\w-]+)/.exec(address)![1]!;
const indexOf = (address: string) => {
  const key = /\[([^\]]*)\]$/.exec(address)?.[1];
  return key === undefined ? {} : { index: JSON.parse(key) };
};

function shown(providers: Json, ...given: Given[]): object {
  const resources = given.map(({ address, values, sensitive = {} }) => ({
    ...{ address, mode: "managed", type: typeOf(address), name: nameOf(address), ...indexOf(address) },
    ...{ values, sensitive_values: sensitive },
  }));
  return {
    format_version: "1.2",
    planned_values: { root_module: { resources } },
    resource_changes: given.map(({ address, unknown = {} }) => ({
      address,
      change: { after_unknown: unknown },
    })),
    configuration: {
      provider_config: providers,
      root_module: {
        resources: given.map(({ address, expressions = {}, key = "libvirt" }) => ({
          address: `${typeOf(address)}.${nameOf(address)}`,
          provider_config_key: key,
          expressions,
        })),
      },
    },
  };
}

const provider = (uri: unknown, more: Json = {}) => ({
  name: "libvirt",
  full_name: SOURCE,
  ...more,
  expressions: { uri },
});
const WEB: Given = {
  address: "libvirt_domain.web",
  values: { name: "web", type: "kvm", memory: 512, title: null },
};
const DEFAULT = { libvirt: { name: "libvirt", full_name: SOURCE } };

describe("values", () => {
  test("are those that Terraform has computed", () => {
    const [guest] = planOf(shown(DEFAULT, WEB)).guests;
    expect(guest).toMatchObject({ label: "web", address: "libvirt_domain.web", unit: "plan.json" });
    expect(guest!.domain).toEqual({ name: "web", type: "kvm", memory: 512 });
  });

  test("are late where only apply knows them", () => {
    const values = {
      name: "web",
      memory: 1,
      os: { type: "hvm" },
      devices: { disks: [{ device: "disk" }, null] },
    };
    const unknown = {
      vcpu: true,
      os: { kernel: true },
      devices: { disks: [{ target: true }, true] },
      cpu: true,
    };
    const { domain } = planOf(shown(DEFAULT, { ...WEB, values, unknown })).guests[0]!;
    for (const value of [domain.vcpu, domain.os?.kernel, domain.cpu, domain.cpu?.mode])
      expect(isLate(value)).toBe(true);
    for (const disk of domain.devices!.disks!) expect(isLate(disk.target?.dev)).toBe(true);
    expect(domain.os?.type).toBe("hvm");
    expect(domain.devices!.disks![0]!.device).toBe("disk");
  });

  test("that are secret are not told", () => {
    const values = {
      name: "s3cr3t",
      title: "s3cr3t",
      metadata: { xml: "s3cr3t" },
      os: { init_argv: ["s3cr3t"] },
    };
    const sensitive = { name: true, title: true, metadata: true, os: { init_argv: [true] } };
    const plan = planOf(shown(DEFAULT, { ...WEB, values, sensitive }));
    expect(JSON.stringify(plan.resources.map(({ config, raw }) => [config, raw]))).not.toContain("s3cr3t");
    expect(isLate(plan.guests[0]!.domain.name)).toBe(true);
    expect(plan.guests[0]!.label).toBe("libvirt_domain.web");
  });

  test("that the provider computes are none of the configuration's", () => {
    const volume = {
      address: "libvirt_volume.v",
      values: { id: "x", path: "/p/v", name: "v", pool: "p", capacity: 5, target: { path: "/p/v" } },
      unknown: { key: true, allocation: true },
    };
    const read = (expressions: Json) => planOf(shown(DEFAULT, { ...volume, expressions })).volumes[0]!;
    expect(read({}).config).toEqual({ name: "v", pool: "p", target: {} });
    expect(read({}).attributeIssues).toEqual([]);
    expect(read({ capacity: { constant_value: 5 } }).config.capacity).toBe(5);
  });

  test("that Terraform dropped are told of by the configuration", () => {
    const os = { type: "hvm", kernel: null };
    const expressions = { os: { constant_value: { type: "hvm", kernel_args: "quiet" } } };
    const [guest] = planOf(shown(DEFAULT, { ...WEB, values: { ...WEB.values, os }, expressions })).guests;
    expect(guest!.attributeIssues.map(({ path, fix }) => [path, fix])).toEqual([
      ["os.kernel_args", "did you mean cmdline?"],
    ]);
  });

  test("of an attribute that only a newer provider knows are left out", () => {
    const values = { ...WEB.values, news: "x", os: { type: "hvm", newer: "x" } };
    const expressions = { os: { constant_value: { type: "hvm", newer: "x" } } };
    const [guest] = planOf(shown(DEFAULT, { ...WEB, values, expressions })).guests;
    expect(guest!.attributeIssues).toEqual([]);
    expect(guest!.domain).not.toHaveProperty("news");
  });
});

describe("instances and modules", () => {
  test("each instance is a resource of its own", () => {
    const given = ["[0]", "[1]"].map((key) => ({ ...WEB, address: `libvirt_domain.web${key}` }));
    const plan = planOf(shown(DEFAULT, ...given));
    expect(plan.guests.map(({ address, multiplicity }) => [address, multiplicity])).toEqual([
      ["libvirt_domain.web[0]", 1],
      ["libvirt_domain.web[1]", 1],
    ]);
  });

  test("modules are read at any depth, with the provider that they were given", () => {
    const resource = (address: string) => ({
      ...{ address, mode: "managed", type: "libvirt_domain", name: "web", values: { name: address } },
    });
    const config = (key: string) => ({
      resources: [{ address: "libvirt_domain.web", provider_config_key: key }],
    });
    const plan = planOf({
      planned_values: {
        root_module: {
          child_modules: [
            {
              address: 'module.rack["a.b"]',
              resources: [resource('module.rack["a.b"].libvirt_domain.web')],
              child_modules: [
                {
                  address: 'module.rack["a.b"].module.row[0]',
                  resources: [resource('module.rack["a.b"].module.row[0].libvirt_domain.web')],
                },
              ],
            },
          ],
        },
      },
      configuration: {
        provider_config: {
          "libvirt.two": provider({ constant_value: "qemu+ssh://two/system" }, { alias: "two" }),
          libvirt: provider({ constant_value: "qemu+ssh://one/system" }),
          "module.rack.module.row:libvirt": {
            name: "libvirt",
            full_name: SOURCE,
            module_address: "module.rack.module.row",
          },
        },
        root_module: {
          module_calls: {
            rack: {
              module: {
                ...config("libvirt.two"),
                module_calls: { row: { module: config("module.rack.module.row:libvirt") } },
              },
            },
          },
        },
      },
    });
    expect(plan.guests.map(({ address, host }) => [address, host.uri])).toEqual([
      ['module.rack["a.b"].libvirt_domain.web', "qemu+ssh://two/system"],
      ['module.rack["a.b"].module.row[0].libvirt_domain.web', "qemu+ssh://one/system"],
    ]);
    expect(plan.hosts.map(({ uri }) => uri)).toEqual(["qemu+ssh://two/system", "qemu+ssh://one/system"]);
  });

  test("data sources and other providers' resources are not read", () => {
    const resources = [
      { address: "data.libvirt_node_info.n", mode: "data", type: "libvirt_node_info", name: "n", values: {} },
      { address: "null_resource.n", mode: "managed", type: "null_resource", name: "n", values: {} },
    ];
    expect(planOf({ planned_values: { root_module: { resources } } }).resources).toEqual([]);
  });
});

describe("a provider's URI", () => {
  const uriOf = (uri: unknown, variables: Json = {}) =>
    planOf({ ...shown({ libvirt: provider(uri) }, WEB), variables }).guests[0]!.host.uri;

  test("may be a constant or a variable", () => {
    expect(uriOf({ constant_value: "qemu:///system" })).toBe("qemu:///system");
    expect(uriOf({ references: ["var.uri"] }, { uri: { value: "xen+ssh://u:pw@h/" } })).toBe("xen+ssh://u@h");
  });

  test("is not known when it is put together of something, or comes from elsewhere", () => {
    expect(uriOf({ references: ["var.host"] }, { host: { value: "kvm1" } })).toBeUndefined();
    expect(uriOf({ references: ["local.uri"] })).toBeUndefined();
    expect(uriOf({ references: ["var.uri", "var.b"] }, { uri: { value: "qemu:///system" } })).toBeUndefined();
  });

  test("of a module may come through its caller", () => {
    const address = "module.m.libvirt_domain.web";
    const resources = [{ address, mode: "managed", type: "libvirt_domain", name: "web", values: WEB.values }];
    const key = "module.m:libvirt";
    const plan = planOf({
      planned_values: { root_module: { child_modules: [{ address: "module.m", resources }] } },
      variables: { outer: { value: "qemu+ssh://deep/system" } },
      configuration: {
        provider_config: { [key]: provider({ references: ["var.inner"] }, { module_address: "module.m" }) },
        root_module: {
          module_calls: {
            m: {
              expressions: { inner: { references: ["var.outer"] } },
              module: { resources: [{ address: "libvirt_domain.web", provider_config_key: key }] },
            },
          },
        },
      },
    });
    expect(plan.guests[0]!.host.uri).toBe("qemu+ssh://deep/system");
  });
});

describe("a disk that is a volume of the plan", () => {
  const volume = (address: string): Given => ({
    address,
    values: { name: address, pool: "p" },
    unknown: { path: true },
  });
  const disk = { source: { file: { file: null } }, target: { dev: "vda" } };
  const unknown = { source: { file: { file: true } } };
  const guest = (address: string, references: string[], disks = 1): Given => ({
    address,
    values: { name: "web", devices: { disks: Array(disks).fill(disk) } },
    unknown: { devices: { disks: Array(disks).fill(unknown) } },
    expressions: { devices: { references } },
  });
  const found = (...given: Given[]) => {
    const plan = planOf(shown(DEFAULT, ...given));
    return plan.guests.map((each) => each.disks.map((one) => volumeOfDisk(plan, each, one)?.address));
  };
  const [A, B] = [volume("libvirt_volume.a"), volume("libvirt_volume.b")];
  const both = ["libvirt_volume.a.path", "libvirt_volume.a", "libvirt_volume.b.path", "libvirt_volume.b"];

  test("is found by the references of the expression, in their order", () => {
    expect(found(A, B, guest("libvirt_domain.web", both, 2))).toEqual([
      ["libvirt_volume.a", "libvirt_volume.b"],
    ]);
  });

  test("is not guessed where there are more or fewer references than values", () => {
    expect(found(A, B, guest("libvirt_domain.web", both, 1))).toEqual([[undefined]]);
    expect(found(A, B, guest("libvirt_domain.web", both.slice(0, 2), 2))).toEqual([[undefined, undefined]]);
  });

  test.each([["local.disks"], ["module.m.path"], ["data.x.y.path"], ["each.value.path"]])(
    "is not guessed where %s may be one of the values",
    (other) => {
      expect(found(A, guest("libvirt_domain.web", [...both.slice(0, 2), other]))).toEqual([[undefined]]);
    },
  );

  test("is the one of the same index", () => {
    const volumes = ["[0]", "[1]"].map((key) => volume(`libvirt_volume.a${key}`));
    const guests = ["[0]", "[1]"].map((key) =>
      guest(`libvirt_domain.web${key}`, ["libvirt_volume.a", "count.index"]),
    );
    expect(found(...volumes, ...guests)).toEqual([["libvirt_volume.a[0]"], ["libvirt_volume.a[1]"]]);
  });

  test("is not one that the plan does not have", () => {
    expect(found(guest("libvirt_domain.web", both.slice(0, 2)))).toEqual([[undefined]]);
  });
});

test("a state has values and no configuration", () => {
  const resources = [
    {
      address: "libvirt_domain.web",
      mode: "managed",
      type: "libvirt_domain",
      name: "web",
      values: { ...WEB.values, id: 1 },
    },
  ];
  const plan = planOf({ format_version: "1.0", values: { root_module: { resources } } });
  expect(plan.guests[0]!.domain).toEqual({ name: "web", type: "kvm", memory: 512 });
  expect(plan.guests[0]!.attributeIssues).toEqual([]);
  expect(plan.hosts.map(({ label, implied }) => [label, implied])).toEqual([["the default provider", true]]);
});
