import { isLate } from "../../plan/late";
import { toKiB } from "../../plan/units";
import { defineRule, fail, having, type Outcome, pass, qemuGuests, undetermined } from "../../rule";

const LEAST_KIB = 1024;

/** Shared memory is mapped through a window of the PCI bus, whose sizes are powers of two. */
export const sharedMemorySize = defineRule({
  code: "VIRT-FW-086",
  slug: "shared-memory-size",
  severity: "error",
  stage: "start",
  title: "Shared memory must be a power of two, of 1 MiB or more",
  why: "The guest sees shared memory through a BAR of a PCI device, whose size is a power of two. libvirt defines every size and refuses to start the guest; without one it takes 4 MiB. A number without a unit counts bytes.",
  fix: 'Give the size in MiB, such as size 4 with sizeUnit "MiB".',
  sources: [
    "libvirt qemu_command.c qemuBuildShmemCommandLine",
    "tried: libvirt 9.0.0, start with 3 MiB and 3000 KiB: shmem size must be a power of two; with 4 bytes and 4 KiB: must be at least 1 MiB; 0, none and 1 MiB start",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.shmems[].size"),
  *check(guest): Iterable<Outcome> {
    for (const [index, { name, size, sizeUnit }] of (guest.domain.devices?.shmems ?? []).entries()) {
      if (!size) continue;
      const kib = toKiB(size, sizeUnit ?? "B");
      const given = `${size} ${sizeUnit ?? "bytes"}`;
      if (isLate(kib)) yield undetermined("the size of shared memory is known only at apply");
      else if (
        kib === undefined ||
        ((kib as number) >= LEAST_KIB && Number.isInteger(Math.log2(kib as number)))
      ) {
        yield pass;
      } else {
        const few = (kib as number) < LEAST_KIB;
        yield fail({
          at: `devices.shmems[${index}].size`,
          message: `Shared memory "${name}" of "${guest.label}" is of ${given}, which is ${few ? "less than 1 MiB" : "no power of two"}.`,
          fix: few
            ? 'give it in MiB: size 4 with sizeUnit "MiB"'
            : `use ${2 ** Math.ceil(Math.log2(kib as number))} KiB`,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm(sized(3)),
    good: (plan) => plan.kvm(sized(4)),
  },
});

function sized(size: number): Record<string, unknown> {
  return {
    devices: { shmems: [{ name: "frames", model: { type: "ivshmem-plain" }, size, size_unit: "MiB" }] },
  };
}
