import { isLate } from "../../plan/late";
import { defineRule, fail, having, type Outcome, pass, qemuGuests, undetermined } from "../../rule";

/** A shared memory device has its memory, or a server that has it. */
export const sharedMemoryDevice = defineRule({
  code: "VIRT-FW-081",
  slug: "shared-memory-device",
  severity: "error",
  stage: "define",
  title: "A shared memory device must have what its model has: a size, or a server",
  why: "ivshmem-plain is a piece of memory of a size and takes no server; ivshmem-doorbell talks to a server that gives size and interrupts. libvirt refuses the settings of the one with the other. The model ivshmem, which a device without a model is, went with QEMU 4.0. The name is that of a file in /dev/shm.",
  fix: "Give ivshmem-plain a size, and ivshmem-doorbell the path of its server.",
  sources: [
    "tried: libvirt 9.0.0, define: shmem model 'ivshmem-doorbell' does not support size setting; is supported only with server option enabled; 'ivshmem-plain' is supported only with server option disabled; msi option is only supported with a server; of model ivshmem and of none: ivshmem device is not supported with this QEMU binary; of the names a/b, . and ..: shmem name cannot include '/' character, cannot be equal to",
    "QEMU 4.0 removed features: ivshmem",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.shmems"),
  *check({ domain: { devices }, label }): Iterable<Outcome> {
    for (const [index, { model, msi, name, server, size }] of (devices?.shmems ?? []).entries()) {
      const type = model?.type;
      const at = `devices.shmems[${index}]`;
      const subject = `Shared memory "${name}" of "${label}"`;
      if (isLate(type) || isLate(name)) {
        yield undetermined("a shared memory device is known only at apply");
        continue;
      }
      const wrong: { at: string; what: string; fix: string }[] = [];
      if (type === undefined || type === "ivshmem") {
        const what = type ? "QEMU has not had since 4.0" : "has no model";
        const fix = 'set model.type to "ivshmem-plain", or to "ivshmem-doorbell" with a server';
        wrong.push({ at: "model.type", what, fix });
      }
      if (name !== undefined && (name.includes("/") || name === "." || name === "..")) {
        const what = "has a name that is no name of a file";
        wrong.push({ at: "name", what, fix: "use letters, digits and dashes" });
      }
      if (type === "ivshmem-doorbell") {
        if (server === undefined) {
          wrong.push({ at: "server", what: "has no server", fix: "set server.path to the server's socket" });
        }
        if (size !== undefined) {
          wrong.push({ at: "size", what: "has a size, which its server gives", fix: "remove size" });
        }
      } else if (type === "ivshmem-plain" && server !== undefined) {
        wrong.push({
          at: "server",
          what: "has a server",
          fix: 'use model "ivshmem-doorbell", or remove server',
        });
      }
      if (msi !== undefined && server === undefined) {
        wrong.push({ at: "msi", what: "has msi without a server", fix: "remove msi" });
      }
      if (wrong.length === 0) yield pass;
      for (const each of wrong) {
        const model =
          type === undefined
            ? ""
            : `is of model ${type}${type === "ivshmem" && each.at === "model.type" ? ", which " : " and "}`;
        const message = `${subject} ${model}${each.what}.`;
        yield fail({ at: `${at}.${each.at}`, message, fix: each.fix });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm(withDevice({ model: { type: "ivshmem-doorbell" } })),
    good: (plan) => plan.kvm(withDevice({ model: { type: "ivshmem-plain" }, size: 4, size_unit: "M" })),
  },
});

function withDevice(device: Record<string, unknown>): Record<string, unknown> {
  return { devices: { shmems: [{ name: "frames", ...device }] } };
}
