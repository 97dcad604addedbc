import { xmlObject } from "../../../lib/domain-xml/mapping";
import { numberInRange } from "../../../lib/rules/prv/number-in-range";
import { expand, numberRanges } from "../../../lib/rules/prv/number-ranges";
import { textKinds } from "../../../lib/rules/prv/text-kinds";
import { RuleTester } from "../../../lib/testing";

/** Whether the provider has an attribute of a scalar type at a place such as `domain.memory`. */
function scalarAt(place: string): string | undefined {
  const [kind, ...keys] = place.split(".");
  let object: ReturnType<typeof xmlObject> | undefined = xmlObject(kind as "domain");
  for (const [index, key] of keys.entries()) {
    const field: NonNullable<typeof object>["fields"][number] | undefined = object?.fields.find(
      ({ attribute }) => attribute.key === key,
    );
    if (index === keys.length - 1) {
      const type = field?.attribute.type;
      return type?.kind === "scalar" ? type.scalar : undefined;
    }
    object = field?.object;
  }
  return undefined;
}

test.each([
  ["number", [...numberRanges().keys()]],
  ["string", [...textKinds().keys()]],
])("every place of the table is a %s of the provider", (scalar, places) => {
  expect(places.filter((place) => scalarAt(place) !== scalar)).toEqual([]);
});

test("places with a choice are several", () => {
  expect(expand("a.{b,c}.{d,e.f}")).toEqual(["a.b.d", "a.b.e.f", "a.c.d", "a.c.e.f"]);
  expect(expand("a.b")).toEqual(["a.b"]);
});

const bios = (reboot_timeout: unknown) => ({ name: "web", os: { bios: { reboot_timeout } } });

RuleTester.run(numberInRange, {
  fails: {
    "a number beyond the range": {
      plan: (t) => t.kvm(bios(65_536)),
      message: '"web": os.bios.rebootTimeout is 65536; libvirt takes -1 to 65535.',
      fix: "set it to a number from -1 to 65535, or remove it",
      at: "os.bios.rebootTimeout",
    },
    "a number below the range": (t) => t.kvm(bios(-2)),
    "a number of 64 bits below 0": {
      plan: (t) => t.xenPv({ memory: -1 }),
      message: "memory is -1; libvirt takes 0 and more.",
    },
    "a PCI address in a list": {
      plan: (t) =>
        t.kvm({ devices: { hostdevs: [{ subsys_pci: { source: { address: { bus: 256, slot: 32 } } } }] } }),
      count: 2,
      message: "devices.hostdevs[0].subsysPci.source.address.bus is 256; libvirt takes 0 to 255",
    },
    "a network": {
      plan: (t) => t.network("lan", { virtual_port: { params: { vepa8021qbg: { manager_id: 256 } } } }),
      at: "virtualPort.params.vepa8021Qbg.managerId",
    },
    "a volume": (t) => t.volume("data", { target: { cluster_size: -1 } }),
  },
  passes: {
    "the limits": (t) => t.kvm(bios(-1)).kvm(bios(0)).kvm(bios(65_535)),
    "numbers of no table": (t) =>
      t
        .kvm({ cpu_tune: { quota: -1 } })
        .network("lan")
        .pool("p")
        .volume("v"),
  },
  undetermined: {
    "a late number": {
      plan: (t) => t.kvm(bios("${var.timeout}")),
      reason: "os.bios.rebootTimeout is known only at apply",
    },
  },
});
