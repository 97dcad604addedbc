import type { XenHostFacts } from "./facts";
import { colonLines, completeLines } from "./text-table";
import { integer, known, Unreadable } from "./unreadable";

/** What `xl info` tells beside the facts that are Xen's alone. */
export interface XlInfo {
  readonly arch?: string;
  readonly kernelRelease?: string;
  readonly xen: XenHostFacts;
}

/** Reads `xl info`. */
export function readXlInfo(text: string): XlInfo {
  const lines = colonLines(text);
  const words = (key: string): readonly string[] => {
    const line = lines.get(key);
    if (line === undefined) throw new Unreadable(`has no line ${key}, so it is cut or not from xl info`);
    return line.split(/\s+/).filter((word) => word !== "");
  };
  const commandLine = lines.get("xen_commandline");
  return known({
    arch: lines.get("machine"),
    kernelRelease: lines.get("release"),
    xen: known({
      version: lines.get("xen_version"),
      capabilities: words("xen_caps"),
      virtCaps: words("virt_caps"),
      totalMemoryMiB: integer(lines.get("total_memory"), "total_memory"),
      freeMemoryMiB: integer(lines.get("free_memory"), "free_memory"),
      threads: integer(lines.get("nr_cpus"), "nr_cpus"),
      scheduler: lines.get("xen_scheduler"),
      commandLine,
      dom0MemoryMiB: dom0MemoryOf(commandLine),
      dom0Vcpus: integer(/(?:^| )dom0_max_vcpus=(\d+)(?= |$)/.exec(commandLine ?? "")?.[1], "dom0_max_vcpus"),
    }),
  });
}

/** In MiB, as `dom0_mem` counts: a bare number is KiB. */
const UNITS_MIB: Readonly<Record<string, number>> = {
  "": 1 / 1024,
  b: 1 / 1024 ** 2,
  k: 1 / 1024,
  m: 1,
  g: 1024,
  t: 1024 ** 2,
};

/** The plain size in `dom0_mem=SIZE,min:SIZE,max:SIZE`; shares of the machine and differences are not resolved. */
function dom0MemoryOf(commandLine: string | undefined): number | undefined {
  // Xen lets the last of a repeated option win, and each of its parts keep what it set.
  const parts = [...(commandLine ?? "").matchAll(/(?:^| )dom0_mem=(\S*)/g)].flatMap((match) =>
    match[1]!.split(","),
  );
  const size = parts.filter((part) => !/^(min|max):/.test(part)).at(-1);
  const match = /^(\d+)([bkmgt]?)$/i.exec(size ?? "");
  return match ? Math.floor(Number(match[1]) * UNITS_MIB[match[2]!.toLowerCase()]!) : undefined;
}

/** Reads dom0's line of `xl list`. */
export function readXlList(text: string): Required<Pick<XenHostFacts, "dom0MemoryMiB" | "dom0Vcpus">> {
  const [header = "", ...rows] = completeLines(text);
  if (!/^Name\s+ID\s+Mem\s+VCPUs/.test(header))
    throw new Unreadable("does not begin with the header of xl list");
  const dom0 = rows.map((row) => /^\S+\s+0\s+(\d+)\s+(\d+)\s/.exec(row)).find((match) => match !== null);
  if (dom0 == null) throw new Unreadable("does not list Domain-0");
  return {
    dom0MemoryMiB: integer(dom0[1], "dom0's memory")!,
    dom0Vcpus: integer(dom0[2], "dom0's VCPUs")!,
  };
}
