import { smmTseg } from "../../../lib/rules/fw/smm-tseg";
import { RuleTester } from "../../../lib/testing";

const smm = (tseg: unknown, tseg_unit: string | null, state = "on") => ({
  name: "web",
  features: { smm: { state, tseg, tseg_unit } },
});

RuleTester.run(smmTseg, {
  fails: {
    "a part of a MiB": {
      plan: (t) => t.kvm(smm(1000, "KiB")),
      message: 'TSEG of "web" is 1000 KiB, which is no whole number of MiB.',
      at: "features.smm.tseg",
    },
    bytes: { plan: (t) => t.kvm(smm(48, "bytes")), message: "is 48 bytes" },
    "another machine": {
      plan: (t) => t.kvm({ ...smm(48, "MiB"), os: { type_machine: "pc" } }),
      message: "is of machine pc and has TSEG",
      fix: "use machine q35",
    },
  },
  passes: {
    "whole MiB": (t) =>
      t
        .kvm(smm(48, "MiB"))
        .kvm({ ...smm(48, null), name: "c" })
        .kvm({ ...smm(2048, "KiB"), name: "b" }),
    "a versioned q35": (t) => t.kvm({ ...smm(48, "MiB"), os: { type_machine: "pc-q35-7.2" } }),
    "no SMM": (t) => t.kvm(smm(1000, "KiB", "off")),
  },
  undetermined: { "a late size": (t) => t.kvm(smm("${var.tseg}", "MiB")) },
});
