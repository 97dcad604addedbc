import { defineRule, type Failure } from "../../rule";
import { type Literal, outcomesOf } from "../faults";
import { type SourceKind, sourceKind } from "./interface-source";
import { type Port, portsHaving, portsOf } from "./ports";

type Params = NonNullable<NonNullable<Port["virtualPort"]>["params"]>;

/** The switches, by the provider's name, and what each must be told before libvirt connects a guest to it. */
const SWITCHES = {
  openVSwitch: [],
  midoNet: ["interfaceId"],
  vepa8021Qbg: ["managerId", "typeId", "typeIdVersion"],
  vnTag8011Qbh: ["profileId"],
  any: [],
} as const satisfies Record<keyof Params, readonly string[]>;

/** What connects a guest without a network in between, which could complete a virtual port. */
const DIRECT: readonly (SourceKind | undefined)[] = ["bridge", "direct", "hostdev"];

/** A virtual port tells the switch of the host whose port it is. */
export const virtualPortComplete = defineRule({
  code: "VIRT-NET-102",
  slug: "virtual-port-complete",
  severity: "error",
  stage: "define",
  title: "A virtual port must be one of a switch, on a source that has one, with what the switch asks for",
  why: "A virtual port is what Open vSwitch, MidoNet or a switch after IEEE 802.1Qbg and Qbh knows a guest by. Interfaces on a network, a bridge, a device and a virtual function have one, others do not; on a Linux bridge, whose ports can be isolated, there is none.",
  fix: "Set the parameters of one switch, or remove virtualPort.",
  sources: [
    "libvirt netdev_vport_profile_conf.c virNetDevVPortProfileParse, virnetdevvportprofile.c virNetDevVPortProfileCheckComplete, domain_conf.c virDomainNetDefParseXML, domain_validate.c virDomainNetDefValidatePortOptions",
    "tried: libvirt 9.0.0 refuses parameters of any switch on a bridge and of a network (missing required virtualport type), midoNet without interfaceId on a bridge, a virtual port on user networking (element unsupported for <interface type='user'>), and port isolation beside one",
  ],
  needs: ["plan"],
  on: portsHaving("virtualPort"),
  *check(resource) {
    for (const port of portsOf(resource)) {
      const { nic, virtualPort } = port;
      const given = virtualPort && {
        params: virtualPort.params ?? {},
        kind: nic && sourceKind(nic),
        isolated: nic?.portOptions?.isolated,
      };
      yield* outcomesOf(given, "a virtual port or what it is for is", (known) => faultsOf(known, port));
    }
  },
  examples: {
    bad: (plan) => plan.network("lan", onSwitch({ any: { profile_id: "web" } })),
    good: (plan) => plan.network("lan", onSwitch({ open_v_switch: {} })),
  },
});

function onSwitch(params: Record<string, unknown>): Record<string, unknown> {
  return {
    forward: { mode: "bridge" },
    bridge: { name: "ovsbr0" },
    ips: null,
    virtual_port: { params },
  };
}

interface Given {
  readonly params: Literal<Params>;
  readonly kind: SourceKind | undefined;
  readonly isolated: string | undefined;
}

function* faultsOf({ params, kind, isolated }: Given, { at, label, nic }: Port): Iterable<Failure> {
  const type =
    (Object.keys(SWITCHES) as (keyof Params)[]).find((each) => params[each] !== undefined) ?? "any";
  const where = `${at}virtualPort.params`;
  if (nic !== undefined && kind !== "network" && !DIRECT.includes(kind)) {
    yield {
      at: `${at}virtualPort`,
      message: `${label} has a virtual port on ${kind === undefined ? "no source" : `a source of kind ${kind}`}, which has none (network, bridge, direct and hostdev do).`,
      fix: "remove virtualPort, or connect the interface otherwise",
    };
    return;
  }
  const isNetwork = at === "";
  if (type === "any" && (isNetwork || DIRECT.includes(kind))) {
    yield {
      at: where,
      message: `${label} has a virtual port that does not say of which switch it is.`,
      fix: `set params.${Object.keys(SWITCHES).slice(0, -1).join(", or params.")}`,
    };
    return;
  }
  if (isolated === "yes" && type !== "any") {
    yield {
      at: `${at}portOptions.isolated`,
      message: `${label} is to be an isolated port, of a Linux bridge, and a virtual port of kind ${type}.`,
      fix: "remove one of them",
    };
  }
  if (!DIRECT.includes(kind)) return;
  const given = (params[type] ?? {}) as Readonly<Record<string, string | number | undefined>>;
  for (const name of SWITCHES[type]) {
    if ((given[name] ?? "") !== "") continue;
    yield {
      at: `${where}.${type}.${name}`,
      message: `${label} has a virtual port of kind ${type} without ${name}.`,
      fix: `set ${name}`,
    };
  }
}
