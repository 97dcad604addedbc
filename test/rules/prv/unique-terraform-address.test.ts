import { buildPlan } from "../../../lib/plan/build";
import { uniqueTerraformAddress } from "../../../lib/rules/prv/unique-terraform-address";
import { RuleTester } from "../../../lib/testing";
import { validate } from "../../../lib/validation/validate";

const pool = (path: string) => ({ name: path, type: "dir", target: { path } });

RuleTester.run(uniqueTerraformAddress, {
  fails: {
    "two resources of one type and name": {
      plan: (t) =>
        t.resource("libvirt_pool", "web01", pool("/srv/a")).resource("libvirt_pool", "web01", pool("/srv/b")),
      severity: "error",
      message:
        "2 constructs (example/web01, example/web01) have the Terraform address libvirt_pool.web01: they would be merged into one and 1 would vanish.",
      fix: "an id that differs in letters or digits",
      places: ["/srv/a", "/srv/b"],
    },
    "three of them, once": {
      plan: (t) => {
        for (const path of ["/srv/a", "/srv/b", "/srv/c"]) t.resource("libvirt_pool", "web01", pool(path));
      },
      message: /^3 constructs .* and 2 would vanish\.$/,
      places: ["/srv/a", "/srv/b", "/srv/c"],
    },
    "two pairs, each by itself": {
      plan: (t) => {
        for (const name of ["a", "b", "a", "b"]) t.resource("libvirt_pool", name, pool(`/srv/${name}`));
      },
      count: 2,
    },
    "resources with count, whose address is one all the same": (t) =>
      t
        .resource("libvirt_pool", "web01", { ...pool("/srv/a"), count: 2 })
        .resource("libvirt_pool", "web01", { ...pool("/srv/b"), count: 2 }),
  },
  passes: {
    "one name in two types": (t) =>
      t.resource("libvirt_pool", "web", pool("/srv/a")).resource("libvirt_network", "web", { name: "web" }),
    "one resource that is made several times": (t) => t.kvm({ count: 3 }),
    "names that are known only at apply": (t) =>
      t
        .resource("libvirt_pool", "a", { name: "${var.name}", type: "dir" })
        .resource("libvirt_pool", "b", { name: "${var.name}", type: "dir" }),
  },
});

describe("resources of one address", () => {
  const findings = (...places: { unit: string; constructPath?: string; label: string }[]) =>
    validate(
      buildPlan({
        providers: [],
        resources: places.map((place) => ({
          ...{
            type: "libvirt_pool",
            name: "p",
            address: "libvirt_pool.p",
            attributes: { name: place.label },
          },
          ...place,
        })),
      }),
      [uniqueTerraformAddress],
    ).findings;

  it("may be in two stacks", () => {
    expect(findings({ unit: "a", label: "p" }, { unit: "b", label: "p" })).toEqual([]);
  });

  it("are named by their construct, else by their label", () => {
    const [finding] = findings(
      { unit: "a", label: "first", constructPath: "a/first" },
      { unit: "a", label: "second" },
    );
    expect(finding!.message).toContain("2 constructs (a/first, second)");
    expect(finding!.fingerprint).toBe("VIRT-PRV-001:a/first:libvirt_pool.p");
  });
});
