import { examplePlan, type PlanExample } from "../../lib/plan/example";
import type { ReportInput } from "../../lib/report/report";
import { rules } from "../../lib/rules/registry.generated";
import { validate } from "../../lib/validation/validate";
import { ROOT } from "./sample";

/** A report on a plan, judged by all rules. */
export function judged(example: (plan: PlanExample) => void): ReportInput {
  const plan = examplePlan(example);
  return { plan, verdict: validate(plan, rules), rules, root: ROOT, toolVersion: "1.2.3" };
}

/** Hosts of both kinds, with errors, warnings, what somebody accepted and what nobody can decide. */
export function rack(plan: PlanExample): void {
  plan
    .kvmHost("kvm1")
    .network("lan", {}, "kvm1")
    .pool("fast", {}, "kvm1")
    .volume("base", { pool: "fast" }, "kvm1")
    .volume("root", { pool: "fast", backing_store: { path: "${libvirt_volume.base.path}" } }, "kvm1")
    .kvm({ name: "web", vcpu: 4, cpu: { topology: { sockets: 1, cores: 3, threads: 1 } } })
    .kvm({ name: "db", memory: 48 })
    .kvm({ name: "db", memory: 48 })
    .kvm({ name: "small", memory: 1, current_memory: 2, current_memory_unit: "GiB" })
    .kvmHost("kvm2", { facts: null })
    .kvm({ name: "elsewhere", host: "kvm2" })
    .xenHost("xen1")
    .xenPv({ name: "legacy", memory: 32 })
    .xenPv({ name: "older", memory: 40 })
    .xenHvm({ name: "erp", memory: "${var.memory}" })
    .acknowledge({ code: "VIRT-CAP-003", reason: "the database uses huge pages <soon>" }, "db");
}
