import type { PlanGuest } from "../../plan/guest";
import { containsLate, isLate } from "../../plan/late";
import { defineRule, fail, having, type Outcome, pass, qemuGuests, undetermined } from "../../rule";

interface Missing {
  /** Attribute of the guest. */
  readonly at: string;
  readonly what: string;
  readonly fix: string;
}

const CERTIFICATES = 3;

/** A device that is half told is none. */
export const deviceComplete = defineRule({
  code: "VIRT-FW-084",
  slug: "device-complete",
  severity: "error",
  stage: "define",
  title: "A random number generator, a lease and a smart card must say what they are made of",
  why: "A random number generator has one source of randomness, a lease a key and a file in a lockspace, an emulated smart card three certificates in a database with an absolute path. The provider sends no empty texts, so that an empty one is a missing one.",
  fix: "Give the device what it is made of, or remove it.",
  sources: [
    "libvirt domain_conf.c virDomainRNGDefParseXML, virDomainLeaseDefParseXML, virDomainSmartcardDefParseXML, virDomainRedirFilterUSBDevDefParseXML",
    "tried: libvirt 9.0.0, define of an RNG without a backend: only one RNG backend is supported; without a model: missing RNG device model; of a lease without key: Missing 'key' element for lease, without target: Missing 'target' element, without a lockspace: An error occurred, but the cause is unknown; of one certificate: host-certificates mode needs exactly three certificates; of a database nssdb: expecting absolute path; of a USB version 200 and x in a redirection filter: Cannot parse USB device version",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.rngs", "devices.leases", "devices.smartcards", "devices.redirFilters"),
  *check(guest): Iterable<Outcome> {
    const missing = [...incomplete(guest)];
    for (const { at, what, fix } of missing) {
      yield fail({ at, message: `${what.replace("%", `of "${guest.label}"`)}.`, fix });
    }
    if (missing.length > 0) return;
    const { leases, redirFilters, rngs, smartcards } = guest.domain.devices ?? {};
    yield containsLate([leases, redirFilters, rngs, smartcards])
      ? undetermined("a device of a guest is known only at apply")
      : pass;
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { rngs: [{ model: "virtio" }] } }),
    good: (plan) =>
      plan.kvm({ devices: { rngs: [{ model: "virtio", backend: { random: "/dev/urandom" } }] } }),
  },
});

function* incomplete({ domain: { devices } }: PlanGuest): Iterable<Missing> {
  for (const [index, rng] of (devices?.rngs ?? []).entries()) {
    if (isLate(rng) || isLate(rng.backend)) continue;
    const at = `devices.rngs[${index}]`;
    if (!rng.model)
      yield { at: `${at}.model`, what: `RNG ${index + 1} % has no model`, fix: 'set model to "virtio"' };
    const { builtIn, egd, random } = rng.backend ?? {};
    if (builtIn || egd || random !== undefined) continue;
    const what = `RNG ${index + 1} % has no source of randomness`;
    yield { at: `${at}.backend`, what, fix: 'set backend: { random: "/dev/urandom" }' };
  }
  for (const [index, lease] of (devices?.leases ?? []).entries()) {
    if (isLate(lease) || isLate(lease.target)) continue;
    for (const part of ["key", "lockspace", "target.path"] as const) {
      if (part === "target.path" ? lease.target?.path : lease[part]) continue;
      const what = `Lease ${index + 1} % has no ${part}`;
      yield { at: `devices.leases[${index}].${part}`, what, fix: `set ${part}, or remove the lease` };
    }
  }
  for (const [index, card] of (devices?.smartcards ?? []).entries()) {
    const { database, hostCerts } = card;
    if (isLate(card) || hostCerts === undefined || isLate(hostCerts)) continue;
    const at = `devices.smartcards[${index}]`;
    if (hostCerts.length !== CERTIFICATES) {
      const what = `Smart card ${index + 1} % has ${hostCerts.length} certificates; it takes ${CERTIFICATES}`;
      yield { at: `${at}.hostCerts`, what, fix: `name ${CERTIFICATES} certificates of the database` };
    }
    if (database && !isLate(database) && !database.startsWith("/")) {
      const what = `Smart card ${index + 1} % has its certificates in "${database}", which is no absolute path`;
      yield { at: `${at}.database`, what, fix: 'set database to a path such as "/etc/pki/nssdb"' };
    }
  }
  yield* filters(devices);
}

/** Versions of USB devices: `2.1`, and -1 for any. */
const USB_VERSION = /^(?:-1|\d{1,2}\.\d{1,2})$/;

function* filters(devices: PlanGuest["domain"]["devices"]): Iterable<Missing> {
  for (const [set, { usb }] of (devices?.redirFilters ?? []).entries()) {
    for (const [index, { version }] of (usb ?? []).entries()) {
      if (!version || isLate(version) || USB_VERSION.test(version)) continue;
      yield {
        at: `devices.redirFilters[${set}].usb[${index}].version`,
        what: `A redirection filter % is about USB devices of version "${version}", which is no such version`,
        fix: 'write it as "2.0", or "-1" for all',
      };
    }
  }
}
