import { GuestOs } from "../../../lib/guest-os";
import { resourcesWithinOsMaximum } from "../../../lib/rules/gos/resources-within-os-maximum";
import { RuleTester } from "../../../lib/testing";

const gib = (memory: unknown) => ({ memory, memory_unit: "GiB" });
const windows10 = { intent: { os: "windows-10" } };
const i686 = { os: { type: "hvm", type_arch: "i686" }, intent: { os: "debian-12" } };

RuleTester.run(resourcesWithinOsMaximum, {
  fails: {
    "more memory than the system reaches": {
      plan: (t) => t.kvm({ name: "a", ...gib(193), intent: { os: "windows-7" } }),
      message: 'Windows 7 uses 192 GiB of memory at most, "a" has 193 GiB.',
      fix: "set memory to 192 GiB or less",
      at: "memory",
      severity: "warning",
    },
    "a 32-bit build, which reaches less": {
      plan: (t) => t.kvm({ name: "a", ...gib(8), os: i686.os, ...windows10 }),
      message: 'Windows 10 uses 4 GiB of memory at most, "a" has 8 GiB.',
    },
    "a 32-bit system without PAE": {
      plan: (t) => t.kvm({ name: "a", ...gib(5), ...i686 }),
      message: 'A 32-bit x86 system without PAE uses 4 GiB of memory at most, "a" has 5 GiB.',
      fix: "set memory to 4 GiB or less, or say features.pae where its kernel uses PAE",
    },
    "a 32-bit system with PAE": {
      plan: (t) => t.kvm({ name: "a", ...gib(17), features: { pae: true }, ...i686 }),
      message: 'A 32-bit x86 system with PAE uses 16 GiB of memory at most, "a" has 17 GiB.',
    },
    "more vCPUs than the vendor supports": {
      plan: (t) => t.kvm({ name: "a", vcpu: 769, intent: { os: "rhel-8" } }),
      message: 'Red Hat Enterprise Linux 8 uses 768 vCPUs at most, "a" has 769.',
      fix: "set vcpu to 768 or less",
      at: "vcpu",
    },
    "a socket for each vCPU": {
      plan: (t) => t.kvm({ name: "a", vcpu: 4, ...windows10 }),
      message: 'Windows 10 uses 2 sockets at most, "a" has 4, one for each vCPU since it has no topology.',
      fix: "set cpu.topology to 1 socket, 4 cores, 1 thread",
      at: "vcpu",
    },
    "a topology of many sockets": {
      plan: (t) =>
        t.kvm({ name: "a", vcpu: 8, cpu: { topology: { sockets: 4, cores: 2, threads: 1 } }, ...windows10 }),
      message: 'Windows 10 uses 2 sockets at most, "a" has 4.',
      at: "cpu.topology.sockets",
    },
    "a topology of many sockets for a late number of vCPUs": {
      plan: (t) =>
        t.kvm({
          name: "a",
          vcpu: "${var.n}",
          cpu: { topology: { sockets: 4, cores: 2, threads: 1 } },
          ...windows10,
        }),
      message: 'Windows 10 uses 2 sockets at most, "a" has 4.',
      fix: "set cpu.topology to one socket with all vCPUs as cores",
    },
  },
  passes: {
    "as much as the system reaches": (t) => t.kvm({ ...gib(192), intent: { os: "windows-7" } }),
    "two sockets": (t) => t.kvm({ vcpu: 2, ...windows10 }),
    "cores of one socket": (t) =>
      t.kvm({ vcpu: 32, cpu: { topology: { sockets: 1, cores: 32, threads: 1 } }, ...windows10 }),
    "a server of many sockets": (t) => t.kvm({ vcpu: 16, intent: { os: "windows-server-2019" } }),
    "a 32-bit system of 4 GiB": (t) => t.kvm({ ...gib(4), ...i686 }),
    "a 32-bit system of 16 GiB with PAE": (t) => t.kvm({ ...gib(16), features: { pae: true }, ...i686 }),
    "as many vCPUs as the vendor supports": (t) => t.kvm({ vcpu: 768, intent: { os: "rhel-8" } }),
    "a system of which no maximum is known": (t) =>
      t.kvm({ ...gib(9000), vcpu: 900, intent: { os: "debian-12" } }),
    "a guest of no stated system": (t) => t.kvm({ ...gib(9000), vcpu: 900 }),
    // Xen shows its guests a topology of its own.
    "sockets on Xen": (t) =>
      t.xenHvm({
        vcpu: 4,
        intent: { os: GuestOs.of({ id: "x", name: "X", family: "windows", maximum: { sockets: 2 } }) },
      }),
  },
  undetermined: {
    "late memory": {
      plan: (t) => t.kvm({ ...gib("${var.m}"), intent: { os: "windows-server-2016" } }),
      reason: "the memory of a guest is known only at apply",
    },
    "late vCPUs": {
      plan: (t) => t.kvm({ vcpu: "${var.n}", intent: { os: "rhel-8" } }),
      reason: "the number of vCPUs is known only at apply",
    },
    "late sockets": {
      plan: (t) => t.kvm({ vcpu: "${var.n}", ...windows10 }),
      reason: "the number of sockets is known only at apply",
    },
    "late PAE": {
      plan: (t) => t.kvm({ ...gib(5), features: { pae: "${var.p}" }, ...i686 }),
      reason: "whether a 32-bit guest uses PAE is known only at apply",
    },
  },
});
