import { sharedFolder } from "../../../lib/rules/dsk/shared-folder";
import { RuleTester } from "../../../lib/testing";

const folder = (changes: object = {}) => ({
  driver: { type: "virtiofs" },
  source: { mount: { dir: "/srv/share" } },
  target: { dir: "share" },
  ...changes,
});
const plan9 = (changes: object = {}) => folder({ driver: { type: "path" }, ...changes });
const withFolders = (...filesystems: object[]) => ({ name: "web", devices: { filesystems } });

RuleTester.run(sharedFolder, {
  fails: {
    "virtiofs that is read-only": {
      plan: (t) => t.kvm(withFolders(folder({ read_only: true }))),
      message: 'Shared folder 1 of "web" (share) is read-only, which virtiofs is not.',
      fix: 'mount it read-only in the guest, or use 9p (driver.type "path")',
      at: "devices.filesystems[0].readOnly",
    },
    "virtiofs with mapped owners": {
      plan: (t) => t.kvm(withFolders(folder({ access_mode: "mapped" }))),
      message: "has access mode mapped; virtiofs has passthrough alone",
    },
    "virtiofs with modes": {
      plan: (t) => t.kvm(withFolders(folder({ dmode: "0755" }))),
      message: "has dmode, which is for 9p",
    },
    "virtiofs with multidevs": (t) => t.kvm(withFolders(folder({ multi_devs: "remap" }))),
    "a tag used twice": {
      plan: (t) => t.kvm(withFolders(folder(), folder({ source: { mount: { dir: "/srv/b" } } }))),
      message: 'Shared folder 2 of "web" (share) has the tag of shared folder 1.',
      at: "devices.filesystems[1].target.dir",
    },
    "modes without mapping": {
      plan: (t) => t.kvm(withFolders(plan9({ fmode: "0644" }))),
      message: "has fmode without access mode mapped",
      at: "devices.filesystems[0].fmode",
    },
    "a folder mode without mapping": {
      plan: (t) => t.kvm(withFolders(plan9({ dmode: "0755", access_mode: "squash" }))),
      at: "devices.filesystems[0].dmode",
    },
    "a file": {
      plan: (t) => t.kvm(withFolders(plan9({ source: { file: { file: "/srv/a.img" } } }))),
      message: "is a file; QEMU shares folders only",
    },
    "no source": { plan: (t) => t.kvm(withFolders(plan9({ source: null }))), fix: "set source.mount.dir" },
    "an empty folder and an empty tag, which are not sent": {
      plan: (t) =>
        t.kvm(withFolders(plan9({ source: { mount: { dir: "" } } }), plan9({ target: { dir: "" } }))),
      count: 2,
      message: /names no folder of the host[\s\S]*folder 2 of "web" has no tag/,
    },
    "a boot order of 9p, stated and not": {
      plan: (t) =>
        t.kvm(withFolders(plan9({ boot: { order: 1 } }), plan9({ driver: undefined, boot: { order: 2 } }))),
      count: 2,
      message: "is to be booted from (boot) with driver path; that is for virtiofs",
      at: "devices.filesystems[0].boot",
    },
    "drivers of containers, and handle with mapped owners": {
      plan: (t) =>
        t.kvm(
          withFolders(
            folder({ driver: { type: "loop" } }),
            folder({ driver: { type: "handle" }, access_mode: "mapped" }),
            folder({ driver: { type: "handle" }, source: { mount: { socket: "/run/fs.sock" } } }),
          ),
        ),
      count: 3,
      message:
        /has driver loop, which is for containers[\s\S]*with driver handle, which has passthrough alone/,
    },
    "what virtiofs does not know": {
      plan: (t) =>
        t.kvm(
          withFolders(
            folder({ model: "virtio", driver: { type: "virtiofs", format: "raw", wr_policy: "immediate" } }),
          ),
        ),
      count: 3,
      message: "has model, which virtiofs does not know",
    },
    "no tag": (t) => t.kvm(withFolders(plan9({ target: null }))),
  },
  passes: {
    virtiofs: (t) => t.kvm(withFolders(folder(), folder({ target: { dir: "b" } }))),
    "virtiofs that states passthrough": (t) => t.kvm(withFolders(folder({ access_mode: "passthrough" }))),
    "9p, read-only and mapped, twice": (t) =>
      t.kvm(withFolders(plan9({ read_only: true, access_mode: "mapped", fmode: "0644" }), plan9())),
    "a server of its own": (t) =>
      t.kvm(
        withFolders(
          folder({ source: { mount: { socket: "/run/fs.sock" } }, read_only: true, access_mode: "mapped" }),
        ),
      ),
    "virtiofs to boot from": (t) => t.kvm(withFolders(folder({ boot: { order: 1 } }))),
    "no folders": (t) => t.kvm(),
    "read-only virtiofs, since libvirt takes it": (t) =>
      t
        .kvmHost("kvm1", { facts: { libvirtVersion: "11.0.0" } })
        .kvm(withFolders(folder({ read_only: true }))),
    "a Xen guest, which is another rule's": (t) => t.xenHvm(withFolders(folder({ read_only: true }))),
  },
  undetermined: {
    "a driver that is late": (t) => t.kvm(withFolders(folder({ driver: { type: "${var.driver}" } }))),
    "an access mode that is late": (t) => t.kvm(withFolders(folder({ access_mode: "${var.mode}" }))),
    "read-only virtiofs of an unknown libvirt": (t) =>
      t.kvmHost("kvm1", { facts: null }).kvm(withFolders(folder({ read_only: true }))),
    "read-only that is late": (t) => t.kvm(withFolders(folder({ read_only: "${var.ro}" }))),
  },
});
