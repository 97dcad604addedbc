import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, type Outcome, pass, qemuGuests, undetermined } from "../../rule";

/** A path is looked up by libvirt on the host, whose working folder is no one's. */
export const pathIsAbsolute = defineRule({
  code: "VIRT-DSK-060",
  slug: "path-is-absolute",
  severity: "error",
  stage: "start",
  title: "Paths on the host must begin with a slash",
  why: "Images, kernels and folders are on the host. libvirt looks there for a relative path from its own working folder, the root of the file system, and never from where Terraform runs; ~ means nothing to it.",
  fix: "Write the whole path on the host, or make a volume of a local file with create.content.url.",
  sources: [
    "tried: libvirt 9.0.0 defines images/a.img and ~/a.img and refuses to start them: Cannot access storage file: No such file or directory; emulator qemu-system-x86_64 is refused at define: Cannot check QEMU binary; a path without the leading slash starts where the file lies at that path from the root folder",
    "libvirt's schema takes an absolute path",
  ],
  needs: ["guest"],
  on: qemuGuests,
  *check(guest): Iterable<Outcome> {
    let found = false;
    for (const [at, path] of pathsOf(guest)) {
      if (path === undefined || path === "") continue;
      if (isLate(path)) {
        // What a reference to a volume or a module gives is as a rule absolute, so that only a start can tell.
        if (path.startsWith("${") || path.startsWith("/")) continue;
        found = true;
        yield undetermined("a path is known only at apply");
      } else if (!path.startsWith("/")) {
        found = true;
        yield fail({
          at,
          message: `${at} of "${guest.label}" is ${path}, which libvirt looks for as /${path.replace(/^(?:\.\/)+/, "")} on ${guest.host.label}.`,
          fix: "write the whole path on the host, from the slash on",
        });
      }
    }
    if (!found) yield pass;
  },
  examples: {
    bad: (plan) => plan.kvm(withImage("images/web.qcow2")),
    good: (plan) => plan.kvm(withImage("/var/lib/libvirt/images/web.qcow2")),
  },
});

function* pathsOf({ domain, disks }: PlanGuest): Iterable<readonly [string, string | undefined]> {
  for (const [index, { source }] of disks.entries()) {
    if (source === undefined) continue;
    yield [`devices.disks[${index}].source.file.file`, source.file?.file];
    yield [`devices.disks[${index}].source.block.dev`, source.block?.dev];
    yield [`devices.disks[${index}].source.dir.dir`, source.dir?.dir];
  }
  yield ["os.kernel", domain.os?.kernel];
  yield ["os.initrd", domain.os?.initrd];
  yield ["devices.emulator", domain.devices?.emulator];
  for (const [index, { source }] of (domain.devices?.filesystems ?? []).entries()) {
    yield [`devices.filesystems[${index}].source.mount.dir`, source?.mount?.dir];
  }
}

function withImage(file: string): Record<string, unknown> {
  const driver = { name: "qemu", type: "qcow2" };
  return {
    devices: { disks: [{ source: { file: { file } }, target: { dev: "vda", bus: "virtio" }, driver }] },
  };
}
