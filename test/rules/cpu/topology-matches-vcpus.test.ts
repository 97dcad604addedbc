import { topologyMatchesVcpus } from "../../../lib/rules/cpu/topology-matches-vcpus";
import { RuleTester } from "../../../lib/testing";

const cpu = (topology: Record<string, unknown> | string) => ({ topology });
const libvirt = (libvirtVersion: string | undefined) => ({ facts: { libvirtVersion } });
const product = (parts: Record<string, number>, vcpu: number | null) => ({ vcpu, cpu: cpu(parts) });

RuleTester.run(topologyMatchesVcpus, {
  fails: {
    "a product above the number of vCPUs": {
      plan: (t) => t.kvm({ name: "a", vcpu: 6, cpu: cpu({ sockets: 2, cores: 4, threads: 1 }) }),
      message: 'topology of "a" has room for 8 vCPUs (2 sockets x 4 cores x 1 thread), but the guest has 6',
      fix: "set vcpu to 8, or set cpu.topology to 1 socket, 6 cores, 1 thread",
      at: "cpu.topology",
      severity: "error",
    },
    "a product below it, and threads that divide are kept": {
      plan: (t) => t.kvm({ vcpu: 8, cpu: cpu({ sockets: 1, cores: 2, threads: 2 }) }),
      message: "room for 4 vCPUs",
      fix: /1 socket, 4 cores, 2 threads$/,
    },
    "threads that do not divide": {
      plan: (t) => t.kvm({ vcpu: 7, cpu: cpu({ sockets: 1, cores: 4, threads: 2 }) }),
      fix: /1 socket, 7 cores, 1 thread$/,
    },
    "dies that are forgotten": {
      plan: (t) => t.kvm(product({ sockets: 1, dies: 2, cores: 2, threads: 2 }, 4)),
      message: "room for 8 vCPUs (1 socket x 2 dies x 2 cores x 2 threads)",
    },
    "each part alone being one too many": {
      plan: (t) =>
        ["sockets", "dies", "cores", "threads"].reduce(
          (plan, part) => plan.kvm(product({ sockets: 1, dies: 1, cores: 1, threads: 1, [part]: 2 }, 1)),
          t,
        ),
      count: 4,
    },
    "vCPUs that are not stated, which are one": {
      plan: (t) => t.kvm(product({ sockets: 1, cores: 2, threads: 1 }, null)),
      message: "but the guest has 1",
    },
    "the current number of vCPUs instead of the maximum": (t) =>
      t.kvm({ vcpu: 4, vcpu_current: 2, cpu: cpu({ sockets: 1, cores: 2, threads: 1 }) }),
    "an emulated guest": (t) => t.tcg(product({ sockets: 1, cores: 4, threads: 1 }, 2)),
    "a topology without sockets": {
      plan: (t) => t.kvm({ name: "a", vcpu: 4, cpu: cpu({ cores: 2, threads: 2 }) }),
      message: 'topology of "a" gives no sockets',
      fix: /^set cpu.topology to 1 socket, 2 cores, 2 threads$/,
      at: "cpu.topology.sockets",
    },
    "a topology without cores and threads": {
      plan: (t) => t.kvm(product({ sockets: 2 }, 2)),
      message: "gives no cores and no threads",
      fix: /1 socket, 2 cores, 1 thread$/,
      at: "cpu.topology.cores",
    },
    "zero sockets": {
      plan: (t) => t.kvm(product({ sockets: 0, cores: 2, threads: 1 }, 2)),
      message: "gives no sockets",
    },
    "an empty topology": { plan: (t) => t.kvm(product({}, 2)), message: "no sockets and no cores" },
    "clusters on a libvirt that counts them": {
      plan: (t) =>
        t.kvmHost("h1", libvirt("10.1.0")).kvm(product({ sockets: 1, clusters: 2, cores: 2, threads: 1 }, 2)),
      message: "room for 4 vCPUs (1 socket x 2 clusters x 2 cores x 1 thread), but",
    },
    "clusters on a libvirt that ignores them": {
      plan: (t) =>
        t.kvmHost("h1", libvirt("10.0.0")).kvm(product({ sockets: 1, clusters: 2, cores: 2, threads: 1 }, 4)),
      message: "room for 2 vCPUs",
      fix: "set vcpu to 2, or set cpu.topology to 1 socket, 4 cores, 1 thread",
    },
    "clusters that it ignores are named": {
      plan: (t) =>
        t.kvmHost("h1", libvirt("9.0.0")).kvm(product({ sockets: 1, clusters: 2, cores: 2, threads: 1 }, 4)),
      message: "(libvirt 9.0.0 ignores clusters)",
    },
    "clusters where no libvirt would agree": {
      plan: (t) =>
        t.kvmHost("h1", { facts: null }).kvm(product({ sockets: 1, clusters: 2, cores: 2, threads: 1 }, 3)),
      message: "room for 4 vCPUs",
    },
  },
  passes: {
    "a topology that adds up": (t) => t.kvm(product({ sockets: 2, cores: 2, threads: 2 }, 8)),
    "one with dies": (t) => t.kvm(product({ sockets: 2, dies: 2, cores: 2, threads: 2 }, 16)),
    "dies of 0, which the provider leaves out": (t) =>
      t.kvm(product({ sockets: 2, dies: 0, cores: 2, threads: 2 }, 8)),
    "one for the maximum while fewer are online": (t) =>
      t.kvm({ vcpu: 4, vcpu_current: 2, cpu: cpu({ sockets: 1, cores: 4, threads: 1 }) }),
    "clusters where they count": (t) =>
      t.kvmHost("h1", libvirt("11.3.0")).kvm(product({ sockets: 1, clusters: 2, cores: 2, threads: 1 }, 4)),
    "one cluster, whatever the libvirt": (t) =>
      t.kvmHost("h1", { facts: null }).kvm(product({ sockets: 1, clusters: 1, cores: 2, threads: 1 }, 2)),
    "no topology": (t) => t.kvm({ vcpu: 6, cpu: { mode: "host-model" } }),
    "a Xen guest, whose topology is dropped": (t) =>
      t.xenHvm(product({ sockets: 1, cores: 4, threads: 1 }, 2)),
  },
  undetermined: {
    "a part that is known only at apply": {
      plan: (t) => t.kvm({ vcpu: 4, cpu: cpu({ sockets: 1, dies: "${var.dies}", cores: 2, threads: 1 }) }),
      reason: "known only at apply",
    },
    "vCPUs that are known only at apply": (t) =>
      t.kvm({ vcpu: "${var.n}", cpu: cpu({ sockets: 1, cores: 2, threads: 1 }) }),
    "a topology that is known only at apply": (t) => t.kvm({ vcpu: 4, cpu: cpu("${var.topology}") }),
    "clusters where only the version decides": {
      plan: (t) =>
        t
          .kvmHost("h1", libvirt(undefined))
          .kvm(product({ sockets: 1, clusters: 2, cores: 2, threads: 1 }, 4)),
      reason: 'needs facts of "h1"',
    },
    "the other way round": (t) =>
      t.kvmHost("h1", { facts: null }).kvm(product({ sockets: 1, clusters: 2, cores: 2, threads: 1 }, 2)),
  },
});
