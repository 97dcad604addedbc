import type { PlanVolume } from "../../plan/storage";
import type { Subjects } from "../../rule";

export const volumes: Subjects<PlanVolume> = { name: "volumes", of: (plan) => plan.volumes };
