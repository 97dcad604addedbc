import { securityLabelComplete } from "../../../lib/rules/sec/security-label-complete";
import { RuleTester } from "../../../lib/testing";

const labels = (...sec_label: unknown[]) => ({ name: "web", sec_label });
const DAC = { type: "dynamic", model: "dac" };

RuleTester.run(securityLabelComplete, {
  fails: {
    "a static label without text": {
      plan: (t) => t.kvm(labels({ type: "static", model: "selinux" })),
      message: 'Security label 1 of "web" is static and has no text.',
      at: "secLabel[0].label",
    },
    "a dynamic one that does not relabel": {
      plan: (t) => t.kvm(labels({ ...DAC, relabel: "no" })),
      at: "secLabel[0].relabel",
    },
    "none that relabels": (t) => t.kvm(labels({ type: "none", relabel: "yes" })),
    "two of one model": {
      plan: (t) => t.kvm(labels(DAC, { ...DAC, base_label: "+0:+0" })),
      message: 'Security label 2 of "web" is the second of model dac.',
      at: "secLabel[1].model",
    },
    "one of two without model": {
      plan: (t) => t.kvm(labels(DAC, { type: "none" })),
      message: "names no model",
      at: "secLabel[1].model",
    },
    "one without model and type": (t) => t.kvm(labels({})),
    "one with a base label without model": (t) => t.kvm(labels({ type: "dynamic", base_label: "+0:+0" })),
  },
  passes: {
    "two models": (t) => t.kvm(labels(DAC, { type: "static", model: "selinux", label: "a:b:c:s0" })),
    "the host's first model": (t) =>
      t.kvm(labels({ type: "dynamic", relabel: "yes" })).kvm(labels({ type: "none", relabel: "no" })),
    "no model of no label": (t) => t.kvm(labels({ type: "static", model: "none" })),
    "a model without type": (t) => t.kvm(labels({ model: "dac", relabel: "no" })),
  },
  undetermined: {
    "a late model": {
      plan: (t) => t.kvm(labels({ model: "${var.model}" }, DAC)),
      reason: "a security label is known only at apply",
    },
  },
});
