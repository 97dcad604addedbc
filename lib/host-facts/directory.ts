import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readCapabilities } from "./capabilities";
import { CAPTURES, type Capture, matches } from "./captures";
import { combine } from "./combine";
import { readDomainCapabilities } from "./domain-capabilities";
import { HostFactsError } from "./error";
import type { HostFactsData } from "./facts";
import { readCpuInfo, readHostValidation, readKernelRelease, readNodeInfo, readVersion } from "./host-text";
import {
  readAddresses,
  readInterfaceList,
  readNetwork,
  readNetworkList,
  readPool,
  readPoolList,
  readRoutes,
} from "./inventory";
import { readNodeDevice, readNodeDeviceTree } from "./node-devices";
import { readText, systemError } from "./read-file";
import { parsing, Unreadable } from "./unreadable";
import { readXlInfo, readXlList } from "./xen";

/** Far above what a host with SR-IOV needs, and little enough to refuse a wrong folder in seconds. */
const MAX_FILES = 5_000;
const MAX_TOTAL_MIB = 16;

/** Reads a folder of captures, as {@link HostFacts.fromDirectory} describes it. */
export function readDirectory(path: string): HostFactsData {
  const folder = new Folder(path);
  const readings = {
    capabilities: folder.one(CAPTURES.capabilities, readCapabilities),
    domainCapabilities: folder
      .all(CAPTURES.domainCapabilities, readDomainCapabilities)
      .map(({ value }) => value),
    nodeInfo: folder.one(CAPTURES.nodeInfo, readNodeInfo),
    version: folder.one(CAPTURES.version, readVersion),
    nodeDevices: folder.detailed(
      CAPTURES.nodeDeviceTree,
      readNodeDeviceTree,
      CAPTURES.nodeDevices,
      readNodeDevice,
    ),
    networks: folder.detailed(CAPTURES.networkList, readNetworkList, CAPTURES.networks, readNetwork),
    pools: folder.detailed(CAPTURES.poolList, readPoolList, CAPTURES.pools, readPool),
    interfaces: folder.one(CAPTURES.interfaceList, readInterfaceList),
    addresses: folder.one(CAPTURES.addresses, readAddresses),
    routes: folder.one(CAPTURES.routes, readRoutes),
    xlInfo: folder.one(CAPTURES.xlInfo, readXlInfo),
    dom0: folder.one(CAPTURES.xlList, readXlList),
    cpuInfo: folder.one(CAPTURES.cpuInfo, readCpuInfo),
    hardwareVirtualization: folder.one(CAPTURES.hostValidation, readHostValidation),
    kernelRelease: folder.one(CAPTURES.kernelRelease, readKernelRelease),
  };
  return parsing(
    () => combine(path, readings),
    (reason) => {
      throw new HostFactsError(path, reason, "keep one folder for each host and capture it in one go");
    },
  );
}

/** The captures in one folder. */
class Folder {
  private readonly names: readonly string[];
  private length = 0;

  constructor(private readonly path: string) {
    this.names = namesIn(path).filter((name) =>
      Object.values(CAPTURES).some((capture) => matches(capture, name)),
    );
    if (this.names.length === 0) {
      const { command, file } = CAPTURES.capabilities;
      throw new HostFactsError(
        path,
        "holds no capture of a host",
        `start with: ${command} > ${join(path, file)}`,
      );
    }
    if (this.names.length > MAX_FILES) this.refuseSize(`${this.names.length} captures`);
  }

  /** A capture that is one file; undefined when it is not there. */
  one<T>(capture: Capture, parse: (text: string) => T): T | undefined {
    return this.all(capture, parse)[0]?.value;
  }

  /** Every file of a capture, the default one first. */
  all<T>(capture: Capture, parse: (text: string) => T): { readonly file: string; readonly value: T }[] {
    return this.names
      .filter((name) => matches(capture, name))
      .map((name) => {
        const file = join(this.path, name);
        return { file, value: this.parse(file, capture, parse) };
      });
  }

  /** A list, and the dumps that tell more about its entries. */
  detailed<T extends { readonly name: string }>(
    listCapture: Capture,
    parseList: (text: string) => readonly T[],
    dumpCapture: Capture,
    parseDump: (text: string) => Partial<T> & { readonly name: string },
  ): readonly T[] | undefined {
    const list = this.one(listCapture, parseList);
    const byName = new Map(list?.map((entry) => [entry.name, entry]));
    for (const { file, value } of this.all(dumpCapture, parseDump)) {
      const entry = byName.get(value.name);
      if (entry === undefined) {
        // Only the list tells that something is not there, so it has to be complete.
        const reason = list
          ? `is of "${value.name}", which ${listCapture.file} does not list`
          : `lacks ${listCapture.file} beside it`;
        throw new HostFactsError(
          file,
          reason,
          `capture the list again: ${listCapture.command} > ${listCapture.file}`,
        );
      }
      byName.set(value.name, { ...entry, ...value });
    }
    return list && [...byName.values()];
  }

  private parse<T>(file: string, { command }: Capture, parse: (text: string) => T): T {
    const fix = `capture it again with "${command}", or delete it`;
    const text = readText(file, fix);
    this.length += text.length;
    if (this.length > MAX_TOTAL_MIB * 2 ** 20) this.refuseSize(`more than ${MAX_TOTAL_MIB} MiB of captures`);
    return parsing(
      () => {
        refuseErrorOutput(text);
        return parse(text);
      },
      (reason) => {
        throw new HostFactsError(file, reason, fix);
      },
    );
  }

  private refuseSize(size: string): never {
    throw new HostFactsError(
      this.path,
      `holds ${size}`,
      "keep one folder for each host, with that host's captures only",
    );
  }
}

function namesIn(path: string): readonly string[] {
  try {
    const rank = (name: string) => (name.includes("-default.") ? 0 : 1);
    return readdirSync(path).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") {
      throw new HostFactsError(path, "is a file, not a folder", "read it with HostFacts.fromFile");
    }
    throw systemError(path, error);
  }
}

/** A capture script that redirects both streams leaves the command's complaint in the file. */
function refuseErrorOutput(text: string): void {
  const firstLine = text.trimStart().split("\n", 1)[0]!;
  if (/^error:|command not found/i.test(firstLine))
    throw new Unreadable(`holds an error message: ${firstLine}`);
}
