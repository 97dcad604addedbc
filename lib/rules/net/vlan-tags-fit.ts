import { defineRule, type Failure } from "../../rule";
import { type Literal, outcomesOf } from "../faults";
import { type Port, portsHaving, portsOf } from "./ports";

/** The highest number that fits into the twelve bits of a tag. */
const HIGHEST = 4095;

/** Several tags make a trunk, in which one of them may be native. */
export const vlanTagsFit = defineRule({
  code: "VIRT-NET-100",
  slug: "vlan-tags-fit",
  severity: "error",
  stage: "define",
  title: "VLAN tags must be numbers of 12 bits, several of them a trunk, one native at most",
  why: "A port with several tags is a trunk, and so is one with a native tag: trunk says nothing else. Frames without a tag belong to one VLAN, so that one tag can be native. A tag has 12 bits.",
  fix: "Number tags up to 4095, leave trunk out, and give nativeMode to one tag.",
  sources: [
    "libvirt netdev_vlan_conf.c virNetDevVlanParse",
    'tried: libvirt 9.0.0 refuses tag 4096 (too large, maximum 4095), a vlan without tags (missing tag id), two with nativeMode (duplicate native vlan setting), and trunk no with two tags ("yes" is required) and with a native one (is not allowed with a native vlan id)',
  ],
  needs: ["plan"],
  on: portsHaving("vlan"),
  *check(resource) {
    for (const port of portsOf(resource)) {
      yield* outcomesOf(port.vlan, "VLAN tags are", (vlan) => faultsOf(vlan, port));
    }
  },
  examples: {
    bad: (plan) => plan.network("lan", trunk({ tags: [{ id: 20 }, { id: 30 }], trunk: "no" })),
    good: (plan) => plan.network("lan", trunk({ tags: [{ id: 20 }, { id: 30 }], trunk: "yes" })),
  },
});

/** A network on Open vSwitch. */
function trunk(vlan: Record<string, unknown>): Record<string, unknown> {
  return {
    forward: { mode: "bridge" },
    bridge: { name: "ovsbr0" },
    ips: null,
    virtual_port: { params: { open_v_switch: {} } },
    vlan,
  };
}

function* faultsOf(
  { tags = [], trunk: isTrunk }: Literal<NonNullable<Port["vlan"]>>,
  { at, label }: Port,
): Iterable<Failure> {
  if (tags.length === 0) {
    yield {
      at: `${at}vlan.tags`,
      message: `${label} has a VLAN without a tag.`,
      fix: "give its tag, or remove vlan",
    };
    return;
  }
  for (const [index, { id }] of tags.entries()) {
    if (id >= 0 && id <= HIGHEST) continue;
    yield {
      at: `${at}vlan.tags[${index}].id`,
      message: `${label} has VLAN tag ${id}, which is not from 0 to ${HIGHEST}.`,
      fix: "use the number of the VLAN, usually from 1 to 4094",
    };
  }
  const native = tags.filter(({ nativeMode }) => nativeMode);
  if (native.length > 1) {
    yield {
      at: `${at}vlan.tags`,
      message: `${label} has the native VLAN tags ${native.map(({ id }) => id).join(" and ")}; frames without a tag belong to one VLAN.`,
      fix: "keep nativeMode on one tag",
    };
  }
  if (isTrunk && isTrunk.toLowerCase() === "no" && (tags.length > 1 || native.length > 0)) {
    const what = tags.length > 1 ? `${tags.length} VLAN tags` : `the native VLAN tag ${native[0]!.id}`;
    yield {
      at: `${at}vlan.trunk`,
      message: `${label} has ${what} and trunk "no": a port with several tags or a native one is a trunk.`,
      fix: "remove trunk, or keep one tag without nativeMode",
    };
  }
}
