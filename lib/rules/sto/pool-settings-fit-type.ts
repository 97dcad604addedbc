import type { Planned } from "../../plan/late";
import { isLate } from "../../plan/late";
import type { PlanPool } from "../../plan/storage";
import type { PoolConfig } from "../../provider/pool";
import { defineRule, type Failure, type Subjects } from "../../rule";
import { type Literal, outcomesOf } from "../faults";
import { anyOf } from "../hyp/offers";

const pools: Subjects<PlanPool> = { name: "pools", of: (plan) => plan.pools };

/** The formats that the source of a pool can have; a type that is not listed has none, whatever is said. */
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  fs: [
    ...["auto", "ext2", "ext3", "ext4", "ufs", "iso9660", "udf", "gfs", "gfs2"],
    ...["vfat", "hfs+", "xfs", "ocfs2", "vmfs"],
  ],
  netfs: ["auto", "nfs", "glusterfs", "cifs"],
  disk: ["unknown", "dos", "dvh", "gpt", "mac", "bsd", "pc98", "sun", "lvm2"],
  logical: ["unknown", "lvm2"],
};

/** Pools of files on a file system of the host, which can copy on write. */
const ON_FILE_SYSTEM = ["fs", "dir"];

type Pool = Literal<Planned<Pick<PoolConfig, "type" | "source" | "features">>>;

/** What a pool can be told depends on what it is made of. */
export const poolSettingsFitType = defineRule({
  code: "VIRT-STO-100",
  slug: "pool-settings-fit-type",
  severity: "error",
  stage: "define",
  title: "The format, login and features of a pool must be those of its type",
  why: "A format is that of a file system, an export, a partition table or a volume group, and each type has its own. A login is a user name and a secret of libvirt. Copy on write can be switched for pools of files alone, and a version of NFS for NFS.",
  fix: "Choose a format of the pool's type, name user and secret, or remove the setting.",
  sources: [
    "libvirt storage_conf.c virStoragePoolDefParseSource, virStoragePoolDefParseFeatures; storage_source_conf.c virStorageAuthDefParse; virsecret.c virSecretLookupParseSecret",
    "tried: libvirt 9.0.0 refuses format ext4 of a logical pool (unknown pool format type), auth without username, without secret, with a secret without uuid and usage and with both, a port that is no number, cow of other pools than fs and dir (cow feature may only be used for 'fs' and 'dir' pools), and a protocol version of cifs; it overlooks the format of a dir pool",
  ],
  needs: ["plan"],
  on: pools,
  check: (pool) => {
    const { type, source, features } = pool.config;
    const given = {
      type,
      source: isLate(source)
        ? source
        : { auth: source?.auth, format: source?.format, host: source?.host, protocol: source?.protocol },
      features,
    };
    return outcomesOf(given, "a setting of a pool is", (known) => faultsOf(known as Pool, pool.label));
  },
  examples: {
    bad: (plan) => plan.pool("vg", { type: "logical", source: { name: "vg0", format: { type: "ext4" } } }),
    good: (plan) => plan.pool("vg", { type: "logical", source: { name: "vg0", format: { type: "lvm2" } } }),
  },
});

function* faultsOf({ type, source, features }: Pool, label: string): Iterable<Failure> {
  const wrong = (at: string, what: string, fix: string): Failure => ({
    at,
    message: `Pool "${label}" ${what}.`,
    fix,
  });
  const format = source?.format?.type;
  const formats = FORMATS[type];
  if (format && formats !== undefined && !formats.includes(format)) {
    yield wrong("source.format.type", `of type ${type} has the format ${format}`, `use ${anyOf(formats)}`);
  }
  const version = source?.protocol?.version;
  if (version && type === "netfs" && ["glusterfs", "cifs"].includes(format ?? "auto")) {
    yield wrong(
      "source.protocol.version",
      `has NFS version ${version} and the format ${format}`,
      "remove protocol",
    );
  }
  for (const [index, { port }] of (source?.host ?? []).entries()) {
    if (!port || /^\s*[+-]?\d+$/.test(port)) continue;
    yield wrong(`source.host[${index}].port`, `has the port "${port}"`, "write a number, or leave it out");
  }
  const cow = features?.cow?.state;
  if (cow && !ON_FILE_SYSTEM.includes(type)) {
    yield wrong(
      "features.cow",
      `of type ${type} says ${cow} to copy on write, which its volumes do not have`,
      "remove features.cow",
    );
  }
  if (source?.auth !== undefined) yield* loginFaults(source.auth, wrong);
}

function* loginFaults(
  { username, secret }: NonNullable<NonNullable<Pool["source"]>["auth"]>,
  wrong: (at: string, what: string, fix: string) => Failure,
): Iterable<Failure> {
  if (!username) {
    yield wrong("source.auth.username", "logs in without a user name", "set source.auth.username");
  }
  if (secret === undefined) {
    yield wrong("source.auth.secret", "logs in without a secret", "name one by its uuid or usage");
  } else if (!secret.uuid === !secret.usage) {
    const what = secret.uuid ? "by both uuid and usage" : "by neither uuid nor usage";
    yield wrong("source.auth.secret", `names its secret ${what}`, "set one of uuid and usage");
  }
}
