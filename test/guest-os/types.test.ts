import type ts from "typescript";
import { compile, messageOf } from "../support/compile";

/*
 * The compiler refuses an operating system that cannot boot as the Xen guest that is asked for, and what it prints
 * is read by people.
 */

const PRELUDE = `
  import { GuestOs, type XenPvCapable, type XenPvhCapable } from "../../lib/guest-os";
  declare function pvGuest(os: XenPvCapable): void;
  declare function pvhGuest(os: XenPvhCapable): void;
  declare function anyGuest(os: GuestOs): void;
  declare const name: string;
  declare const fromFile: boolean;
  export {};
`;

const NO_PV = `Type '"has no PV kernel: use XenHvmGuest or KvmGuest"' is not assignable to type '"has a paravirtualized (PV) kernel"'`;
const NO_PVH = `Type '"has no kernel that boots as PVH: use XenHvmGuest or KvmGuest"' is not assignable to type '"has a kernel that boots as PVH"'`;
const NOT_ASKED = `Type 'string' is not assignable to type '"has a paravirtualized (PV) kernel"'`;

const ARGUMENT = 2345;
const UNKNOWN_PROPERTY = 2353;

const refused: Record<string, [snippet: string, code: number, message: string]> = {
  "Windows as PV": ["pvGuest(GuestOs.WINDOWS_11)", ARGUMENT, NO_PV],
  "Windows as PVH": ["pvhGuest(GuestOs.WINDOWS_SERVER_2022)", ARGUMENT, NO_PVH],
  "macOS as PV": ["pvGuest(GuestOs.MACOS_13)", ARGUMENT, NO_PV],
  "RHEL 9 as PV": ["pvGuest(GuestOs.RHEL_9)", ARGUMENT, NO_PV],
  "RHEL 7 as PVH": ["pvhGuest(GuestOs.RHEL_7)", ARGUMENT, NO_PVH],
  "Amazon Linux 2023 as PV": ["pvGuest(GuestOs.AMAZON_LINUX_2023)", ARGUMENT, NO_PV],
  "Talos as PVH": ["pvhGuest(GuestOs.TALOS)", ARGUMENT, NO_PVH],
  "one's own without a PV kernel": [
    `pvGuest(GuestOs.of({ id: "x", name: "X", family: "linux", xen: { pv: false } }))`,
    ARGUMENT,
    NO_PV,
  ],
  "one of several, one of which has no PV kernel": [
    "for (const os of [GuestOs.DEBIAN_12, GuestOs.WINDOWS_11]) pvGuest(os)",
    ARGUMENT,
    NO_PV,
  ],
  "any of the catalogue without asking it": [
    "for (const os of GuestOs.all()) pvGuest(os)",
    ARGUMENT,
    NOT_ASKED,
  ],
  "after the answer no": [
    "for (const os of GuestOs.all()) if (!os.supportsXenPv()) pvGuest(os)",
    ARGUMENT,
    NOT_ASKED,
  ],
  "a misspelled fact": [
    `GuestOs.of({ id: "x", name: "X", family: "linux", xenn: { pv: false } })`,
    2561,
    "Did you mean to write 'xen'?",
  ],
  "a misspelled fact about Xen": [
    `GuestOs.of({ id: "x", name: "X", family: "linux", xen: { paravirtualized: true } })`,
    UNKNOWN_PROPERTY,
    "'paravirtualized' does not exist in type 'XenFacts",
  ],
};

const accepted: Record<string, string> = {
  "a PV kernel as PV": "pvGuest(GuestOs.DEBIAN_12)",
  "a PVH kernel as PVH": "pvhGuest(GuestOs.AMAZON_LINUX_2023); pvhGuest(GuestOs.FREEBSD_14)",
  "the undecided": "pvGuest(GuestOs.RHEL_7); pvGuest(GuestOs.ORACLE_LINUX_9); pvhGuest(GuestOs.LINUX)",
  "a name from a file": "pvGuest(GuestOs.byId(name)); pvhGuest(GuestOs.byId(name))",
  "one's own with a PV kernel": `pvGuest(GuestOs.of({ id: "x", name: "X", family: "linux", xen: { pv: true } }))`,
  "one's own of which nothing is known": `pvGuest(GuestOs.of({ id: "x", name: "X", family: "bsd" }))`,
  "one's own with a fact from a file": `
    pvGuest(GuestOs.of({ id: "x", name: "X", family: "linux", xen: { pv: fromFile } }))`,
  "all as an operating system": `
    anyGuest(GuestOs.WINDOWS_11); anyGuest(GuestOs.RHEL_7); anyGuest(GuestOs.byId(name));
    const list: GuestOs[] = [GuestOs.DEBIAN_12, GuestOs.WINDOWS_11, GuestOs.LINUX]`,
  "any of the catalogue that says yes": `
    for (const os of GuestOs.all()) {
      if (os.supportsXenPv()) pvGuest(os);
      if (os.supportsXenPvh()) pvhGuest(os);
      if (os.supportsXenPv() && os.supportsXenPvh()) { pvGuest(os); pvhGuest(os) }
    }`,
  "those of several that say yes": `
    for (const os of [GuestOs.DEBIAN_12, GuestOs.WINDOWS_11] as const) {
      if (os.supportsXenPv()) pvGuest(os); else anyGuest(os);
    }`,
  "an undecided one after either answer": `
    const os = GuestOs.byId(name);
    if (os.supportsXenPv()) pvGuest(os); else anyGuest(os);
    const rhel = GuestOs.RHEL_7;
    if (rhel.supportsXenPv()) pvGuest(rhel); else { anyGuest(rhel); rhel.name.trim() }`,
};

const snippets = {
  ...Object.fromEntries(Object.entries(refused).map(([title, [snippet]]) => [title, snippet])),
  ...accepted,
};

let diagnosticsOf: (title: string) => ts.Diagnostic[];

beforeAll(() => {
  diagnosticsOf = compile(__dirname, PRELUDE, snippets);
});

test.each(Object.entries(refused))("refuses %s", (title, [, code, message]) => {
  const diagnostics = diagnosticsOf(title);
  expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
  expect(messageOf(diagnostics[0]!)).toContain(message);
});

test.each(Object.keys(accepted))("accepts %s", (title) => {
  expect(diagnosticsOf(title).map(messageOf)).toEqual([]);
});
