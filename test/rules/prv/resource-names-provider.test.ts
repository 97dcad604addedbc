import { buildPlan } from "../../../lib/plan/build";
import { resourceNamesProvider } from "../../../lib/rules/prv/resource-names-provider";
import { RuleTester } from "../../../lib/testing";
import { validate } from "../../../lib/validation/validate";

const network = (name: string, provider?: string) =>
  ["libvirt_network", name, { name, provider } as Record<string, unknown>] as const;

RuleTester.run(resourceNamesProvider, {
  fails: {
    "a resource beside a provider with an alias": {
      plan: (t) => t.kvmHost("kvm1").resource(...network("lan")),
      severity: "error",
      message:
        "libvirt_network.lan names no provider, and every libvirt provider here has an alias (libvirt.kvm1): Terraform would use one that nobody configured, for the machine where it runs.",
      fix: "set provider to one of libvirt.kvm1",
      at: "provider",
      places: ["lan"],
    },
    "several of them, once": {
      plan: (t) =>
        t
          .kvmHost("kvm1")
          .xenHost("xen1")
          .resource(...network("a"))
          .kvm()
          .resource(...network("b")),
      message:
        /^libvirt_network\.a, libvirt_network\.b name no provider, .* \(libvirt\.kvm1, libvirt\.xen1\)/,
      fix: "set provider to one of libvirt.kvm1, libvirt.xen1",
      places: ["a", "b"],
    },
    "one that names the default provider, which there is not": (t) =>
      t.kvmHost("kvm1").resource(...network("lan", "libvirt")),
  },
  passes: {
    "a resource that names its provider": (t) =>
      t.kvmHost("kvm1").resource(...network("lan", "libvirt.kvm1")),
    "a provider without alias beside": (t) =>
      t
        .kvmHost("kvm1")
        .provider({ label: "local", uri: "qemu:///system" })
        .resource(...network("lan")),
    "a provider without alias beside, for the other resource as well": (t) =>
      t
        .provider({ label: "local" })
        .kvmHost("kvm1")
        .resource(...network("a"))
        .resource(...network("b", "libvirt")),
    "a provider without alias and without URI": (t) =>
      t
        .kvmHost("kvm1")
        .provider({ label: "local" })
        .resource(...network("lan")),
    "an alias that nobody configured, which Terraform refuses": (t) =>
      t.kvmHost("kvm1").resource(...network("lan", "libvirt.kvm9")),
  },
});

describe("a configuration without any provider of its own", () => {
  const resource = (unit: string, provider?: string) => ({
    ...{ type: "libvirt_network", name: "lan", address: "libvirt_network.lan", label: "lan", unit, provider },
    attributes: { name: "lan" },
  });
  const findings = (resources: ReturnType<typeof resource>[]) =>
    validate(
      buildPlan({
        providers: [{ label: "kvm1", alias: "kvm1", unit: "a", uri: "qemu://h/system" }],
        resources,
      }),
      [resourceNamesProvider],
    ).findings;

  it("uses the default on purpose, whatever other stacks have", () => {
    expect(findings([resource("b")])).toEqual([]);
  });

  it("is not one that has providers because a resource names one that nobody configured", () => {
    expect(findings([resource("b", "libvirt.kvm9"), { ...resource("b"), name: "wan" }])).toEqual([]);
  });

  it("does not hide another stack's mistake", () => {
    expect(
      findings([resource("b"), resource("a")]).map(({ places }) => places.map((each) => each.unit)),
    ).toEqual([["a"]]);
  });
});
