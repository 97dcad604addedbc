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
    "no tag": (t) => t.kvm(withFolders(plan9({ target: null }))),
  },
  passes: {
    virtiofs: (t) => t.kvm(withFolders(folder(), folder({ target: { dir: "b" } }))),
    "virtiofs that states passthrough": (t) => t.kvm(withFolders(folder({ access_mode: "passthrough" }))),
    "9p, read-only and mapped, twice": (t) =>
      t.kvm(withFolders(plan9({ read_only: true, access_mode: "mapped", fmode: "0644" }), plan9())),
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
