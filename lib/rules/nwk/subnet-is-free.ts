import type { PlanHost } from "../../plan/host";
import { isLate, known } from "../../plan/late";
import type { PlanNetwork } from "../../plan/plan";
import {
  defineRule,
  fail,
  hosts,
  needsFacts,
  notApplicable,
  type Outcome,
  pass,
  undetermined,
} from "../../rule";
import {
  freeSubnetAfter,
  meetingPairs,
  relation,
  type Subnet,
  subnetOfCidr,
  subnetsOf,
  subnetText,
  type TakenSubnet,
} from "./subnets";
import { type UsedSubnet, usedBy } from "./used-subnets";

/** The host routes a subnet to one place. */
export const subnetIsFree = defineRule({
  code: "VIRT-NWK-007",
  slug: "subnet-is-free",
  severity: "error",
  stage: "apply",
  title: "The subnet of a network must be free on its host",
  why: "libvirt gives the host an address in the subnet and with it a route. It refuses to start an IPv4 network whose subnet has a route already. A subnet that overlaps another, or an IPv6 subnet that exists twice, is accepted, and packets for the shared addresses go to one of the two alone.",
  fix: "Choose a subnet that neither the host nor another network of it uses.",
  sources: [
    "libvirt bridge_driver_linux.c networkCheckRouteCollision: IPv4 routes of the same address and mask",
    "tried: libvirt 9.0.0 refuses to start a second network 10.77.1.0/24 and one on the subnet of eth0 (Network is already in use by interface …); it starts 10.77.0.0/16 and 10.77.1.128/25 beside it, and two networks fd00:77::/64",
    "provider 0.9.7 network_resource.go starts every network that it defines",
  ],
  needs: ["plan", "host facts"],
  on: hosts,
  *check(host, plan) {
    const networks = plan.networksOn(host).filter(isMadeByLibvirt);
    const modes = plan.networksOn(host).map(({ config }) => config.forward?.mode);
    if (networks.length === 0 && !modes.some(isLate)) return yield notApplicable;
    const all = networks.map(subnetsOf);
    const subnets = all.flatMap((each) => each.subnets);
    const used = usedBy(host.facts);
    const taken = [...subnets, ...used];
    for (const [first, second] of meetingPairs(subnets)) yield clash(host, second, first, taken);
    for (const subnet of subnets) yield againstHost(host, subnet, used, taken);
    if (all.some(({ late }) => late) || modes.some(isLate)) {
      yield undetermined("the subnet of a network is known only at apply");
    }
    const { routes, interfaces } = host.facts?.data ?? {};
    if (subnets.length > 0 && routes === undefined && interfaces === undefined) yield needsFacts(host);
  },
  examples: {
    bad: (plan) =>
      plan
        .kvmHost("kvm1", { facts: { routes: ["192.168.122.0/24"] } })
        .network("lan", { ips: [{ address: "192.168.122.1", prefix: 24 }] }),
    good: (plan) =>
      plan
        .kvmHost("kvm1", { facts: { routes: ["192.168.122.0/24"] } })
        .network("lan", { ips: [{ address: "10.20.0.1", prefix: 24 }] }),
  },
});

/** Networks with a bridge and addresses of their own; the others use what the host has. */
function isMadeByLibvirt({ config }: PlanNetwork): boolean {
  return ["nat", "route", "open", undefined].includes(config.forward?.mode);
}

function clash(host: PlanHost, subnet: TakenSubnet, other: TakenSubnet, taken: readonly Subnet[]): Outcome {
  const instances = subnet.network === other.network;
  return conflict(subnet, relation(subnet, other), {
    places: instances ? [subnet.network] : [subnet.network, other.network],
    key: `${subnet.at} ${subnetText(other)}`,
    others: instances
      ? `another instance of it on "${host.label}"`
      : `network "${other.network.label}" (${subnetText(other)}) on "${host.label}"`,
    fix: instances
      ? `give each instance a subnet of its own, such as 10.20.\${count.index}.1`
      : freeText(subnet, taken),
  });
}

function againstHost(
  host: PlanHost,
  subnet: TakenSubnet,
  used: readonly UsedSubnet[],
  taken: readonly Subnet[],
): Outcome {
  const name = known(subnet.network.config.name);
  const own = host.facts?.network(name ?? "");
  const bridge = known(subnet.network.config.bridge?.name) ?? own?.bridge;
  const mine = (own?.cidrs ?? []).map(subnetOfCidr).filter((each) => each !== undefined);
  const met = used.filter(
    (each) =>
      relation(subnet, each) !== "apart" &&
      (each.device === undefined || each.device !== bridge) &&
      // A network that exists already is in its own way only for as long as it is not replaced.
      !mine.some((own) => relation(own, each) === "equal"),
  );
  const equal = met.find((each) => relation(subnet, each) === "equal");
  const [first] = equal ? [equal] : met;
  if (first === undefined) return pass;
  if (name === undefined || (own?.active && own.cidrs === undefined)) {
    return undetermined(`which subnets of "${host.label}" are those of the network itself is not known`);
  }
  return conflict(subnet, relation(subnet, first), {
    places: [subnet.network],
    key: `${subnet.at} host`,
    others: `${first.by} on "${host.label}"`,
    fix: freeText(subnet, taken),
  });
}

function conflict(
  subnet: TakenSubnet,
  how: "equal" | "overlapping" | "apart",
  { others, ...rest }: { places: readonly PlanNetwork[]; key: string; others: string; fix: string },
): Outcome {
  const refused = how === "equal" && subnet.address.kind() === "ipv4";
  return fail({
    ...rest,
    severity: refused ? "error" : "warning",
    at: subnet.at,
    message: `Subnet ${subnetText(subnet)} of network "${subnet.network.label}" ${how === "equal" ? "is also that of" : "overlaps"} ${others}${
      refused
        ? ": libvirt refuses to start it."
        : ": the addresses that they share are reached in one of them alone."
    }`,
  });
}

function freeText(subnet: Subnet, taken: readonly Subnet[]): string {
  const free = freeSubnetAfter(subnet, taken);
  return free === undefined ? "choose another subnet" : `choose another subnet, such as ${free}`;
}
