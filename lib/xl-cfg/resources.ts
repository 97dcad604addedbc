import type { DomainConfig, DomainCpu, DomainCpuTune } from "../provider/domain";
import { type Options, shown, wholeNumber } from "./options";
import { XlCfgError, type XlText } from "./syntax";
import type { XlType } from "./type";

type Resources = Pick<
  DomainConfig,
  "memory" | "memoryUnit" | "currentMemory" | "currentMemoryUnit" | "vcpu" | "vcpuCurrent" | "cpu" | "cpuTune"
>;

/** What xl gives a guest that states none, in MiB. */
const DEFAULT_MEMORY = 32;

/** Memory, vCPUs, and where they are. */
export function resourcesOf(options: Options, type: XlType): Resources {
  const cells = cellsOf(options);
  const current = options.number("memory");
  const maximum =
    options.number("maxmem") ?? (cells.length > 0 ? sum(cells.map(({ memory }) => memory)) : undefined);
  const vcpus = options.number("vcpus", { min: 1, max: 512 }) ?? (cells.length > 0 ? countOf(cells) : 1);
  const all = options.number("maxvcpus", { min: 1, max: 512 }) ?? vcpus;
  if (all < vcpus) throw options.wrong("maxvcpus", `is ${all}: expected at least the ${vcpus} of vcpus`);
  const memory = maximum ?? current ?? DEFAULT_MEMORY;
  if (memory === DEFAULT_MEMORY && maximum === undefined && current === undefined) {
    options.notes.push({
      option: "memory",
      line: 1,
      message: `is not given: xl's default is ${DEFAULT_MEMORY} MiB`,
    });
  }
  const cpu = cpuOf(options, type, cells);
  const cpuTune = tuningOf(options, all);
  return {
    memory,
    memoryUnit: "MiB",
    ...(current !== undefined && current !== memory && { currentMemory: current, currentMemoryUnit: "MiB" }),
    vcpu: all,
    ...(all !== vcpus && { vcpuCurrent: vcpus }),
    ...(cpu && { cpu }),
    ...(cpuTune && { cpuTune }),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** Weight of the scheduler and hard affinity are all that libvirt hands on. */
function tuningOf(options: Options, vcpus: number): DomainCpuTune | undefined {
  const shares = options.number("cpu_weight");
  const vcpuPin = pinsOf(options, vcpus);
  if (shares === undefined && vcpuPin.length === 0) return undefined;
  return { ...(shares !== undefined && { shares }), ...(vcpuPin.length > 0 && { vcpuPin }) };
}

/** One text is for all vCPUs, of a list each item for one. libvirt's own `cpuset` of all does not reach Xen. */
function pinsOf(options: Options, vcpus: number): { vcpu: number; cpuSet: string }[] {
  const isList = options.isListOption("cpus");
  const texts = options.textOrTexts("cpus");
  const sets = isList
    ? texts.slice(0, vcpus)
    : Array.from({ length: texts.length === 0 ? 0 : vcpus }, () => texts[0]!);
  if (texts.some(({ text }) => /node/.test(text))) {
    options.lose("cpus", "libvirt names CPUs, not the NUMA nodes that they are on");
    return [];
  }
  return sets.flatMap((set, vcpu) => {
    const cpuSet = cpuSetOf(set);
    return cpuSet === undefined ? [] : [{ vcpu, cpuSet }];
  });
}

/** Undefined for all CPUs of the host. */
function cpuSetOf(set: XlText): string | undefined {
  const text = set.text.replace(/\s/g, "");
  if (text === "all" || text === "") return undefined;
  if (!/^\^?\d+(?:-\d+)?(?:,\^?\d+(?:-\d+)?)*$/.test(text)) {
    throw new XlCfgError(`cpus is ${shown(set.text)}: expected CPUs of the host, such as 0-3,^1`, set);
  }
  return text;
}

interface Cell {
  readonly memory: number;
  readonly cpus: string;
  readonly distances?: readonly number[];
}

/** The nodes of `vnuma`, each a list such as `["pnode=0","size=1024","vcpus=0-1","vdistances=10,20"]`. */
function cellsOf(options: Options): Cell[] {
  const nodes = options.lists("vnuma");
  return nodes.map((parts, index) => {
    const at = `vnuma[${index}]`;
    const [first] = parts;
    if (first === undefined) throw options.wrong("vnuma", `has nothing for node ${index}`);
    const values = new Map(
      parts.map(({ text }) => [text.split("=")[0]!.trim(), text.split("=")[1]?.trim() ?? ""]),
    );
    const numberOf = (key: string) => {
      const number = wholeNumber(values.get(key) ?? "");
      if (number === undefined) throw new XlCfgError(`${at} needs ${key}=NUMBER`, first);
      return number;
    };
    const cpus = values.get("vcpus");
    if (cpus === undefined || !/^[\d,^-]+$/.test(cpus))
      throw new XlCfgError(`${at} needs vcpus=NUMBERS`, first);
    const distances = values.get("vdistances")?.split(",").map(Number);
    if (distances?.some((each) => !Number.isInteger(each))) {
      throw new XlCfgError(`${at} has vdistances=${values.get("vdistances")}: expected numbers`, first);
    }
    const node = values.has("pnode") ? numberOf("pnode") : index;
    if (node !== index) {
      options.losePart(
        `${at}: pnode`,
        String(node),
        first,
        `libvirt puts the node on the host's node ${index}`,
      );
    }
    return { memory: numberOf("size"), cpus, distances };
  });
}

function countOf(cells: readonly Cell[]): number {
  let highest = 0;
  for (const { cpus } of cells)
    for (const number of cpus.match(/\d+/g) ?? []) highest = Math.max(highest, Number(number));
  return Math.min(highest + 1, 512);
}

function cpuOf(options: Options, type: XlType, cells: readonly Cell[]): DomainCpu | undefined {
  const features = featuresOf(options);
  const nested = options.flag("nestedhvm");
  if (nested === true && type === "pv")
    options.lose("nestedhvm", "PV guests have no hardware virtualization to nest");
  const passthrough = features.length > 0 || (nested === true && type !== "pv");
  if (!passthrough && cells.length === 0) return undefined;
  return {
    ...(passthrough && { mode: "host-passthrough" }),
    ...(features.length > 0 && { features }),
    ...(cells.length > 0 && { numa: { cell: cells.map(cellConfig) } }),
  };
}

function cellConfig({ memory, cpus, distances }: Cell, id: number) {
  return {
    id,
    cpus,
    memory,
    unit: "MiB",
    ...(distances && {
      distances: { siblings: distances.map((value, sibling) => ({ id: sibling, value })) },
    }),
  };
}

/** libvirt's names of CPU features whose name at Xen is another. */
const FEATURE_NAMES: Readonly<Record<string, string>> = {
  cmpxchg16: "cx16",
  cntxid: "cid",
  dscpl: "ds_cpl",
  pclmulqdq: "pclmuldq",
  sse3: "pni",
  htt: "ht",
  psn: "pn",
  clfsh: "clflush",
  sysenter: "sep",
  cmpxchg8: "cx8",
  nodeid: "nodeid_msr",
  altmovcr8: "cr8legacy",
  lahfsahf: "lahf_lm",
  cmplegacy: "cmp_legacy",
  ffxsr: "fxsr_opt",
  page1gb: "pdpe1gb",
  ibrsb: "spec-ctrl",
};

/** `cpuid = "host,tm=0,sse3=1"`; registers and the form of lists are Xen's alone. */
function featuresOf(options: Options): { name: string; policy: string }[] {
  if (options.isListOption("cpuid")) {
    options.lose("cpuid", "libvirt names features, not bits of registers");
    return [];
  }
  const text = options.text("cpuid");
  if (text === undefined) return [];
  const [first, ...pairs] = text.split(",").map((part) => part.trim());
  const at = options.placeOf("cpuid");
  if (first !== "host")
    throw options.wrong("cpuid", `is ${shown(text)}: expected host, then features such as tm=0`);
  return pairs.flatMap((pair) => {
    const [name = "", value = ""] = pair.split("=");
    if (
      /^(?:maxleaf|family|model|stepping|brandid|clflush|localapicid|procpkg|apicidsize|proccount)$/.test(
        name,
      ) &&
      value !== "0" &&
      value !== "1"
    ) {
      options.losePart("cpuid", pair, at, "libvirt names features, not values of registers");
      return [];
    }
    if (value !== "0" && value !== "1") {
      if (!/^[xks]$/.test(value))
        throw options.wrong("cpuid", `has ${shown(pair)}: expected 0, 1, x, k or s`);
      // The host's own value, which the guest has anyway.
      return [];
    }
    return [{ name: FEATURE_NAMES[name] ?? name, policy: value === "1" ? "force" : "disable" }];
  });
}
