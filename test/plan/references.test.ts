import fc from "fast-check";
import { crossUnitExpression, ReferenceFollower } from "../../lib/plan/references";
import type { RawResource } from "../../lib/plan/resource";

const resource = (
  type: string,
  name: string,
  attributes: Record<string, unknown>,
  unit = "stack",
): RawResource => ({ type: `libvirt_${type}`, name, attributes, unit, label: name });

/** What the attributes of the last resource become. */
const followed = (...resources: RawResource[]) =>
  new ReferenceFollower(resources).follow(resources.at(-1)!).attributes;

const pool = (attributes: Record<string, unknown>, unit?: string) => resource("pool", "p", attributes, unit);
const guest = (attributes: Record<string, unknown>, unit?: string) =>
  resource("domain", "g", attributes, unit);

describe("a reference to an attribute that the plan sets to a literal", () => {
  it("is that literal, at any depth", () => {
    const attributes = {
      pool: "${libvirt_pool.p.name}",
      devices: { disks: [{ path: "/x" }, { path: "${libvirt_pool.p.target.path}" }] },
      list: ["a", "${libvirt_pool.p.name}"],
    };
    expect(followed(pool({ name: "fast", target: { path: "/srv/fast" } }), guest(attributes))).toEqual({
      pool: "fast",
      devices: { disks: [{ path: "/x" }, { path: "/srv/fast" }] },
      list: ["a", "fast"],
    });
  });

  it("keeps its own type where it is the whole text, and is text within text", () => {
    const numbers = pool({ capacity: 5, on: true, zero: 0, empty: "" });
    expect(
      followed(
        numbers,
        guest({
          number: "${libvirt_pool.p.capacity}",
          truth: "${libvirt_pool.p.on}",
          zero: "${libvirt_pool.p.zero}",
          empty: "${libvirt_pool.p.empty}",
          text: "disk${libvirt_pool.p.capacity}",
          two: "${libvirt_pool.p.capacity}${libvirt_pool.p.empty}",
        }),
      ),
    ).toEqual({ number: 5, truth: true, zero: 0, empty: "", text: "disk5", two: "5" });
  });

  it("is followed in the middle of a text, and several times", () => {
    const text = "/srv/${libvirt_pool.p.name}/${libvirt_pool.p.name}.img";
    expect(followed(pool({ name: "fast" }), guest({ text }))).toEqual({ text: "/srv/fast/fast.img" });
  });

  it("is followed through a list and through the first instance", () => {
    const network = resource("network", "n", { ips: [{ address: "10.0.0.1" }, { address: "10.0.1.1" }] });
    expect(
      followed(
        network,
        guest({
          second: "${libvirt_network.n.ips[1].address}",
          first: "${libvirt_network.n[0].ips[0].address}",
        }),
      ),
    ).toEqual({ second: "10.0.1.1", first: "10.0.0.1" });
  });

  it("is followed through a chain of references, in whatever order they are made", () => {
    const one = resource("pool", "one", { name: "x-${libvirt_pool.two.name}" });
    const two = resource("pool", "two", { name: "${libvirt_pool.three.name}" });
    const three = resource("pool", "three", { name: "end" });
    for (const order of [
      [one, two, three],
      [three, two, one],
      [two, three, one],
    ]) {
      expect(followed(...order, guest({ name: "${libvirt_pool.one.name}" }))).toEqual({ name: "x-end" });
    }
  });

  it("is followed through a chain of any length", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (length) => {
        const chain = Array.from({ length }, (_, index) =>
          resource("pool", `p${index}`, {
            name: index + 1 < length ? `\${libvirt_pool.p${index + 1}.name}` : "end",
          }),
        );
        expect(followed(...chain, guest({ name: "${libvirt_pool.p0.name}" }))).toEqual({ name: "end" });
      }),
      { numRuns: 20 },
    );
  });

  it("is followed once for many that share it", () => {
    // Without a memory this would double at each step: 2 ** 60 times.
    const doubling = Array.from({ length: 60 }, (_, index) =>
      resource("pool", `p${index}`, {
        name:
          index + 1 < 60 ? `\${libvirt_pool.p${index + 1}.name}\${libvirt_pool.p${index + 1}.empty}` : "end",
        empty:
          index + 1 < 60 ? `\${libvirt_pool.p${index + 1}.empty}\${libvirt_pool.p${index + 1}.empty}` : "",
      }),
    );
    expect(followed(...doubling, guest({ name: "${libvirt_pool.p0.name}" }))).toEqual({ name: "end" });
  });
});

