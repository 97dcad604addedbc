import { isLate, known } from "../../plan/late";
import { defineRule, fail, needsFacts, networks, notApplicable, pass, undetermined } from "../../rule";

/** What the kernel takes for the name of an interface. */
const LONGEST_NAME = 15;

/** A network stands on a bridge: one that libvirt makes, or one of the host in mode bridge. */
export const networkBridge = defineRule({
  code: "VIRT-NWK-012",
  slug: "network-bridge",
  severity: "warning",
  stage: "start",
  title: "The bridge of a network must have a possible name, and exist on the host in mode bridge",
  why: "In mode bridge a network is a name for a bridge of the host: libvirt starts it without looking, and no guest on it starts where the bridge is missing. In the other modes libvirt makes the bridge, under a name of up to 15 characters without a slash or a space.",
  fix: "Make the bridge on the host, or correct its name.",
  sources: [
    "tried: libvirt 9.0.0 starts a network in mode bridge whose bridge is missing, and of 16 characters; in mode nat it defines names of 16 characters, with a slash and with a space, and refuses to start them (error creating bridge interface); 15 characters start",
    "tried: libvirt 9.0.0 refuses to start a guest on a missing bridge: Cannot get interface MTU",
    "Linux: IFNAMSIZ is 16 with the closing zero",
  ],
  needs: ["network", "host facts"],
  on: networks,
  *check(network) {
    const { bridge, forward } = network.config;
    const name = bridge?.name;
    const mode = forward?.mode;
    if (name === undefined || name === "") return yield notApplicable;
    if (isLate(name)) return yield undetermined("the bridge of a network is known only at apply");
    const fault = faultOf(name);
    if (fault !== undefined) {
      yield fail({
        severity: mode === "bridge" ? "warning" : "error",
        at: "bridge.name",
        message: `Network "${network.label}" has the bridge "${name}", ${fault}.`,
        fix: `use up to ${LONGEST_NAME} characters without spaces and slashes`,
      });
    } else if (isLate(mode)) {
      yield undetermined("the mode of a network is known only at apply");
    } else if (mode !== "bridge") {
      yield pass;
    } else {
      const there = network.host.facts?.data.interfaces?.map((each) => each.name);
      const libvirts = network.host.facts?.data.networks?.some((each) => known(each.bridge) === name);
      if (libvirts || there?.includes(name)) yield pass;
      else if (there === undefined) yield needsFacts(network.host);
      else {
        yield fail({
          at: "bridge.name",
          message: `Network "${network.label}" stands on bridge ${name}, which "${network.host.label}" does not have (there: ${there.join(", ")}).`,
          fix: `make ${name} on ${network.host.label} and capture its facts again, or name a bridge that is there`,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvmHost("kvm1", { facts: HAS_BR0 }).network("lan", onBridge("br9")),
    good: (plan) => plan.kvmHost("kvm1", { facts: HAS_BR0 }).network("lan", onBridge("br0")),
  },
});

const HAS_BR0 = { interfaces: [{ name: "eth0" }, { name: "br0" }] };

function onBridge(name: string): Record<string, unknown> {
  return { forward: { mode: "bridge" }, bridge: { name }, ips: null };
}

function faultOf(name: string): string | undefined {
  if (name.length > LONGEST_NAME) return `a name of ${name.length} characters; Linux takes ${LONGEST_NAME}`;
  return /[/\s]/.test(name) ? "a name with a space or slash, which Linux does not take" : undefined;
}
