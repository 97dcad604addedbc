import { sharedMemoryDevice } from "../../../lib/rules/fw/shared-memory-device";
import { RuleTester } from "../../../lib/testing";

const shared = (device: Record<string, unknown>) => ({
  name: "web",
  devices: { shmems: [{ name: "frames", ...device }] },
});
const PLAIN = { model: { type: "ivshmem-plain" } };
const DOORBELL = { model: { type: "ivshmem-doorbell" } };
const SERVER = { server: { path: "/run/ivshmem" } };

RuleTester.run(sharedMemoryDevice, {
  fails: {
    "a doorbell without a server": {
      plan: (t) => t.kvm(shared(DOORBELL)),
      message: 'Shared memory "frames" of "web" is of model ivshmem-doorbell and has no server.',
      at: "devices.shmems[0].server",
    },
    "a doorbell with a size": {
      plan: (t) => t.kvm(shared({ ...DOORBELL, ...SERVER, size: 4 })),
      at: "devices.shmems[0].size",
    },
    "plain memory with a server": (t) => t.kvm(shared({ ...PLAIN, ...SERVER })),
    "interrupts without a server": {
      plan: (t) => t.kvm(shared({ ...PLAIN, msi: { enabled: "on" } })),
      fix: "remove msi",
    },
    "the model that went, and none": {
      plan: (t) =>
        t.kvm({
          name: "web",
          devices: { shmems: [{ name: "a", model: { type: "ivshmem" } }, { name: "b" }] },
        }),
      count: 2,
      message:
        /"a" of "web" is of model ivshmem, which QEMU has not had since 4\.0\.\n.*"b" of "web" has no model/,
      fix: /ivshmem-plain/,
    },
    "names that are none of files": {
      plan: (t) => t.kvm({ devices: { shmems: ["a/b", ".", ".."].map((name) => ({ name, ...PLAIN })) } }),
      count: 3,
      message: "has a name that is no name of a file",
    },
  },
  passes: {
    "plain memory": (t) => t.kvm(shared({ ...PLAIN, size: 4, size_unit: "M" })),
    "a doorbell": (t) => t.kvm(shared({ ...DOORBELL, ...SERVER, msi: { enabled: "on" } })),
  },
  undetermined: { "a late model": (t) => t.kvm(shared({ model: { type: "${var.model}" } })) },
});
