import { join } from "node:path";
import { HostFacts, type HostFactsData } from "../../../lib/host-facts";
import { numbersOf, rangesOf } from "../../../lib/rules/cpu/cpu-set";
import { pinnedCpusExist } from "../../../lib/rules/cpu/pinned-cpus-exist";
import { RuleTester } from "../../../lib/testing";

const captured = { facts: HostFacts.fromDirectory(join(__dirname, "../../data/host-facts/kvm-debian12")) };
const host = (cpu: Partial<NonNullable<HostFactsData["cpu"]>>) => ({
  facts: { cpu: { features: [], ...cpu } },
});
const tune = (cpu_tune: unknown) => ({ name: "a", cpu_tune });
const vcpuPin = (...sets: string[]) => tune({ vcpu_pin: sets.map((cpu_set, vcpu) => ({ vcpu, cpu_set })) });

describe("CPU sets", () => {
  it.each([
    ["0", [0]],
    ["0-3", [0, 1, 2, 3]],
    ["0-3,^2", [0, 1, 3]],
    ["0-3,^1-2,8", [0, 3, 8]],
    [" 1 , 2-2 ", [1, 2]],
    ["16384", [16384]],
  ])("%s", (set, numbers) => expect(numbersOf(set)).toEqual(numbers));

  it.each([[""], ["a"], ["3-1"], ["1,,2"], ["-1"], ["0-16385"]])("'%s' is malformed", (set) =>
    expect(numbersOf(set)).toBeUndefined(),
  );

  it("are written for people", () => {
    expect(rangesOf([8, 0, 2, 1, 10])).toBe("0-2, 8, 10");
    expect(rangesOf([0, 5, 6])).toBe("0, 5-6");
    expect(rangesOf([5])).toBe("5");
  });
});

RuleTester.run(pinnedCpusExist, {
  fails: {
    "a vCPU pinned to a CPU that the captured host does not have": {
      plan: (t) => t.kvmHost("h1", captured).kvm(vcpuPin("0", "40")),
      message: 'cpuTune.vcpuPin[1].cpuSet of "a" is 40, but "h1" has none of these CPUs: it has 0-1.',
      fix: "choose from 0-1",
      at: "cpuTune.vcpuPin[1].cpuSet",
      severity: "error",
    },
    "the first CPU that is not there": (t) => t.kvmHost("h1", captured).kvm(vcpuPin("2")),
    "some that are not there": {
      plan: (t) => t.kvmHost("h1", captured).kvm(vcpuPin("0-3,7")),
      message: 'is 0-3,7, but "h1" has no CPU 2-3, 7: it has 0-1.',
      severity: "warning",
    },
    "the emulator, its threads and all vCPUs": {
      plan: (t) =>
        t.kvmHost("h1", captured).kvm({
          vcpu_cpuset: "40",
          ...tune({ emulator_pin: { cpu_set: "40" }, io_thread_pin: [{ io_thread: 1, cpu_set: "40" }] }),
        }),
      message: /cpuTune.emulatorPin.cpuSet of[\s\S]*cpuTune.ioThreadPin\[0\].cpuSet of[\s\S]*vcpuCpuset of/,
      count: 3,
    },
    "a CPU that is switched off": {
      plan: (t) => t.kvmHost("h1", host({ ids: [0, 1, 3], threads: 4 })).kvm(vcpuPin("2")),
      message: "it has 0-1, 3",
    },
    "a host of which only the number of CPUs is known": {
      plan: (t) => t.kvmHost("h1", host({ threads: 4 })).kvm(vcpuPin("4")),
      message: "it has 0-3",
    },
    "a known pin beside a late one": (t) => t.kvmHost("h1", captured).kvm(vcpuPin("40", "${var.cpus}")),
    "an emulated guest": (t) => t.kvmHost("h1", captured).tcg(vcpuPin("40")),
  },
  passes: {
    "CPUs that are there": (t) => t.kvmHost("h1", captured).kvm(vcpuPin("0", "0-1", "0-5,^2-5")),
    "the last of a number of CPUs": (t) => t.kvmHost("h1", host({ threads: 4 })).kvm(vcpuPin("3")),
    "a malformed set: that is another rule's": (t) => t.kvmHost("h1", captured).kvm(vcpuPin("x")),
    "no pins, even without facts": (t) =>
      t
        .kvmHost("h1", { facts: null })
        .kvm()
        .kvm(tune({ shares: 512 })),
    "a Xen guest": (t) => t.xenPv(vcpuPin("400")),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.kvmHost("h1", { facts: null }).kvm(vcpuPin("0")),
      reason: 'needs facts of "h1"',
    },
    "facts without CPUs": (t) => t.kvmHost("h1", host({})).kvm(vcpuPin("0")),
    "a set that is known only at apply": {
      plan: (t) => t.kvmHost("h1", captured).kvm(vcpuPin("${var.cpus}")),
      reason: "a CPU set is known only at apply",
    },
    "tuning that is known only at apply": (t) => t.kvmHost("h1", captured).kvm(tune("${var.tune}")),
  },
});
