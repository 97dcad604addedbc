import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { CloudInit, Disk, Image, KvmGuest, Memory, Nic, Volume } from "../../lib";
import { run } from "../support/program";
import { inStack, kvm, TARGETS } from "./slots";

/*
 * V8 keeps the children of a construct as an object, whose shape begins with its first key. Where that varies from
 * construct to construct, synth takes three to four times as long above some thousand guests. So the first child
 * of every construct of the library has one name.
 */

/** First children of every construct of the library in a program. */
function firstChildren(build: (stack: TerraformStack) => void): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const { stack } = run(build);
  for (const construct of stack.node.findAll()) {
    if (construct === stack || construct.node.children.length === 0) continue;
    const ids = found.get(construct.constructor.name) ?? new Set();
    found.set(construct.constructor.name, ids.add(construct.node.children[0]!.node.id));
  }
  return found;
}

const LIBRARY = [
  "KvmHost",
  "XenHost",
  "KvmGuest",
  "XenPvGuest",
  "XenHvmGuest",
  "XenPvhGuest",
  "StoragePool",
].concat(["Volume", "NatNetwork", "RoutedNetwork", "IsolatedNetwork", "BridgedNetwork"]);

it.each(LIBRARY)("%s makes its resource before any other child", (name) => {
  const { slots, needs, make } = TARGETS[name]!;
  for (const slot of [undefined, ...Object.keys(slots)]) {
    const children = firstChildren((stack) => {
      const { instead, beside } = (slot === undefined ? undefined : slots[slot]) ?? {};
      const given = [
        ...needs.filter((need) => !instead?.includes(need)),
        ...(slot === undefined ? [] : [slot]),
      ];
      const props = given.map((each) => [each, inStack(stack, slots[each]!.literal)]);
      make(stack, { ...Object.fromEntries(props), ...beside });
    });
    expect([...(children.get(name) ?? [])]).toEqual(["Resource"]);
    for (const [type, ids] of children) expect([type, ...ids]).toEqual([type, "Resource"]);
  }
});

it("holds for a guest with everything that a guest makes", () => {
  const children = firstChildren((stack) => {
    const host = kvm(stack);
    const memory = Memory.gibibytes(1);
    const image = Image.fromUrl("https://example.net/a.qcow2");
    const late = Image.fromUrl("${var.url}");
    new KvmGuest(stack, "web", {
      host,
      memory,
      image,
      disks: [
        Disk.empty(memory),
        Disk.image(late),
        Disk.cdrom(Image.fromFile("/srv/a.iso")),
        Disk.file("/a"),
      ],
      nics: [Nic.network(host.defaultNetwork, { ip: "10.87.0.9" }), Nic.bridge("br0")],
      cloudInit: new CloudInit(),
    });
    // And where a construct of the user's own holds them.
    const own = new Construct(stack, "own");
    new Volume(own, "data", { host, size: memory });
  });
  children.delete("Construct");
  for (const [type, ids] of children) expect([type, ...ids]).toEqual([type, "Resource"]);
  expect([...children.keys()].sort()).toEqual(["KvmGuest", "KvmHost", "NatNetwork", "StoragePool", "Volume"]);
});
