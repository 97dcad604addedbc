import { examplePlan } from "../../lib/plan/example";
import { distinctTextsOf, textsOf } from "../../lib/plan/instances";

const guest = (attributes: object) => examplePlan((t) => t.kvm({ name: "web", ...attributes })).guests[0]!;

describe("the texts of a resource's instances", () => {
  it("are the text itself where there is one instance", () => {
    expect(textsOf(guest({}), "web")).toEqual(["web"]);
    expect(textsOf(guest({}), "${var.x}")).toEqual(["${var.x}"]);
    expect(textsOf(guest({ count: 1 }), "web")).toEqual(["web"]);
  });

  it("are one for each number of count", () => {
    expect(textsOf(guest({ count: 3 }), "web")).toEqual(["web", "web", "web"]);
    expect(textsOf(guest({ count: 2 }), "web-${count.index}")).toEqual(["web-0", "web-1"]);
    expect(textsOf(guest({ count: "2" }), "${ count.index }/${count.index}")).toEqual(["0/0", "1/1"]);
    expect(textsOf(guest({ count: 2 }), "web-${count.index + 1}")).toEqual(["web-1", "web-2"]);
    expect(textsOf(guest({ count: 2 }), "web-${count.index+10}")).toEqual(["web-10", "web-11"]);
    expect(textsOf(guest({ count: 1 }), "web-${count.index}")).toEqual(["web-0"]);
    expect(textsOf(guest({ count: 0 }), "web")).toEqual([]);
  });

  it("name the instances that they refer to", () => {
    expect(textsOf(guest({ count: 2 }), "${libvirt_volume.root[count.index].name}")).toEqual([
      "${libvirt_volume.root[0].name}",
      "${libvirt_volume.root[1].name}",
    ]);
    expect(textsOf(guest({ for_each: { a: {} } }), "${libvirt_volume.root[ each.key ].name}")).toEqual([
      '${libvirt_volume.root["a"].name}',
    ]);
  });

  it("are one for each key of a map, with its value where that is a text", () => {
    const map = { for_each: { a: "10.0.0.1", b: { ip: "10.0.0.2" }, c: "$& $1" } };
    expect(textsOf(guest(map), "web-${each.key}")).toEqual(["web-a", "web-b", "web-c"]);
    expect(textsOf(guest(map), "${ each.value }")).toEqual(["10.0.0.1", "${ each.value }", "$& $1"]);
    expect(textsOf(guest(map), "web")).toEqual(["web", "web", "web"]);
  });

  it("stay late where they hold more than that", () => {
    expect(textsOf(guest({ count: 1 }), '${format("%02d", count.index)}')).toEqual([
      '${format("%02d", count.index)}',
    ]);
    expect(textsOf(guest({ count: 1 }), "${var.env}-${count.index}")).toEqual(["${var.env}-0"]);
    expect(textsOf(guest({ count: 1 }), "${each.key}")).toEqual(["${each.key}"]);
    expect(textsOf(guest({}), "${count.index}")).toEqual(["${count.index}"]);
  });

  it("are not known where the number is not, or is beyond telling apart", () => {
    expect(textsOf(guest({ count: "${var.n}" }), "web")).toBeUndefined();
    expect(textsOf(guest({ for_each: "${toset(var.names)}" }), "${each.key}")).toBeUndefined();
    expect(textsOf(guest({ count: 10_001 }), "web")).toBeUndefined();
    expect(textsOf(guest({ count: 10_000 }), "web")).toHaveLength(10_000);
  });
});

describe("the different texts of a resource's instances", () => {
  it("are one for a literal, whatever the number", () => {
    expect(distinctTextsOf(guest({ count: 3 }), "lan")).toEqual(["lan"]);
    expect(distinctTextsOf(guest({ count: "${var.n}" }), "lan")).toEqual(["lan"]);
    expect(distinctTextsOf(guest({ count: 2 }), "lan${count.index}")).toEqual(["lan0", "lan1"]);
    expect(distinctTextsOf(guest({ count: "${var.n}" }), "lan${count.index}")).toBeUndefined();
  });
});
