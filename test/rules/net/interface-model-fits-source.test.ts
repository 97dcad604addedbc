import { interfaceModelFitsSource } from "../../../lib/rules/net/interface-model-fits-source";
import { RuleTester } from "../../../lib/testing";
import { NETWORK, withNics } from "./nic";

const VHOST_USER = { vhost_user: { dev: "vhu0", chardev: { unix: { path: "/run/vhu0", mode: "client" } } } };
const VDPA = { vdpa: { device: "/dev/vhost-vdpa-0" } };
const model = (source: object, type?: string) => ({ source, model: type && { type } });

RuleTester.run(interfaceModelFitsSource, {
  fails: {
    "vhost-user with another model": {
      plan: (t) => t.kvm(withNics(model(VHOST_USER, "e1000"))),
      message: 'The interface 1 of "web" is vhost-user of model e1000; it must be virtio.',
      fix: 'set model.type to "virtio"',
      at: "devices.interfaces[0].model",
    },
    "vhost-user without model": {
      plan: (t) => t.kvm(withNics(model(VHOST_USER))),
      message: "is vhost-user without a model",
    },
    "vDPA with another model": {
      plan: (t) => t.kvm(withNics(model(VDPA, "virtio-non-transitional"))),
      message: "is vDPA of model virtio-non-transitional",
    },
  },
  passes: {
    "vhost-user with virtio": (t) => t.kvm(withNics(model(VHOST_USER, "virtio"))),
    "vhost-user with virtio-transitional": (t) => t.kvm(withNics(model(VHOST_USER, "virtio-transitional"))),
    "vDPA with virtio": (t) => t.kvm(withNics(model(VDPA, "virtio"))),
    "vDPA without model": (t) => t.kvm(withNics(model(VDPA))),
    "another kind of source": (t) => t.kvm(withNics(model(NETWORK, "e1000"))),
  },
  undetermined: {
    "a model that is late": (t) => t.kvm(withNics(model(VDPA, "${var.model}"))),
  },
});
