import { memoryEncryptionOffered } from "../../../lib/rules/sec/memory-encryption-offered";
import { RuleTester } from "../../../lib/testing";

const capabilities = (features: object) => ({
  facts: {
    domainCapabilities: [
      {
        virtType: "kvm",
        arch: "x86_64",
        machine: "pc-q35-7.2",
        cpuModes: {},
        cpuModels: [],
        devices: {},
        features: features as Record<string, { supported: boolean; enums: Record<string, string[]> }>,
      },
    ],
  },
});
const sev = (supported: boolean) => capabilities({ sev: { supported, enums: {} } });
const listed = (...sectype: string[]) =>
  capabilities({ launchSecurity: { supported: sectype.length > 0, enums: { sectype } } });
const asks = (kind: string, value: unknown = { policy: 1 }) => ({
  name: "vault",
  launch_security: { [kind]: value },
});

RuleTester.run(memoryEncryptionOffered, {
  fails: {
    "SEV on a host without it": {
      plan: (t) => t.kvmHost("kvm1", sev(false)).kvm(asks("sev")),
      message: '"vault" asks for AMD SEV, which "kvm1" does not offer',
      at: "launchSecurity.sev",
    },
    "SEV-SNP on a host without SEV": (t) => t.kvmHost("kvm1", sev(false)).kvm(asks("sevsnp")),
    "SEV-SNP on a host with SEV alone": (t) => t.kvmHost("kvm1", listed("sev")).kvm(asks("sevsnp")),
    "TDX on a host with SEV": (t) => t.kvmHost("kvm1", listed("sev")).kvm(asks("tdx")),
  },
  passes: {
    "SEV on a host with it": (t) => t.kvmHost("kvm1", sev(true)).kvm(asks("sev")),
    "TDX on a host that lists it": (t) => t.kvmHost("kvm1", listed("tdx")).kvm(asks("tdx")),
    "Secure Execution that is off": (t) => t.kvmHost("kvm1", sev(false)).kvm(asks("s390Pv", false)),
    "no launch security": (t) => t.kvmHost("kvm1", sev(false)).kvm(),
    "a Xen guest, which is another rule's": (t) => t.xenHvm(asks("sev")),
  },
  undetermined: {
    "no facts": (t) => t.kvmHost("kvm1", { facts: null }).kvm(asks("sev")),
    "TDX where only SEV is told": (t) => t.kvmHost("kvm1", sev(false)).kvm(asks("tdx")),
    "late launch security": (t) =>
      t.kvmHost("kvm1", sev(false)).kvm({ launch_security: "${var.launch_security}" }),
  },
});
