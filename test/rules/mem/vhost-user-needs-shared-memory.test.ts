import { vhostUserNeedsSharedMemory } from "../../../lib/rules/mem/vhost-user-needs-shared-memory";
import { RuleTester } from "../../../lib/testing";

const socket = { unix: { path: "/run/vhost.sock", mode: "client" } };
const virtiofs = { filesystems: [{ driver: { type: "virtiofs" }, target: { dir: "share" } }] };
const path9p = {
  filesystems: [{ driver: { type: "path" }, target: { dir: "share" } }, { target: { dir: "b" } }],
};
const disk = { disks: [{ source: { vhost_user: socket }, target: { dev: "vda", bus: "virtio" } }] };
const vdpaDisk = {
  disks: [{ source: { vhost_vdpa: { dev: "/dev/vhost-vdpa-0" } }, target: { dev: "vda" } }],
};
const nic = { interfaces: [{ source: { vhost_user: { dev: "vhost", chardev: socket } } }] };
const access = (mode: unknown) => ({ memory_backing: { memory_access: { mode } } });
const cells = (...mem_access: unknown[]) => ({
  cpu: {
    numa: {
      cell: mem_access.map((mode) => ({ memory: 1, unit: "GiB", ...(mode ? { mem_access: mode } : {}) })),
    },
  },
});
const memfd = { memory_backing: { memory_source: { type: "memfd" } } };
const libvirt = (libvirtVersion: string | undefined) => ({ facts: { libvirtVersion } });

RuleTester.run(vhostUserNeedsSharedMemory, {
  fails: {
    "a virtiofs filesystem": {
      plan: (t) => t.kvm({ name: "a", devices: virtiofs }),
      message:
        /^devices.filesystems\[0\] \(virtiofs\) of "a" needs shared memory, but its access is not set\.$/,
      fix: 'set sharedMemory: true, which is memoryBacking { memorySource: { type: "memfd" }, memoryAccess: { mode: "shared" } }',
      at: "memoryBacking.memoryAccess.mode",
      severity: "error",
    },
    "memory of memfd that is not shared": (t) => t.kvm({ devices: virtiofs, ...memfd }),
    "private memory": {
      plan: (t) => t.kvm({ devices: virtiofs, ...access("private") }),
      message: "but its access is private.",
    },
    "a vhost-user disk": {
      plan: (t) => t.kvm({ devices: disk }),
      message: "devices.disks[0] (vhost-user)",
      severity: "error",
    },
    "a vhost-vdpa disk": {
      plan: (t) => t.kvm({ devices: vdpaDisk }),
      message: "devices.disks[0] (vhost-vdpa)",
    },
    "a vhost-user interface, which older libvirt accepts": {
      plan: (t) => t.kvmHost("h1", libvirt("11.2.0")).kvm({ name: "a", devices: nic }),
      message:
        /^devices.interfaces\[0\] \(vhost-user\) of "a" needs shared memory, but its access is not set\. The guest starts without a working network interface\.$/,
      severity: "warning",
    },
    "a vhost-user interface on a libvirt of unknown version": {
      plan: (t) => t.kvmHost("h1", { facts: null }).kvm({ devices: nic }),
      severity: "warning",
    },
    "a vhost-user interface that newer libvirt refuses": {
      plan: (t) => t.kvmHost("h1", libvirt("11.3.0")).kvm({ devices: nic }),
      message: /not set\.$/,
      severity: "error",
    },
    "several devices, in one finding": {
      plan: (t) => t.kvm({ name: "a", devices: { ...virtiofs, ...disk, ...nic } }),
      message:
        'devices.filesystems[0] (virtiofs), devices.disks[0] (vhost-user) and devices.interfaces[0] (vhost-user) of "a" need shared',
      severity: "error",
    },
    "two devices": {
      plan: (t) => t.kvm({ name: "a", devices: { ...virtiofs, ...disk } }),
      message: 'devices.filesystems[0] (virtiofs) and devices.disks[0] (vhost-user) of "a" need shared',
    },
    "devices beside others": {
      plan: (t) =>
        t.kvm({
          devices: {
            filesystems: [...path9p.filesystems, ...virtiofs.filesystems],
            disks: [{ source: { file: { file: "/a.img" } }, target: { dev: "vdb" } }, ...disk.disks],
            interfaces: [{ source: { network: { network: "default" } } }, {}, ...nic.interfaces],
          },
        }),
      message: /filesystems\[2\].*disks\[1\].*interfaces\[2\]/,
    },
    "one cell that does not say": {
      plan: (t) => t.kvm({ devices: virtiofs, ...cells("shared", undefined) }),
      message: "its access is not set",
      at: "memoryBacking.memoryAccess.mode",
    },
    "one private cell of shared memory": {
      plan: (t) => t.kvm({ devices: virtiofs, ...access("shared"), ...cells("shared", "private") }),
      message: "but that of NUMA cell 1 is private",
      fix: 'set cpu.numa.cell[1].memAccess to "shared"',
      at: "cpu.numa.cell[1].memAccess",
    },
    "a private cell beside a late one": (t) =>
      t.kvm({ devices: virtiofs, ...cells("${var.mode}", "private") }),
    "a known device beside a late one": {
      plan: (t) => t.kvm({ devices: { ...virtiofs, disks: "${var.disks}" } }),
      message: "devices.filesystems[0] (virtiofs) of",
    },
    "an emulated guest": (t) => t.tcg({ devices: virtiofs }),
  },
  passes: {
    "shared memory": (t) => t.kvm({ devices: { ...virtiofs, ...disk, ...nic }, ...access("shared") }),
    "shared memory with cells that do not say": (t) =>
      t.kvm({ devices: virtiofs, ...access("shared"), ...cells(undefined, "shared") }),
    "cells that are all shared": (t) => t.kvm({ devices: virtiofs, ...cells("shared", "shared") }),
    "shared cells, whatever the rest": (t) =>
      t.kvm({ devices: virtiofs, ...access("private"), ...cells("shared") }),
    "a late device of a guest with shared memory": (t) =>
      t.kvm({ devices: { disks: "${var.disks}" }, ...access("shared") }),
    "devices that QEMU serves itself": (t) => t.kvm({ devices: path9p }).kvm(),
    "no devices": (t) => t.kvm({ devices: null }),
    "a Xen guest, for which virtiofs is dropped": (t) => t.xenHvm({ devices: virtiofs }),
  },
  undetermined: {
    "an access that is known only at apply": {
      plan: (t) => t.kvm({ devices: virtiofs, ...access("${var.mode}") }),
      reason: "the access of memory is known only at apply",
    },
    "a cell whose access is known only at apply": (t) =>
      t.kvm({ devices: virtiofs, ...cells("shared", "${var.mode}") }),
    "a driver that is known only at apply": {
      plan: (t) => t.kvm({ devices: { filesystems: [{ driver: { type: "${var.type}" } }] } }),
      reason: "the kind of a device is known only at apply",
    },
    "disks that are known only at apply": (t) => t.kvm({ devices: { disks: "${var.disks}" } }),
    "a vhost-vdpa source that is known only at apply": (t) =>
      t.kvm({ devices: { disks: [{ source: { vhost_vdpa: "${var.vdpa}" } }] } }),
    "a vhost-user source that is known only at apply": (t) =>
      t.kvm({ devices: { disks: [{ source: { vhost_user: "${var.user}" } }] } }),
    "interfaces that are known only at apply": (t) => t.kvm({ devices: { interfaces: "${var.nics}" } }),
  },
});
