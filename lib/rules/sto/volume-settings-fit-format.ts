import { containsLate, type Planned } from "../../plan/late";
import { toKiB } from "../../plan/units";
import type { VolumeTarget } from "../../provider/volume";
import { defineRule, type Failure, fail, notApplicable, type Outcome, pass, undetermined } from "../../rule";
import type { Literal } from "../faults";
import { volumes } from "./volumes";

type Target = Literal<
  Planned<
    Pick<VolumeTarget, "format" | "compat" | "clusterSize" | "clusterSizeUnit" | "features" | "encryption">
  >
>;

/** Pools whose volumes are files. */
const FILE_POOLS = ["dir", "fs", "netfs"];

/** Formats that QEMU reads and does not make. */
const NOT_MADE = ["bochs", "cloop", "cow", "dmg", "fat", "luks", "ploop", "vhd"];
/** The formats of which a size of clusters can be chosen, and from which size to which, in bytes. */
const CLUSTERS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  qcow2: [512, 2 ** 21],
  qed: [4096, 2 ** 26],
};
const ENCRYPTED = ["raw", "iso", "qcow2"];

/** libvirt makes raw images and folders itself, and asks qemu-img for the others. */
export const volumeSettingsFitFormat = defineRule({
  code: "VIRT-STO-101",
  slug: "volume-settings-fit-format",
  severity: "error",
  stage: "define",
  title: "A volume must be of a format that can be made, with settings that the format has",
  why: "compat and features are of qcow2, the size of clusters of qcow2 and qed, encryption of raw and qcow2. QEMU reads more formats than it makes. On raw volumes and folders libvirt overlooks compat, features and clusters.",
  fix: "Use format qcow2, or remove the setting.",
  sources: [
    "libvirt storage_util.c storageBackendVolBuildLocal, virStorageBackendCreateQemuImgCmdFromVol, storageBackendCreateQemuImgCheckEncryption",
    "tried with a folder: libvirt 9.0.0 and QEMU 7.2 refuse formats bochs, cloop, dmg and cow (does not support image creation), luks (unknown volume format type), compat of qed (only available with qcow2), cluster_size of vpc, vdi, vmdk and iso (Invalid parameter 'cluster_size'), clusters of 64 bytes (must be a power of two between 512 and 2048k), encryption of vdi (unsupported with format vdi) and luks without a secret",
  ],
  needs: ["plan"],
  on: volumes,
  check: (volume, plan): Outcome | Iterable<Outcome> => {
    const { target, create, pool: poolName } = volume.config;
    // An upload brings its format along.
    if (target === undefined || create !== undefined) return notApplicable;
    const { format, compat, clusterSize, clusterSizeUnit, features, encryption } = target;
    const given = { format, compat, clusterSize, clusterSizeUnit, features, encryption };
    if (containsLate(given))
      return undetermined("the format of a volume or a setting of it is known only at apply");
    const faults = [...faultsOf(given as Target, volume.label)];
    if (faults.length === 0) return pass;
    const type = plan.poolNamed(volume.host, poolName)?.config.type;
    if (type === undefined || containsLate(type)) {
      return undetermined(`whether the volumes of pool "${poolName}" are files is not known`);
    }
    return FILE_POOLS.includes(type) ? faults.map(fail) : notApplicable;
  },
  examples: {
    bad: (plan) =>
      plan.pool("default").volume("root", { target: { format: { type: "vdi" }, cluster_size: 65536 } }),
    good: (plan) =>
      plan.pool("default").volume("root", { target: { format: { type: "qcow2" }, cluster_size: 65536 } }),
  },
});

function* faultsOf(
  { format, compat, clusterSize, clusterSizeUnit, features = [], encryption }: Target,
  label: string,
): Iterable<Failure> {
  const type = format?.type || "raw";
  const wrong = (at: string, what: string, fix: string): Failure => ({
    at: `target.${at}`,
    message: `Volume "${label}" of format ${type} ${what}.`,
    fix,
  });
  if (NOT_MADE.includes(type)) {
    return yield wrong("format.type", "cannot be made: QEMU reads such images alone", 'use "qcow2" or "raw"');
  }
  // libvirt makes these itself, and looks at nothing else.
  if (type === "dir" || (type === "raw" && encryption === undefined)) return;
  if (compat && type !== "qcow2") {
    yield wrong("compat", `has compat ${compat}, which is a version of qcow2`, "remove compat");
  }
  if (features.length > 0 && type !== "qcow2") {
    yield wrong("features", "has features, which are of qcow2", "remove features");
  }
  const bytes = ((toKiB(clusterSize, clusterSizeUnit, "bytes") as number | undefined) ?? 0) * 1024;
  if (bytes > 0) {
    const [least, most] = CLUSTERS[type] ?? [];
    if (least === undefined || most === undefined) {
      yield wrong("clusterSize", "has a size of clusters", 'remove clusterSize, or use format "qcow2"');
    } else if (bytes < least || bytes > most || !Number.isInteger(Math.log2(bytes))) {
      yield wrong(
        "clusterSize",
        `has clusters of ${bytes} bytes; they are of a power of two from ${least} to ${most}`,
        'set clusterSize to 64 and clusterSizeUnit to "KiB"',
      );
    }
  }
  if (encryption === undefined) return;
  if (!ENCRYPTED.includes(type)) {
    yield wrong("encryption", "is encrypted, which raw and qcow2 can be", 'use format "qcow2"');
  } else if (encryption.format === "luks" && encryption.secret === undefined) {
    yield wrong("encryption.secret", "is encrypted without a secret", "name the secret by its uuid");
  }
}
