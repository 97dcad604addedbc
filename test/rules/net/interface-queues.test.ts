import { interfaceQueues } from "../../../lib/rules/net/interface-queues";
import { RuleTester } from "../../../lib/testing";
import { NETWORK, withNics } from "./nic";

const driver = (settings: object, changes: object = {}) => ({
  source: NETWORK,
  driver: settings,
  ...changes,
});
const e1000 = { model: { type: "e1000" } };

RuleTester.run(interfaceQueues, {
  fails: {
    "a size that is no power of two": {
      plan: (t) => t.kvm(withNics(driver({ rx_queue_size: 300 }))),
      message: 'The interface 1 of "web" has rxQueueSize 300, which is no power of two.',
      fix: "use 256 or 512",
      severity: "error",
      at: "devices.interfaces[0].driver.rxQueueSize",
    },
    "such a size for sending": (t) => t.kvm(withNics(driver({ tx_queue_size: 1000 }))),
    "a negative size": (t) => t.kvm(withNics(driver({ tx_queue_size: -4 }))),
    "a negative number of queues": {
      plan: (t) => t.kvm(withNics(driver({ queues: -1 }))),
      message: "has -1 queues",
    },
    "several queues on user networking": {
      plan: (t) => t.kvm(withNics(driver({ queues: 4 }, { source: { user: {} } }))),
      message: "has 4 queues on a source of kind user, which has one",
      at: "devices.interfaces[0].driver.queues",
    },
    "an option of virtio for the model that libvirt takes": {
      plan: (t) => t.kvm({ devices: { interfaces: [{ source: { user: {} }, driver: { ats: "on" } }] } }),
      message: "has ats, which model rtl8139 does not take",
    },
    "an option of virtio for another model": {
      plan: (t) => t.kvm(withNics(driver({ packed: "on" }, e1000))),
      message: "has packed, which model e1000 does not take: libvirt refuses it",
      severity: "error",
    },
    "queues of another model": {
      plan: (t) => t.kvm(withNics(driver({ queues: 4 }, e1000))),
      message: "libvirt drops it",
      severity: "warning",
    },
  },
  passes: {
    "a power of two": (t) => t.kvm(withNics(driver({ rx_queue_size: 512, tx_queue_size: 256, queues: 4 }))),
    "a size of 0, which is none": (t) => t.kvm(withNics(driver({ rx_queue_size: 0 }))),
    "one queue on user networking": (t) => t.kvm(withNics(driver({ queues: 1 }, { source: { user: {} } }))),
    "virtio-transitional": (t) =>
      t.kvm(withNics(driver({ packed: "on" }, { model: { type: "virtio-transitional" } }))),
    "a driver that says nothing of queues": (t) => t.kvm(withNics(driver({ name: "vhost" }, e1000))),
    "an option for a device of the host": (t) =>
      t.kvm({ devices: { interfaces: [{ source: { vdpa: { dev: "/dev/x" } }, driver: { ats: "on" } }] } }),
    "no driver": (t) => t.kvm(withNics({ source: NETWORK })),
  },
  undetermined: {
    "a size that is late": (t) => t.kvm(withNics(driver({ rx_queue_size: "${var.size}" }))),
    "queues that are late": (t) => t.kvm(withNics(driver({ queues: "${var.queues}" }))),
    "a model that is late": {
      plan: (t) => t.kvm(withNics(driver({ queues: 4 }, { model: { type: "${var.model}" } }))),
      reason: "the model of an interface is known only at apply",
    },
  },
});
