import type { Example } from "../../../lib/rule";
import { volumeSettingsFitFormat } from "../../../lib/rules/sto/volume-settings-fit-format";
import { RuleTester } from "../../../lib/testing";

const of = (type: string | null, more: object = {}): Record<string, unknown> => ({
  target: { format: type && { type }, ...more },
});
const made =
  (volume: Record<string, unknown>, pool: Record<string, unknown> = {}): Example =>
  (t) =>
    t.pool("default", pool).volume("root", volume);
const LUKS = { format: "luks", secret: { type: "passphrase", uuid: "f52a81b2-424e-490c-823d-6bd4235bc572" } };

RuleTester.run(volumeSettingsFitFormat, {
  fails: {
    "a format that is read alone": {
      plan: made(of("bochs")),
      message: 'Volume "root.qcow2" of format bochs cannot be made: QEMU reads such images alone.',
      at: "target.format.type",
    },
    "a version of another format": {
      plan: made(of("qed", { compat: "1.1" })),
      message: "has compat 1.1, which is a version of qcow2",
      at: "target.compat",
    },
    "features of another format": made(of("vdi", { features: [{ lazy_refcounts: true }] })),
    "clusters of a format without": {
      plan: made(of("vmdk", { cluster_size: 65_536 })),
      message: "has a size of clusters",
      at: "target.clusterSize",
    },
    "clusters that are too small": {
      plan: made(of("qcow2", { cluster_size: 64 })),
      message: "has clusters of 64 bytes; they are of a power of two from 512 to 2097152",
    },
    "clusters that are no power of two": made(of("qcow2", { cluster_size: 3, cluster_size_unit: "KiB" })),
    "clusters that are too large": made(of("qcow2", { cluster_size: 4, cluster_size_unit: "MiB" })),
    "encryption of another format": {
      plan: made(of("vdi", { encryption: LUKS })),
      at: "target.encryption",
    },
    "encryption without secret": {
      plan: made(of("raw", { encryption: { format: "luks" } })),
      at: "target.encryption.secret",
    },
    "compat of an encrypted raw volume": made(of(null, { compat: "1.1", encryption: LUKS })),
  },
  passes: {
    "settings of qcow2": made(
      of("qcow2", {
        compat: "1.1",
        cluster_size: 64,
        cluster_size_unit: "KiB",
        features: [{ lazy_refcounts: true }],
      }),
    ),
    "what libvirt overlooks of raw and of a folder": (t) =>
      t
        .pool("default")
        .volume("a", of("raw", { compat: "1.1", cluster_size: 3 }))
        .volume("b", of("dir", { compat: "1.1" })),
    "encryption of raw": made(of("raw", { encryption: LUKS })),
    "a volume of a volume group": made(of("bochs"), { type: "logical" }),
    "an upload": made({ ...of("vdi", { compat: "1.1" }), create: { content: { url: "/srv/a.vdi" } } }),
    "a unit that is none": made(of("qcow2", { cluster_size: 3, cluster_size_unit: "pages" })),
  },
  undetermined: {
    "a late format": {
      plan: made(of("${var.format}")),
      reason: "the format of a volume or a setting of it is known only at apply",
    },
    "a pool that nobody makes": {
      plan: (t) => t.volume("root", of("bochs")),
      reason: 'whether the volumes of pool "default" are files is not known',
    },
  },
});
