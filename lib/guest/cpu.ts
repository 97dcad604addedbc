import type { DomainCpu } from "../provider/domain";

export interface CpuTopology {
  /** @default 1 */
  readonly sockets?: number;
  /** Dies of each socket. @default 1 */
  readonly dies?: number;
  /** Cores of each die. @default 1 */
  readonly cores?: number;
  /** Threads of each core. @default 1 */
  readonly threads?: number;
}

export interface CpuModelOptions {
  /** Features that the guest must have or must not have, beyond the model's. */
  readonly features?: Readonly<Record<string, "require" | "disable" | "force" | "optional" | "forbid">>;
}

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

  /** A named model, such as Skylake-Server or EPYC. */
  static model(name: string, options: CpuModelOptions = {}): Cpu {
    const features = Object.entries(options.features ?? {}).map(([feature, policy]) => ({
      name: feature,
      policy,
    }));
    return new Cpu({
      mode: "custom",
      match: "exact",
      model: name,
      modelFallback: "forbid",
      ...(features.length ? { features } : {}),
    });
  }

  static isCpu(value: unknown): value is Cpu {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  private constructor(readonly config: DomainCpu) {
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/** The provider's CPU of a model and a topology; undefined when there is neither. */
export function cpuConfig(cpu: Cpu | undefined, topology: CpuTopology | undefined): DomainCpu | undefined {
  if (!cpu && !topology) return undefined;
  const { sockets = 1, dies = 1, cores = 1, threads = 1 } = topology ?? {};
  return { ...cpu?.config, ...(topology ? { topology: { sockets, dies, cores, threads } } : {}) };
}
