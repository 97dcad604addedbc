import type { PlanGuest } from "../../plan/guest";
import { isLate, type Planned } from "../../plan/late";
import type { DomainDevicesDisks } from "../../provider/domain";
import { defineRule, fail, having, type Outcome, pass, qemuGuests, undetermined } from "../../rule";
import { diskLabel } from "./disks";

type Disk = Planned<DomainDevicesDisks>;

/** What QEMU can open with a key. */
export const diskEncryption = defineRule({
  code: "VIRT-DSK-014",
  slug: "disk-encryption",
  severity: "error",
  stage: "define",
  title: "An encrypted disk needs a format and an engine that QEMU can open",
  why: "QEMU opens LUKS in raw and qcow2 images. It has dropped the encryption that the qcow2 format had first (qcow, default), and knows no luks2: that takes librbd, which opens RBD images only. Encryption and authentication are stated once, with a secret that is named by its uuid or its usage.",
  fix: 'Use format "luks" with a raw or qcow2 image, and state it once, in the source.',
  sources: [
    "libvirt qemu_domain.c qemuDomainValidateStorageSource, domain_conf.c virDomainDiskDefParseXML",
    "tried: libvirt 9.0.0 refuses encryption format qcow and default, luks in vmdk and in a volume without a driver type, luks2 unless engine librbd on rbd, librbd without rbd, a secret without uuid and usage, and encryption or auth both of disk and source; it defines luks in raw and qcow2 and luks2 by librbd on rbd",
  ],
  needs: ["guest"],
  on: having(
    qemuGuests,
    "devices.disks[].encryption",
    "devices.disks[].auth",
    "devices.disks[].source.encryption",
  ),
  *check(guest) {
    for (const [index, disk] of guest.disks.entries()) {
      const { encryption, auth, source } = disk;
      if (isLate(source)) continue;
      const label = diskLabel(disk, index);
      for (const [name, outer, inner, path] of [
        ["encryption", encryption, source?.encryption, "source.encryption"],
        ["auth", auth, source?.network?.auth, "source.network.auth"],
      ] as const) {
        if (outer === undefined || inner === undefined) continue;
        yield fail({
          at: `devices.disks[${index}].${name}`,
          message: `Disk ${label} of "${guest.label}" states ${name} twice: for the disk and for its source.`,
          fix: `keep ${path} alone`,
        });
      }
      if (encryption === undefined && source?.encryption === undefined) continue;
      yield* encryptionOutcomes(guest, disk, index);
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { disks: [encrypted("luks2")] } }),
    good: (plan) => plan.kvm({ devices: { disks: [encrypted("luks")] } }),
  },
});

function encrypted(format: string): Record<string, unknown> {
  return {
    source: {
      file: { file: "/srv/root.img" },
      encryption: { format, secrets: [{ type: "passphrase", uuid: "0a81f5b2-8403-7b23-c8d6-21ccc2f80d6f" }] },
    },
    target: { dev: "vda", bus: "virtio" },
    driver: { name: "qemu", type: "raw" },
  };
}

function* encryptionOutcomes(guest: PlanGuest, disk: Disk, index: number): Iterable<Outcome> {
  const { encryption = disk.encryption, network } = disk.source ?? {};
  const at = `devices.disks[${index}].${disk.source?.encryption ? "source." : ""}encryption`;
  const what = `Disk ${diskLabel(disk, index)} of "${guest.label}" is encrypted`;
  // What format a volume has only its pool knows, which libvirt does not ask when it defines a guest.
  const image = disk.driver?.type ?? (disk.source?.volume === undefined ? "raw" : undefined);
  const { format, engine = "qemu", secrets = [] } = encryption ?? {};
  if ([format, engine, image, network?.protocol].some(isLate)) {
    yield undetermined("how a disk is encrypted is known only at apply");
  } else if (format === "qcow" || format === "default") {
    yield fail({
      at: `${at}.format`,
      message: `${what} in the old format "${format}", which QEMU no longer opens.`,
      fix: 'convert the image and use format "luks"',
    });
  } else if (engine === "librbd" && network?.protocol !== "rbd") {
    yield fail({
      at: `${at}.engine`,
      message: `${what} by engine librbd, which opens RBD images only.`,
      fix: "remove engine",
    });
  } else if (engine === "qemu" && format === "luks2") {
    yield fail({
      at: `${at}.format`,
      message: `${what} with luks2, which QEMU does not open.`,
      fix: `use format "luks"${network?.protocol === "rbd" ? ', or engine "librbd"' : ""}`,
    });
  } else if (engine === "qemu" && format === "luks" && image !== "raw" && image !== "qcow2") {
    yield fail({
      at: `${at}.format`,
      message: `${what} with luks in ${image ? `an image of format ${image}` : "a volume whose format is not stated (driver.type)"}; QEMU opens it in raw and qcow2.`,
      fix: image ? "convert the image to qcow2" : 'set driver.type to "raw" or "qcow2"',
    });
  } else {
    yield pass;
  }
  for (const [number, { uuid, usage }] of secrets.entries()) {
    if (uuid !== undefined || usage !== undefined) continue;
    yield fail({
      at: `${at}.secrets[${number}]`,
      message: `${what}, but its secret is named by neither uuid nor usage.`,
      fix: "set uuid or usage to that of a libvirt secret",
    });
  }
}
