import { isLate } from "../../plan/late";
import { formatKiB, toKiB } from "../../plan/units";
import { defineRule, fail, having, notApplicable, pass, qemuGuests, undetermined } from "../../rule";

/** Emulation keeps what it has translated. */
export const translationCacheInMib = defineRule({
  code: "VIRT-MEM-101",
  slug: "translation-cache-in-mib",
  severity: "error",
  stage: "define",
  title: "The translation cache of an emulated guest must be whole MiB",
  why: "QEMU takes the size of the cache in MiB. Without a unit the number is KiB.",
  fix: 'Set tbCacheUnit to "MiB".',
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDefFeatures",
    "tried: libvirt 9.0.0 refuses 128 without unit and 1 KiB: tb-cache size must be an integer multiple of MiB; it takes 2048 without unit",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "features.tcg.tbCache"),
  check: ({ domain: { features }, label }) => {
    const { tbCache, tbCacheUnit } = features?.tcg ?? {};
    const size = toKiB(tbCache, tbCacheUnit);
    if (isLate(size)) return undetermined("the size of a translation cache is known only at apply");
    // Units that are none, and what is below 0, are other rules' matter.
    if (size === undefined || (size as number) < 0) return notApplicable;
    if (Math.ceil(size as number) % 1024 === 0) return pass;
    return fail({
      at: "features.tcg.tbCache",
      message: `The translation cache of "${label}" is ${formatKiB(size as number)}; QEMU takes whole MiB.`,
      fix: tbCacheUnit ? "use a number of MiB" : 'set features.tcg.tbCacheUnit to "MiB"',
    });
  },
  examples: {
    bad: (plan) => plan.tcg({ features: { tcg: { tb_cache: 128 } } }),
    good: (plan) => plan.tcg({ features: { tcg: { tb_cache: 128, tb_cache_unit: "MiB" } } }),
  },
  alsoFails: ["VIRT-HYP-005"],
});
