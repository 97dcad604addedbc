import { translationCacheInMib } from "../../../lib/rules/mem/translation-cache-in-mib";
import { RuleTester } from "../../../lib/testing";

const tcg = (tb_cache: unknown, tb_cache_unit?: string) => ({
  name: "web",
  features: { tcg: { tb_cache, tb_cache_unit } },
});

RuleTester.run(translationCacheInMib, {
  fails: {
    "KiB, as no unit is given": {
      plan: (t) => t.tcg(tcg(128)),
      message: 'The translation cache of "web" is 128 KiB; QEMU takes whole MiB.',
      fix: 'set features.tcg.tbCacheUnit to "MiB"',
      at: "features.tcg.tbCache",
    },
    "a part of a MiB": { plan: (t) => t.tcg(tcg(1536, "KiB")), fix: "use a number of MiB" },
  },
  passes: {
    "whole MiB": (t) => t.tcg(tcg(128, "MiB")).tcg(tcg(2048)).tcg(tcg(1, "GiB")),
    "nothing that is a size": (t) => t.tcg(tcg(1, "pages")).tcg(tcg(-1)),
  },
  undetermined: { "a late size": (t) => t.tcg(tcg("${var.size}")) },
});
