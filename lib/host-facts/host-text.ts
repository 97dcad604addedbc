import { stripVTControlCharacters } from "node:util";
import type { HostFactsData } from "./facts";
import { colonLines, completeLines } from "./text-table";
import { integer, known, Unreadable } from "./unreadable";

export interface NodeInfo {
  readonly arch?: string;
  readonly threads: number;
  readonly memoryKiB: number;
}

export type Version = Pick<HostFactsData, "hypervisor" | "hypervisorVersion" | "libvirtVersion">;

/** Reads `virsh nodeinfo`. */
export function readNodeInfo(text: string): NodeInfo {
  const lines = colonLines(text);
  const memory = /^(\d+) KiB$/.exec(lines.get("Memory size") ?? "")?.[1];
  const threads = lines.get("CPU(s)");
  if (memory === undefined || threads === undefined) {
    throw new Unreadable('has no "CPU(s)" or no "Memory size" in KiB; is it cut, or in another language?');
  }
  return known({
    arch: lines.get("CPU model"),
    threads: integer(threads, "CPU(s)")!,
    memoryKiB: integer(memory, "Memory size")!,
  });
}

/** Reads `virsh version`, with or without `--daemon`. */
export function readVersion(text: string): Version {
  const lines = colonLines(text);
  const running = /^(\S+) (\d[\d.]*)$/.exec(lines.get("Running hypervisor") ?? "");
  // Without the daemon's line this is the library of the virsh that asked.
  const libvirt = lines.get("Running against daemon") ?? lines.get("Using library");
  if (running === null && libvirt === undefined) {
    throw new Unreadable('has neither "Running hypervisor" nor "Using library"; is it in another language?');
  }
  return known({
    hypervisor: running === null ? undefined : HYPERVISORS[running[1]!],
    hypervisorVersion: running?.[2],
    libvirtVersion: libvirt?.replace(/^libvirt /, ""),
  });
}

const HYPERVISORS: Readonly<Record<string, "qemu" | "xen" | undefined>> = { QEMU: "qemu", Xen: "xen" };

/** Reads `uname -r`. */
export function readKernelRelease(text: string): string {
  const [release = "", ...more] = completeLines(text).filter((line) => line !== "");
  if (more.length > 0 || !/^\d+\.\d+\S*$/.test(release)) {
    throw new Unreadable(`holds "${release}", which is no kernel release`);
  }
  return release;
}

/** Reads /proc/cpuinfo: the virtualization extension among the flags; undefined where there is no line of flags. */
export function readCpuInfo(text: string): "vmx" | "svm" | "none" | undefined {
  const lines = colonLines(text);
  if (!["flags", "processor", "model name", "vendor_id"].some((key) => lines.has(key))) {
    throw new Unreadable("has none of the lines of /proc/cpuinfo");
  }
  const flags = lines.get("flags")?.split(/\s+/);
  return flags && (extensionIn(flags) ?? "none");
}

/** The virtualization extension in a list of CPU features. */
export function extensionIn(features: readonly string[] | undefined): "vmx" | "svm" | undefined {
  return (["vmx", "svm"] as const).find((flag) => features?.includes(flag));
}

/** Reads `virt-host-validate`: whether it found hardware virtualization; undefined when it did not look for it. */
export function readHostValidation(text: string): boolean | undefined {
  const checks = new Map<string, string>();
  for (const line of completeLines(text)) {
    // Some versions colour the verdict even when they write to a file.
    const check = /^\s*(\w+: Checking .+?)\s+: (PASS|FAIL|WARN)/.exec(stripVTControlCharacters(line));
    if (check) checks.set(check[1]!, check[2]!);
  }
  if (checks.size === 0)
    throw new Unreadable("has no line of virt-host-validate; is it in another language?");
  const verdict = checks.get("QEMU: Checking for hardware virtualization");
  return verdict === "PASS" || (verdict === "FAIL" ? false : undefined);
}
