import { isLate } from "../../plan/late";
import { defineRule, fail, having, type Outcome, pass, qemuGuests, undetermined } from "../../rule";

/** Modes in which the guest sees the host's own CPU. */
const HOST_CPUS = ["host-passthrough", "maximum"];

/** QEMU makes up a third level, or shows the host's caches, and nothing between. */
export const cpuCacheFitsMode = defineRule({
  code: "VIRT-CPU-080",
  slug: "cpu-cache-fits-mode",
  severity: "error",
  stage: "define",
  title: "A CPU's cache and address width must be settings of their mode",
  why: "QEMU emulates a cache of level 3 alone, and shows the caches of the host only with the host's CPU and without a level. An emulated width of physical addresses needs its bits, and the host's own takes none.",
  fix: "Set level 3 with cache mode emulate and no level with another; bits with maxPhysAddr mode emulate alone.",
  sources: [
    "tried: libvirt 9.0.0, define: CPU cache mode 'emulate' can only be used with level='3'; unsupported CPU cache level for mode 'passthrough' and 'disable'; 'passthrough' can only be used with 'host-passthrough' / 'maximum' CPUs; maximum physical address mode='emulate', bits= must be specified too; bits number specification cannot be used with mode='passthrough', which a custom model takes",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "cpu.cache", "cpu.maxPhysAddr"),
  *check({ domain: { cpu }, label }): Iterable<Outcome> {
    const { cache, maxPhysAddr } = cpu!;
    if (isLate(cache) || isLate(cache?.mode) || isLate(cache?.level) || isLate(cpu!.mode)) {
      yield undetermined("the cache or the mode of a CPU is known only at apply");
    } else if (cache !== undefined) {
      const level = cache.level === undefined ? "without a level" : `of level ${cache.level}`;
      if (cache.mode === "emulate" && cache.level !== 3) {
        yield fail({
          at: "cpu.cache.level",
          message: `"${label}" emulates a cache ${level}; QEMU emulates level 3 alone.`,
          fix: "set cpu.cache.level to 3",
        });
      } else if (cache.mode !== "emulate" && cache.level !== undefined) {
        yield fail({
          at: "cpu.cache.level",
          message: `"${label}" has cache mode ${cache.mode} ${level}; only emulate has a level.`,
          fix: "remove cpu.cache.level",
        });
      } else if (cache.mode === "passthrough" && !HOST_CPUS.includes(cpu!.mode ?? "custom")) {
        yield fail({
          at: "cpu.cache.mode",
          message: `"${label}" shows the host's caches with CPU mode ${cpu!.mode ?? "custom"}.`,
          fix: 'set cpu.mode to "host-passthrough", or remove cpu.cache',
        });
      } else yield pass;
    }
    if (isLate(maxPhysAddr) || isLate(maxPhysAddr?.mode)) {
      yield undetermined("the address width of a CPU is known only at apply");
    } else if (maxPhysAddr?.mode === "emulate" && maxPhysAddr.bits === undefined) {
      yield fail({
        at: "cpu.maxPhysAddr.bits",
        message: `"${label}" emulates a width of physical addresses without saying how many bits.`,
        fix: "set cpu.maxPhysAddr.bits, such as 42",
      });
    } else if (maxPhysAddr?.mode === "passthrough" && maxPhysAddr.bits !== undefined) {
      yield fail({
        at: "cpu.maxPhysAddr.bits",
        message: `"${label}" takes the host's width of physical addresses and asks for ${maxPhysAddr.bits} bits.`,
        fix: 'remove bits, set limit instead, or set mode to "emulate"',
      });
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ cpu: { mode: "host-passthrough", cache: { mode: "emulate", level: 2 } } }),
    good: (plan) => plan.kvm({ cpu: { mode: "host-passthrough", cache: { mode: "emulate", level: 3 } } }),
  },
});
