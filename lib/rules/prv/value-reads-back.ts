import { Places } from "../../domain-xml/places";
import { defineRule, guests, type Outcome, pass } from "../../rule";
import { MEASURED, readBack, WHY } from "./read-back";

interface Rewriting {
  readonly given: string | boolean;
  readonly becomes: string;
  readonly fix: string;
}

/** What goes without saying, which libvirt does not repeat. */
const silent = (given: string | boolean): Rewriting => ({
  given,
  becomes: "as null, since it goes without saying",
  fix: "remove it: it is what libvirt does anyway",
});

/** Every one of these was applied. */
const REWRITINGS = new Places<Rewriting>([
  ["devices.disks.driver.cache", silent("default")],
  ["devices.disks.driver.type", { given: "aio", becomes: 'as "raw"', fix: 'write "raw"' }],
  ["devices.disks.target.tray", silent("closed")],
  ["devices.disks.transient.shareBacking", silent("no")],
  ["devices.disks.source.network.hosts.transport", silent("tcp")],
  ["devices.filesystems.multiDevs", silent("default")],
  ["devices.graphics.spice.autoPort", silent(false)],
  ["devices.graphics.spice.defaultMode", silent("any")],
  ["devices.graphics.spice.channel.mode", silent("any")],
  ["devices.graphics.dbus.p2P", silent("no")],
  ["devices.tpms.backend.emulator.persistentState", silent("no")],
  ["numaTune.memory.placement", silent("static")],
  [
    "cpu.numa.cell.caches.associativity",
    { given: "none", becomes: "as an empty text", fix: "remove the cache, or write direct or full" },
  ],
  [
    "cpu.numa.cell.caches.policy",
    {
      given: "none",
      becomes: "as an empty text",
      fix: "remove the cache, or write writeback or writethrough",
    },
  ],
]);

/** Some values have a shorter form in libvirt, which is the one that it prints. */
export const valueReadsBack = defineRule({
  code: "VIRT-PRV-051",
  slug: "value-reads-back",
  severity: "error",
  stage: "apply",
  title: "A value must be one that libvirt repeats",
  why: `${WHY} Defaults that are written out are such values: libvirt prints a cache mode default, a tray that is closed and NUMA placement static as nothing.`,
  fix: "Leave the default out.",
  sources: [
    `${MEASURED}: each of these values was applied alone, and read back as null or as the other form`,
    "tried with the provider and kept as they are: false for features, memory locking, read-only and shareable; limits of memory with units; vcpuCurrent of all vCPUs; one queue of an interface; timers with their default policies",
  ],
  needs: ["guest"],
  on: guests,
  *check(guest): Iterable<Outcome> {
    const rewritten = REWRITINGS.find(guest.domain, (value, { given }) => value === given);
    if (rewritten.length === 0) yield pass;
    for (const { at, value, data } of rewritten) {
      yield readBack(guest, at, value, data.becomes, data.fix);
    }
  },
  examples: {
    bad: (plan) => plan.kvm(withCache("default")),
    good: (plan) => plan.kvm(withCache("none")),
  },
});

function withCache(cache: string): Record<string, unknown> {
  return {
    devices: {
      disks: [
        {
          source: { file: { file: "/var/lib/libvirt/images/web.qcow2" } },
          target: { dev: "vda", bus: "virtio" },
          driver: { name: "qemu", type: "qcow2", cache },
        },
      ],
    },
  };
}
