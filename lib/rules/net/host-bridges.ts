import type { PlanHost } from "../../plan/host";
import { known } from "../../plan/late";
import type { Plan } from "../../plan/plan";

/** The bridges that libvirt makes on a host: those of the plan's networks, and those of the host's own. */
export function bridgesOf(plan: Plan, host: PlanHost): ReadonlySet<string> {
  return plan
    .index("bridges of hosts", () => new Map(plan.hosts.map((each) => [each, namesOn(plan, each)])))
    .get(host)!;
}

function namesOn(plan: Plan, host: PlanHost): ReadonlySet<string> {
  const planned = plan
    .networksOn(host)
    .filter(({ config }) => known(config.forward?.mode) !== "bridge")
    .map(({ config }) => known(config.bridge?.name));
  const own = (host.facts?.data.networks ?? []).map(({ bridge }) => bridge);
  return new Set([...planned, ...own].filter((name) => name !== undefined));
}
