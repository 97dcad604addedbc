import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  having,
  needsFacts,
  type Outcome,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";
import { partsAt } from "../parts";
import { isAtLeast } from "../versions";

interface Newer {
  /** Attribute of the guest: `devices.sounds[].model`. */
  readonly attribute: string;
  /** The word that is new. @default - the attribute as such is */
  readonly word?: string;
  /** The version of libvirt that brought it. */
  readonly since: string;
}

const NEWER: readonly Newer[] = [
  { attribute: "devices.panics[].model", word: "pvpanic", since: "9.1.0" },
  { attribute: "devices.watchdogs[].model", word: "itco", since: "9.1.0" },
  { attribute: "features.asyncTeardown", since: "9.6.0" },
  { attribute: "devices.disks[].source.vhostVdpa", since: "9.8.0" },
  { attribute: "devices.audios[].pipeWire", since: "9.10.0" },
  { attribute: "devices.filesystems[].driver.type", word: "mtp", since: "10.2.0" },
  { attribute: "devices.interfaces[].model.type", word: "usb-net", since: "10.3.0" },
  { attribute: "features.ras", since: "10.4.0" },
  { attribute: "devices.sounds[].model", word: "virtio", since: "10.4.0" },
  { attribute: "launchSecurity.sevsnp", since: "10.5.0" },
  { attribute: "features.ps2", since: "10.7.0" },
  { attribute: "devices.disks[].target.bus", word: "nvme", since: "11.5.0" },
  { attribute: "devices.controllers[].type", word: "nvme", since: "11.5.0" },
  { attribute: "devices.iommu.model", word: "amd", since: "11.5.0" },
];

/** The provider knows what the newest libvirt has, and the host has the libvirt of its distribution. */
export const settingKnownToLibvirt = defineRule({
  code: "VIRT-HYP-081",
  slug: "setting-known-to-libvirt",
  severity: "error",
  stage: "define",
  title: "A setting must be one that the libvirt of its host knows",
  why: "New models, kinds of device and features come with a version of libvirt, which the provider does not ask for. An older libvirt refuses the words that it does not know.",
  fix: "Use what the host's libvirt has, or upgrade the host.",
  sources: [
    "libvirt news of 9.1.0 to 11.5.0; docs/formatdomain.rst for asyncTeardown",
    "tried: libvirt 9.0.0, define of each: unknown panic model 'pvpanic'; unknown watchdog model 'itco'; unexpected feature 'ps2', 'ras', 'async-teardown'; Invalid value for attribute 'type' in element 'audio': 'pipewire', in 'disk': 'vhostvdpa', in 'driver': 'mtp', in 'launchSecurity': 'sev-snp', in 'controller': 'nvme'; for 'model' in 'sound': 'virtio', in 'iommu': 'amd'; for 'bus' in 'target': 'nvme'; of an interface of model usb-net without an address: Cannot automatically add a new PCI bus for a device with connect flags 00",
  ],
  needs: ["guest", "host facts"],
  on: having(
    qemuGuests,
    ...NEWER.map(({ attribute, word }) => (word === undefined ? attribute : `${attribute}=${word}`)),
  ),
  *check({ domain, host, label }): Iterable<Outcome> {
    const version = host.facts?.data.libvirtVersion;
    for (const { attribute, word, since } of NEWER) {
      for (const [at, value] of partsAt(domain, attribute)) {
        if (isLate(value)) yield undetermined(`${attribute} is known only at apply`);
        else if (word !== undefined && value !== word) yield pass;
        else {
          const known = isAtLeast(version, since);
          if (known === undefined) yield needsFacts(host);
          else if (known) yield pass;
          else {
            yield fail({
              at,
              message: `"${label}" sets ${at}${word ? ` to ${word}` : ""}, which libvirt has from version ${since} on; "${host.label}" has ${version}.`,
              fix: word ? "use another one, or upgrade the host" : `remove ${at}, or upgrade the host`,
            });
          }
        }
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { sounds: [{ model: "virtio" }] } }),
    good: (plan) => plan.kvm({ devices: { sounds: [{ model: "ich9" }] } }),
  },
});
