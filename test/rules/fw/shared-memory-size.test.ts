import { sharedMemorySize } from "../../../lib/rules/fw/shared-memory-size";
import { RuleTester } from "../../../lib/testing";

const shmem = (size: unknown, size_unit?: string) => ({
  name: "web",
  devices: { shmems: [{ name: "frames", model: { type: "ivshmem-plain" }, size, size_unit }] },
});

RuleTester.run(sharedMemorySize, {
  fails: {
    "3 MiB": {
      plan: (t) => t.kvm(shmem(3, "MiB")),
      message: 'Shared memory "frames" of "web" is of 3 MiB, which is no power of two.',
      fix: "use 4096 KiB",
      at: "devices.shmems[0].size",
    },
    "4 bytes": {
      plan: (t) => t.kvm(shmem(4)),
      message: "is of 4 bytes, which is less than 1 MiB",
      fix: 'size 4 with sizeUnit "MiB"',
    },
  },
  passes: {
    "powers of two": (t) => t.kvm(shmem(1, "MiB")).kvm({ ...shmem(4096, "KiB"), name: "b" }),
    "libvirt's own": (t) => t.kvm(shmem(undefined)).kvm({ ...shmem(0, "MiB"), name: "b" }),
    "a unit that another rule knows of": (t) => t.kvm(shmem(3, "x")),
  },
  undetermined: { "a late size": (t) => t.kvm(shmem("${var.size}", "MiB")) },
});