describe("a reference that cannot be followed", () => {
  it.each([
    ["to a resource that is not in the plan", "${libvirt_pool.other.name}"],
    ["to a type that is not in the plan", "${aws_instance.p.name}"],
    ["to an attribute that is not set", "${libvirt_pool.p.id}"],
    ["into what is no object", "${libvirt_pool.p.name.first}"],
    ["to an object", "${libvirt_pool.p.target}"],
    ["to null", "${libvirt_pool.p.nothing}"],
    ["to a value that is late itself", "${libvirt_pool.p.late}"],
    ["to another instance", "${libvirt_pool.p[1].name}"],
    ["to the instance of the same number", "${libvirt_pool.p[count.index].name}"],
    ["by a function", "${upper(libvirt_pool.p.name)}"],
    ["to a variable", "${var.name}"],
    ["to the number of an instance", "${count.index}"],
    ["to the key of an instance", "${each.key}"],
    ["to a data source", "${data.libvirt_pool.p.name}"],
  ])("stays as it is: %s", (_, text) => {
    const target = pool({ name: "fast", target: { path: "/x" }, nothing: null, late: "${var.x}" });
    const attributes = { text, within: `a ${text} b` };
    expect(followed(target, guest(attributes))).toEqual(attributes);
  });

  it("stays where it is written as plain text", () => {
    const attributes = { text: "$${libvirt_pool.p.name}", both: "$${libvirt_pool.p.name} ${var.x}" };
    expect(followed(pool({ name: "fast" }), guest(attributes))).toEqual(attributes);
  });

  it("leaves the rest of its text followed", () => {
    expect(followed(pool({ name: "fast" }), guest({ text: "${libvirt_pool.p.name}-${var.x}" }))).toEqual({
      text: "fast-${var.x}",
    });
  });

  it.each([
    ["to itself", [{ name: "${libvirt_pool.p0.name}" }]],
    ["in a circle of two", [{ name: "${libvirt_pool.p1.name}" }, { name: "${libvirt_pool.p0.name}" }]],
    [
      "in a circle that doubles",
      [
        { name: "${libvirt_pool.p1.name}${libvirt_pool.p1.name}${libvirt_pool.p1.name}" },
        { name: "${libvirt_pool.p0.name}${libvirt_pool.p0.name}${libvirt_pool.p0.name}" },
      ],
    ],
  ])("ends: %s", (_, all) => {
    const pools = all.map((attributes, index) => resource("pool", `p${index}`, attributes));
    const attributes = { name: "${libvirt_pool.p0.name}" };
    expect(followed(...pools, guest(attributes))).toEqual(attributes);
  });
});

describe("units", () => {
  it("are where a reference looks for its target", () => {
    const other = pool({ name: "theirs" }, "other");
    const attributes = { name: "${libvirt_pool.p.name}" };
    expect(followed(other, guest(attributes))).toEqual(attributes);
    expect(followed(other, pool({ name: "ours" }), guest(attributes))).toEqual({ name: "ours" });
  });

  it("can be named by a reference across them", () => {
    const name = crossUnitExpression("other/inner", "libvirt_pool.p.name");
    expect(name).toBe("${other/inner::libvirt_pool.p.name}");
    expect(
      followed(pool({ name: "theirs" }, "other/inner"), pool({ name: "ours" }), guest({ name })),
    ).toEqual({
      name: "theirs",
    });
  });

  it("are those of the resource that a chain passes through", () => {
    const end = resource("pool", "end", { name: "theirs" }, "other");
    const via = pool({ name: "${libvirt_pool.end.name}" }, "other");
    const wrong = resource("pool", "end", { name: "ours" });
    const name = crossUnitExpression("other", "libvirt_pool.p.name");
    expect(followed(end, via, wrong, guest({ name }))).toEqual({ name: "theirs" });
  });
});

describe("what was followed", () => {
  it("is told by the text of the expression, literal or not", () => {
    const attributes = {
      a: "${libvirt_pool.p.name}",
      b: ["x/${libvirt_pool.p[0].target.path}"],
      c: "${libvirt_pool.other.name}",
    };
    const follower = new ReferenceFollower([pool({ name: "fast" }), guest(attributes)]);
    expect(follower.follow(guest(attributes)).references).toEqual(
      new Map([
        [
          "${libvirt_pool.p.name}",
          { resource: { unit: "stack", address: "libvirt_pool.p" }, attribute: "name" },
        ],
        [
          "${libvirt_pool.p[0].target.path}",
          { resource: { unit: "stack", address: "libvirt_pool.p" }, attribute: "target.path" },
        ],
      ]),
    );
  });

  it("does not tell of references that others make", () => {
    const via = resource("volume", "v", { pool: "${libvirt_pool.p.name}" });
    const attributes = { pool: "${libvirt_volume.v.pool}" };
    const { references } = new ReferenceFollower([pool({ name: "fast" }), via]).follow(guest(attributes));
    expect([...references.keys()]).toEqual(["${libvirt_volume.v.pool}"]);
  });

  it("copies only what changes", () => {
    const attributes = { same: { deep: ["x"] }, other: { pool: "${libvirt_pool.p.name}" } };
    const result = followed(pool({ name: "fast" }), guest(attributes)) as typeof attributes;
    expect(result.same).toBe(attributes.same);
    expect(attributes.other.pool).toBe("${libvirt_pool.p.name}");
    const plain = { same: { deep: ["x"] } };
    expect(followed(guest(plain))).toBe(plain);
  });
});
