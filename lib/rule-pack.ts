/** What a package needs that brings rules of its own. */
export type { Acknowledgement, PlanAcknowledgement } from "./plan/acknowledgement";
export type { PlanExample } from "./plan/example";
export type { PlanGuest } from "./plan/guest";
export type { PlanHost } from "./plan/host";
export { isLate, known, type Late, type Planned } from "./plan/late";
export { groupBy, type Plan, type PlanNetwork } from "./plan/plan";
export type { Place, PlanResource } from "./plan/resource";
export type { PlanPool, PlanVolume } from "./plan/storage";
export * from "./rule";
