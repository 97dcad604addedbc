import { isLate, type Planned } from "../../plan/late";
import type { PlanPool } from "../../plan/storage";
import type { PoolConfig } from "../../provider/pool";
import { defineRule, fail, pass, type Subjects, undetermined } from "../../rule";

const pools: Subjects<PlanPool> = { name: "pools", of: (plan) => plan.pools };

type Part = "target.path" | "source.host" | "source.device" | "source.dir" | "source.name" | "source.adapter";

/** What a pool of a type cannot be without; a type that is not listed needs nothing. */
const NEEDED: Readonly<Record<string, readonly Part[]>> = {
  dir: ["target.path"],
  fs: ["source.device", "target.path"],
  netfs: ["source.host", "source.dir", "target.path"],
  disk: ["source.device", "target.path"],
  iscsi: ["source.host", "target.path"],
  "iscsi-direct": ["source.host"],
  scsi: ["source.adapter", "target.path"],
  mpath: ["target.path"],
  rbd: ["source.host", "source.name"],
  gluster: ["source.host"],
  sheepdog: ["source.host"],
  vstorage: ["target.path"],
};

const PATH_LIKE = new Set(["dir", "fs", "netfs"]);

const TYPES = [...Object.keys(NEEDED), "logical", "zfs"];

/** What a pool is made of follows from its type. */
export const poolIsComplete = defineRule({
  code: "VIRT-STO-001",
  slug: "pool-is-complete",
  severity: "error",
  stage: "apply",
  title: "A pool must state what its type needs",
  why: "A folder needs its path, a network file system the host and the folder that it exports, a SCSI pool its adapter, and so on. libvirt refuses a pool without, and does not build or start one at a relative path.",
  fix: "Add what is missing, or choose the type that was meant.",
  sources: [
    "libvirt storage_conf.c virStoragePoolDefParseXML, storage_util.c virStorageBackendBuildLocal",
    "tried with every type: libvirt 9.0.0 refuses what is listed here (missing storage pool target path, source host name, source path, source device name, source adapter; name is mandatory for RBD pool; missing initiator IQN), also a target path on mpath, and an adapter without its name or its two WWNs; logical needs neither name nor path at define",
    "tried: libvirt 9.0.0 defines a folder pool at a relative path, and neither builds nor starts it (path is not absolute)",
  ],
  needs: ["guest"],
  on: pools,
  *check(pool) {
    // A construct leaves out what it cannot use, and says so itself.
    if (pool.raw.propIssues?.length) return;
    const { type, source, target } = pool.config;
    if (isLate(type)) return yield undetermined("the type of a pool is known only at apply");
    if (!TYPES.includes(type)) {
      return yield fail({
        at: "type",
        message: `Pool "${pool.label}" is of type ${type}, which libvirt does not know.`,
        fix: `use one of ${TYPES.join(", ")}`,
      });
    }
    const missing = (NEEDED[type] ?? []).filter((part) => !isGiven(pool.config, part));
    for (const part of missing) {
      yield fail({
        at: part,
        message: `Pool "${pool.label}" of type ${type} has no ${part}.`,
        fix: `set ${part}${part === "target.path" ? " to an absolute path" : ""}`,
      });
    }
    if (type === "iscsi-direct" && source?.initiator?.iqn?.name === undefined && !isLate(source)) {
      yield fail({
        at: "source.initiator.iqn.name",
        message: `Pool "${pool.label}" of type iscsi-direct has no initiator IQN.`,
        fix: "set source.initiator.iqn.name",
      });
    }
    const path = target?.path;
    if (PATH_LIKE.has(type) && path !== undefined && path !== "") {
      if (isLate(path)) yield undetermined("the path of a pool is known only at apply");
      else if (path.startsWith("/")) yield pass;
      else {
        yield fail({
          at: "target.path",
          message: `Pool "${pool.label}" is at the relative path "${path}"; libvirt would look for it from wherever its daemon runs.`,
          fix: `set target.path to an absolute path, such as /var/lib/libvirt/${path.replace(/^(?:\.?\/)+/, "")}`,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.pool("nfs", { type: "netfs", source: { host: [{ name: "nas.example.net" }] } }),
    good: (plan) =>
      plan.pool("nfs", {
        type: "netfs",
        source: { host: [{ name: "nas.example.net" }], dir: { path: "/export/vms" } },
      }),
  },
});

function isGiven({ source, target }: Planned<PoolConfig>, part: Part): boolean {
  if (part === "target.path") return Boolean(target?.path);
  const value = source?.[part.slice("source.".length) as "host" | "device" | "dir" | "name" | "adapter"];
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
}
