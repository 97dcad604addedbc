import { z } from "zod";
import type { PropIssue } from "../plan/intent";
import { check, choice, instance, literal, positiveNumber, text } from "../props";
import type { DomainCpu } from "../provider/domain";

/** How the vCPUs of a guest are arranged. */
export interface CpuTopology {
  /** Sockets, 1 or more. @default 1 */
  readonly sockets?: number;
  /** Dies of each socket. @default 1 */
  readonly dies?: number;
  /** Cores of each die. @default 1 */
  readonly cores?: number;
  /** Threads of each core. @default 1 */
  readonly threads?: number;
}

/** What a guest has to do with a CPU feature. */
export type CpuFeaturePolicy = "require" | "disable" | "force" | "optional" | "forbid";

/** What a guest asks of its CPU beyond the model. */
export interface CpuModelOptions {
  /** Features that the guest must have or must not have, by name. @default - those of the model */
  readonly features?: Readonly<Record<string, CpuFeaturePolicy>>;
}

const schema = z.strictObject({
  name: text,
  features: literal(
    z.record(z.string(), choice("require", "disable", "force", "optional", "forbid")),
    "each feature is an element of its own",
  ).optional(),
});
export const topology = z.strictObject({
  sockets: positiveNumber.optional(),
  dies: positiveNumber.optional(),
  cores: positiveNumber.optional(),
  threads: positiveNumber.optional(),
});

const BRAND = Symbol.for("virt-constructs/Cpu");

/** The CPU that a guest sees. */
export class Cpu {
  /** The nearest named model of the host, with its features: fast, and can migrate between like hosts. */
  static hostModel(): Cpu {
    return new Cpu({ mode: "host-model" });
  }

  /** The host's own CPU: fastest, migrates to identical hosts only, needs KVM. */
  static hostPassthrough(): Cpu {
    return new Cpu({ mode: "host-passthrough" });
  }

  /** Everything that the accelerator can offer; the choice for TCG. */
  static maximum(): Cpu {
    return new Cpu({ mode: "maximum" });
  }

  /** A named model, such as Skylake-Server or EPYC, or a token of one. */
  static model(name: string, options: CpuModelOptions = {}): Cpu {
    const { usable, issues } = check(schema, { ...options, name });
    const features = Object.entries(usable.features ?? {}).map(([feature, policy]) => ({
      name: feature,
      policy,
    }));
    const config = {
      mode: "custom",
      match: "exact",
      model: usable.name,
      modelFallback: "forbid",
      ...(features.length > 0 && { features }),
    };
    return new Cpu(config, issues);
  }

  /** Whether a value is a Cpu, of this or another copy of the package. */
  static isCpu(value: unknown): value is Cpu {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  private constructor(
    /** The provider's CPU, but for the topology. */
    readonly config: DomainCpu,
    /** @internal What is wrong with the arguments. */
    readonly issues: readonly PropIssue[] = [],
  ) {
    Object.defineProperty(this, BRAND, { value: true });
  }
}

export const cpu = instance(Cpu.isCpu, "a Cpu, such as Cpu.hostModel()");

/** The provider's CPU of a model and a topology; undefined when there is neither. */
export function cpuConfig(cpu: Cpu | undefined, topology: CpuTopology | undefined): DomainCpu | undefined {
  if (!cpu && !topology) return undefined;
  const { sockets = 1, dies = 1, cores = 1, threads = 1 } = topology ?? {};
  return { ...cpu?.config, ...(topology ? { topology: { sockets, dies, cores, threads } } : {}) };
}
