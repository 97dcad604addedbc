import { execFileSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { writeXml, type XmlKind } from "../../lib/domain-xml";
import { examplePlan } from "../../lib/plan/example";
import { PlanGuest } from "../../lib/plan/guest";
import { PlanNetwork } from "../../lib/plan/plan";
import type { PlanResource } from "../../lib/plan/resource";
import { PlanPool } from "../../lib/plan/storage";
import type { Example } from "../../lib/rule";
import type { Question } from "./virsh";

/** `validate` adds libvirt's schemas, which the provider does not ask for; `dump` defines, and prints what libvirt keeps. */
export type Act = "validate" | "define" | "dump" | "start";

/** Why an example is not put before this libvirt. */
export interface NotJudged {
  readonly notJudged: string;
}

type Json = Record<string, unknown>;

const VERBS: readonly (readonly [typeof PlanResource, XmlKind, string])[] = [
  [PlanNetwork as typeof PlanResource, "network", "net-"],
  [PlanPool as typeof PlanResource, "pool", "pool-"],
  [PlanGuest as typeof PlanResource, "domain", ""],
];

/** A folder that is gone after the tests of the `describe`, and that QEMU can read as a user of its own. */
export function oracleFolder(): () => string {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "oracle-"));
    chmodSync(folder, 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  return () => folder;
}

/** Turns examples into questions, with names that nobody else has and files in a folder of its own. */
export class Questions {
  private names = 0;

  constructor(private readonly folder: string) {}

  of(example: Example, act: Act): Question | NotJudged {
    const { guests, resources, volumes } = examplePlan(example);
    if (guests.some(({ isQemu }) => !isQemu)) return { notJudged: "guests of Xen" };
    if (guests.some(({ raw }) => raw.propIssues?.length))
      return { notJudged: "values that no resource holds" };
    if (act !== "start" && volumes.length > 0 && guests.length === 0) return { notJudged: "volumes" };
    if (act === "start" && guests.length === 0) return { notJudged: "nothing that starts" };
    if (resources.some(({ repeated }) => repeated)) return { notJudged: "repeated resources" };
    const names = new Map<string, string>();
    const commands: string[] = [];
    const undo: string[] = [];
    for (const [type, kind, verb] of VERBS) {
      if (act === "start" && kind !== "domain") continue;
      for (const resource of resources) {
        if (!(resource instanceof type)) continue;
        const name = this.name(resource, names);
        const config = { ...(resource.config as Json), name };
        const xml = writeXml(kind, kind === "domain" ? this.emulated(config, act) : config);
        if (xml.includes("${")) return { notJudged: "values known only at apply" };
        if (act === "start" && /<hostdev|"\/dev\//.test(xml)) return { notJudged: "devices of the host" };
        const file = this.file(`${++this.names}.xml`, xml);
        commands.push(`${verb}define ${act === "validate" ? "--validate " : ""}${file}`);
        if (act === "dump") commands.push(`${verb}dumpxml --inactive '${name}'`);
        if (act === "start") {
          commands.push(`start --paused '${name}'`);
          undo.push(`destroy '${name}'`);
        }
        undo.push(`${verb}undefine '${name}'${kind === "domain" ? " --nvram" : ""}`);
      }
    }
    return commands.length === 0 ? { notJudged: "nothing to define" } : { commands, undo };
  }

  /** Makes a volume in a pool that is there. */
  volume(config: Json, pool: string): Question {
    const given = String(config.name ?? "");
    const name =
      given === "" ? "" : `vc-oracle-${process.pid}-${++this.names}${/^[\w.-]+$/.test(given) ? "" : given}`;
    const file = this.file(`${++this.names}.xml`, writeXml("volume", { ...config, name }));
    return { commands: [`vol-create ${pool} ${file}`], undo: name ? [`vol-delete '${name}' ${pool}`] : [] };
  }

  /** Defines a document that libvirt has printed, and prints it again. */
  again(kind: XmlKind, name: string, xml: string): Question {
    const [, , verb] = VERBS.find(([, each]) => each === kind)!;
    const file = this.file(`${++this.names}.xml`, xml);
    return {
      commands: [`${verb}define ${file}`, `${verb}dumpxml --inactive '${name}'`],
      undo: [`${verb}undefine '${name}'${kind === "domain" ? " --nvram" : ""}`],
    };
  }

  /** A name per host and name of the example; what is odd about the example's stays. */
  private name({ config, host }: PlanResource<unknown>, names: Map<string, string>): string {
    const name = String((config as Json).name ?? "");
    const key = `${host.label} ${name}`;
    const odd = /^[\w.-]{1,60}$/.test(name) ? "" : name;
    const given = names.get(key) ?? `vc-oracle-${process.pid}-${++this.names}${odd}`;
    names.set(key, given);
    return given;
  }

  /** The guest under TCG, since a machine that tests may have no KVM. */
  private emulated(config: Json, act: Act): Json {
    const emulated = config.type === "kvm" ? { ...config, type: "qemu" } : config;
    return act === "start" ? (this.startable(emulated) as Json) : emulated;
  }

  /** Its files within the folder, and user networking for the ordinary NIC, which needs no network of the host. */
  private startable(value: unknown, key = ""): unknown {
    if (typeof value === "string") {
      if (!/^\/(?!dev\/|usr\/)/.test(value)) return value;
      const path = join(this.folder, "files", value);
      mkdirSync(key === "dir" ? path : dirname(path), { recursive: true });
      return path;
    }
    if (Array.isArray(value)) return value.map((item) => this.startable(item, key));
    if (typeof value !== "object" || value === null) return value;
    const object = value as Json;
    if (key === "source" && JSON.stringify(object) === '{"network":{"network":"default"}}')
      return { user: {} };
    const made = Object.fromEntries(
      Object.entries(object).map(([name, item]) => [name, this.startable(item, name)]),
    );
    if (key === "disks") this.image(made);
    return made;
  }

  private image(disk: Json): void {
    const path = (disk.source as { file?: { file?: string } } | undefined)?.file?.file;
    if (!path?.startsWith(this.folder)) return;
    const type = (disk.driver as { type?: string } | undefined)?.type ?? "raw";
    if (type === "raw") {
      const file = openSync(path, "w");
      ftruncateSync(file, 2 ** 20);
      closeSync(file);
    } else execFileSync("qemu-img", ["create", "-q", "-f", type, path, "1M"], { stdio: "ignore" });
  }

  private file(name: string, content: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }
}
