import { existsSync } from "node:fs";
import { join } from "node:path";
import { HostFacts } from "../../../../lib/host-facts";
import { facts as recorded } from "../../../support/program";
import { captures } from "./facts";
import { machine } from "./subject";

/* Facts of a host that runs Xen, captured by SSH, as they are captured before a plan is checked. */

describe(`facts captured from ${machine.name} over SSH`, () => {
  let folder: string;
  let facts: HostFacts;
  beforeAll(async () => {
    folder = await captures();
    facts = HostFacts.fromDirectory(folder);
  });

  test.each([
    "capabilities.xml",
    "version.txt",
    "nodeinfo.txt",
    "xl-info.txt",
    "xl-list.txt",
    "ip-addr.json",
  ])("have %s", (file) => expect(existsSync(join(folder, file))).toBe(true));

  test("say what Xen offers here", () => {
    const offered = machine.name === "hvm" ? ["xen", "hvm", "xenpvh"] : ["xen"];
    for (const type of ["xen", "hvm", "xenpvh"]) {
      expect(facts.offersDomainType(type, "x86_64", "xen")).toBe(offered.includes(type));
    }
    for (const capability of ["hvm", "hvm_directio", "pv_directio"]) {
      expect(facts.data.xen?.virtCaps?.includes(capability)).toBe(machine.name === "hvm");
    }
  });

  test("say how much is dom0's", () => {
    expect(facts.data.xen).toMatchObject({ dom0MemoryMiB: 1280, dom0Vcpus: 1, totalMemoryMiB: 4095 });
  });

  test("know the bridge and the pool", () => {
    expect(facts.data.interfaces?.map(({ name }) => name)).toContain("xenbr0");
    expect(facts.data.pools).toEqual([expect.objectContaining({ name: "default", active: true })]);
  });

  test("agree with what such a machine said before", () => {
    const before = recorded(machine.name === "hvm" ? "xen-hvm" : "xen-pv-only").data;
    for (const key of ["hypervisor", "arch", "libvirtVersion"] as const) {
      expect(facts.data[key]).toEqual(before[key]);
    }
    const kinds = ({ guests = [] }: typeof before) =>
      guests.map(({ osType, arch }) => `${osType} ${arch}`).sort();
    expect(kinds(facts.data)).toEqual(kinds(before));
    expect(facts.data.xen?.capabilities).toEqual(before.xen?.capabilities);
  });
});
