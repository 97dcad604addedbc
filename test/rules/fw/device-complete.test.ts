import { deviceComplete } from "../../../lib/rules/fw/device-complete";
import { RuleTester } from "../../../lib/testing";

const guest = (devices: object) => ({ name: "web", devices });
const LEASE = { key: "k", lockspace: "s", target: { path: "/l" } };
const CERTS = [{ file: "a" }, { file: "b" }, { file: "c" }];

RuleTester.run(deviceComplete, {
  fails: {
    "an RNG without a source, and without a model": {
      plan: (t) =>
        t.kvm(guest({ rngs: [{ model: "virtio", backend: {} }, { backend: { built_in: true } }] })),
      count: 2,
      message: /RNG 1 of "web" has no source of randomness\.\n.*RNG 2 of "web" has no model/,
      fix: 'set backend: { random: "/dev/urandom" }',
      at: "devices.rngs[0].backend",
    },
    "leases without parts, or with empty ones": {
      plan: (t) =>
        t.kvm(
          guest({
            leases: [
              { ...LEASE, key: "" },
              { ...LEASE, lockspace: undefined },
              { ...LEASE, target: {} },
            ],
          }),
        ),
      count: 3,
      message: /Lease 1 of "web" has no key[\s\S]*Lease 2 of "web" has no lockspace[\s\S]*has no target.path/,
      at: "devices.leases[0].key",
    },
    "smart cards": {
      plan: (t) =>
        t.kvm(
          guest({ smartcards: [{ host_certs: [{ file: "a" }] }, { host_certs: CERTS, database: "nssdb" }] }),
        ),
      count: 2,
      message: /has 1 certificates; it takes 3[\s\S]*in "nssdb", which is no absolute path/,
    },
    "versions of no USB device": {
      plan: (t) =>
        t.kvm(
          guest({
            redir_filters: [
              {
                usb: [
                  { allow: "yes", version: "200" },
                  { allow: "yes", version: "x" },
                ],
              },
            ],
          }),
        ),
      count: 2,
      message: 'A redirection filter of "web" is about USB devices of version "200"',
      at: "devices.redirFilters[0].usb[0].version",
    },
  },
  passes: {
    "whole devices": (t) =>
      t.kvm(
        guest({
          rngs: [
            { model: "virtio", backend: { random: "/dev/urandom" } },
            { model: "virtio", backend: { random: "" } },
            { model: "virtio", backend: { built_in: true } },
          ],
          leases: [LEASE],
          smartcards: [{ host_certs: CERTS, database: "/etc/pki/nssdb" }, { host: true }],
          redir_filters: [
            { usb: [{ allow: "no", version: "2.56" }, { allow: "yes", version: "-1" }, { allow: "yes" }] },
          ],
        }),
      ),
  },
  undetermined: {
    "a late backend": {
      plan: (t) => t.kvm(guest({ rngs: [{ model: "virtio", backend: "${var.backend}" }] })),
      reason: "a device of a guest is known only at apply",
    },
    "a late lease": (t) => t.kvm(guest({ leases: ["${var.lease}"] })),
  },
});
