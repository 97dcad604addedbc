import type { XmlKind } from "../domain-xml";
import { type Code, call, member, object, path } from "./code";
import type { Places } from "./constructs/proposal";
import type { ImportedHost, ImportedResource } from "./resource";

type Config = Readonly<Record<string, unknown>>;

/** What a resource of the program is. */
export interface Made {
  readonly variable: string;
  readonly isConstruct: boolean;
}

/** What tells a resource of a host from all others. */
export function keyOf(kind: XmlKind, name: string, pool = ""): string {
  return JSON.stringify([kind, pool, name]);
}

/** What is on the host, by what the program has made of it. */
export class ProgramPlaces implements Places {
  private readonly volumes: ReadonlyMap<string, ImportedResource>;

  constructor(
    private readonly host: string,
    readonly arch: string,
    private readonly hypervisor: ImportedHost["hypervisor"],
    private readonly made: ReadonlyMap<string, Made>,
    resources: readonly ImportedResource[],
  ) {
    const volumes = resources.filter(({ kind }) => kind === "volume");
    this.volumes = new Map(
      volumes.map((each) => [keyOf("volume", String(each.config.name), String(each.config.pool)), each]),
    );
  }

  network(name: string): Code {
    return this.place(
      keyOf("network", name),
      (of) => ({ networkName: member(of, "name") }),
      () => call("VirtualNetwork.fromExisting", path(this.host), name),
    );
  }

  pool(name: string): Code {
    return this.place(
      keyOf("pool", name),
      (of) => ({ poolName: member(of, "name") }),
      () => call("StoragePool.fromExisting", path(this.host), name),
    );
  }

  volume(pool: string, name: string, format: string): Code {
    const key = keyOf("volume", name, pool);
    const own = (of: Code) => ({
      poolName: member(of, "pool"),
      volumeName: member(of, "name"),
      volumePath: member(of, "path"),
      format,
    });
    return this.place(key, own, () => {
      // Only Xen asks where it lies.
      const path = this.hypervisor === "xen" ? this.volumes.get(key)?.path : undefined;
      const options = { format: format === "qcow2" ? undefined : format, path };
      const given = options.format === undefined && path === undefined ? undefined : options;
      return call("Volume.fromExisting", this.pool(pool), name, given);
    });
  }

  /** A construct of the program, what stands for a resource of it, or something else of the host. */
  private place(key: string, own: (of: Code) => Config, existing: () => Code): Code {
    const made = this.made.get(key);
    if (made === undefined) return existing();
    const variable = path(made.variable);
    return made.isConstruct ? variable : object({ host: path(this.host), ...own(variable) });
  }
}
