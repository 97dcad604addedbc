import {
  Connection,
  Firmware,
  GuestOs,
  HostFacts,
  KvmGuest,
  KvmHost,
  Memory,
  type UefiOptions,
} from "../../lib";
import { facts, only, propErrors, type Run, run } from "../support/program";

/** A host of which nothing is known but the firmware that it has. */
function hostFacts(loaders: readonly string[], arch = "x86_64"): HostFacts {
  const capabilities = { virtType: "kvm", arch, cpuModes: {}, cpuModels: [], devices: {}, features: {} };
  return HostFacts.fromJson({
    source: "test",
    hypervisor: "qemu",
    arch,
    domainCapabilities: [{ ...capabilities, loaders }],
  });
}

function guest(hostFacts: HostFacts | undefined, uefi: UefiOptions): Run {
  return run((stack) => {
    const host = new KvmHost(stack, "h", { connection: Connection.ssh("h"), facts: hostFacts });
    new KvmGuest(stack, "g", { host, memory: Memory.gibibytes(1), nics: [], firmware: Firmware.uefi(uefi) });
  });
}

/** What the provider is told of the firmware. */
function firmwareOf(result: Run) {
  const { os, features } = only(result, "libvirt_domain");
  expect(os.firmware).toBeUndefined();
  expect(os.loader_type).toBe("pflash");
  expect(os.loader_readonly).toBe("yes");
  return { loader: os.loader, template: os.nv_ram.template, secure: os.loader_secure, smm: features.smm };
}

const OVMF = "/usr/share/OVMF/OVMF_";
const SMM = { secure: "yes", smm: { state: "on" } };

describe("the firmware of a captured Debian host, which has all three kinds", () => {
  it("is the plain one, with the store beside it", () => {
    const plain = { loader: `${OVMF}CODE_4M.fd`, template: `${OVMF}VARS_4M.fd` };
    expect(firmwareOf(guest(facts("kvm-debian12"), {}))).toEqual(plain);
  });

  it("is for Secure Boot the one with Microsoft's keys, in SMM", () => {
    const keyed = { loader: `${OVMF}CODE_4M.ms.fd`, template: `${OVMF}VARS_4M.ms.fd` };
    expect(firmwareOf(guest(facts("kvm-debian12"), { secureBoot: true }))).toEqual({ ...keyed, ...SMM });
  });
});

const EDK2 = "/usr/share/edk2/ovmf/OVMF_";
const SUSE = "/usr/share/qemu/ovmf-x86_64-";
const AAVMF = "/usr/share/AAVMF/AAVMF_";
const ARM = "/usr/share/edk2/aarch64/QEMU_EFI-";

it.each<[string, string[], UefiOptions, object]>([
  [
    "Debian, whatever the order",
    [`${OVMF}CODE_4M.secboot.fd`, `${OVMF}CODE_4M.ms.fd`, `${OVMF}CODE_4M.fd`],
    {},
    { loader: `${OVMF}CODE_4M.fd`, template: `${OVMF}VARS_4M.fd` },
  ],
  [
    "Debian without the image with keys",
    [`${OVMF}CODE_4M.secboot.fd`, `${OVMF}CODE_4M.fd`],
    { secureBoot: true },
    { loader: `${OVMF}CODE_4M.secboot.fd`, template: `${OVMF}VARS_4M.ms.fd`, ...SMM },
  ],
  [
    "Fedora",
    [`${EDK2}CODE.secboot.fd`, `${EDK2}CODE.fd`],
    {},
    { loader: `${EDK2}CODE.fd`, template: `${EDK2}VARS.fd` },
  ],
  [
    "Fedora with Secure Boot, whose keys are in the .secboot store",
    [`${EDK2}CODE.secboot.fd`, `${EDK2}CODE.fd`],
    { secureBoot: true },
    { loader: `${EDK2}CODE.secboot.fd`, template: `${EDK2}VARS.secboot.fd`, ...SMM },
  ],
  [
    "RHEL, which has only the one for Secure Boot, without keys then",
    [
      "/usr/share/edk2/ovmf/OVMF.amdsev.fd",
      `${EDK2}CODE.secboot.fd`,
      "/usr/share/edk2/ovmf/OVMF.inteltdx.fd",
    ],
    {},
    { loader: `${EDK2}CODE.secboot.fd`, template: `${EDK2}VARS.fd`, ...SMM },
  ],
  [
    "SUSE, where libvirt finds the store",
    [`${SUSE}smm-ms-code.bin`, `${SUSE}opensuse-code.bin`, `${SUSE}ms-code.bin`, `${SUSE}code.bin`],
    {},
    { loader: `${SUSE}code.bin` },
  ],
  [
    "SUSE with Secure Boot",
    [`${SUSE}code.bin`, `${SUSE}smm-ms-code.bin`],
    { secureBoot: true },
    { loader: `${SUSE}smm-ms-code.bin`, ...SMM },
  ],
])("is found on %s", (_, loaders, uefi, expected) => {
  expect(firmwareOf(guest(hostFacts(loaders), uefi))).toEqual(expected);
});

it("is on ARM the one without Secure Boot, whose name says so", () => {
  const host = hostFacts(
    [`${AAVMF}CODE.ms.fd`, `${AAVMF}CODE.secboot.fd`, `${AAVMF}CODE.no-secboot.fd`],
    "aarch64",
  );
  expect(firmwareOf(guest(host, {}))).toEqual({
    loader: `${AAVMF}CODE.no-secboot.fd`,
    template: `${AAVMF}VARS.fd`,
  });
});

it("knows no SMM on ARM", () => {
  const found = firmwareOf(guest(hostFacts([`${AAVMF}CODE.ms.fd`], "aarch64"), { secureBoot: true }));
  expect(found).toEqual({ loader: `${AAVMF}CODE.ms.fd`, template: `${AAVMF}VARS.ms.fd` });
});

it("is a raw image where there is one, and says when it is none", () => {
  const both = hostFacts([`${ARM}silent-pflash.qcow2`, `${ARM}pflash.raw`], "aarch64");
  expect(firmwareOf(guest(both, {})).loader).toBe(`${ARM}pflash.raw`);
  const { os } = only(guest(hostFacts([`${EDK2}CODE_4M.qcow2`]), {}), "libvirt_domain");
  expect(os).toMatchObject({
    loader: `${EDK2}CODE_4M.qcow2`,
    loader_format: "qcow2",
    nv_ram: { format: "qcow2", template: `${EDK2}VARS_4M.qcow2`, template_format: "qcow2" },
  });
});

it("is what the props say", () => {
  const uefi = { loader: "/fw/CODE.fd", nvramTemplate: "/fw/T.fd", nvram: "/srv/g.fd" };
  const { os } = only(guest(undefined, uefi), "libvirt_domain");
  expect(os).toMatchObject({ loader: "/fw/CODE.fd", nv_ram: { nv_ram: "/srv/g.fd", template: "/fw/T.fd" } });
});

it("takes nothing apart in an expression", () => {
  const { os } = only(guest(undefined, { loader: "${var.OVMF_CODE}" }), "libvirt_domain");
  expect(os.loader).toBe("${var.OVMF_CODE}");
  expect(os.nv_ram).toEqual({ nv_ram: "/var/lib/libvirt/qemu/nvram/g_VARS.fd" });
});

it("is asked for where nobody says", () => {
  expect(propErrors(guest(undefined, {}))).toEqual([
    'firmware of "g": UEFI firmware is needed, but nothing says where it lies on h (x86_64).',
  ]);
  expect(propErrors(guest(hostFacts([`${OVMF}CODE_4M.fd`]), { secureBoot: true }))).toEqual([
    'firmware of "g": UEFI firmware with Secure Boot is needed, but nothing says where it lies on h (x86_64).',
  ]);
});

it("is UEFI with Secure Boot and a TPM for Windows 11, and BIOS for others", () => {
  const windows = run((stack) => {
    const host = new KvmHost(stack, "h", { connection: Connection.ssh("h"), facts: facts("kvm-debian12") });
    new KvmGuest(stack, "g", { host, memory: Memory.gibibytes(4), nics: [], os: GuestOs.WINDOWS_11 });
  });
  expect(firmwareOf(windows)).toEqual({
    loader: `${OVMF}CODE_4M.ms.fd`,
    template: `${OVMF}VARS_4M.ms.fd`,
    ...SMM,
  });
  expect(only(windows, "libvirt_domain").devices.tpms).toEqual([
    { model: "tpm-crb", backend: { emulator: { version: "2.0" } } },
  ]);
  const debian = run((stack) => {
    const host = new KvmHost(stack, "h", { connection: Connection.ssh("h"), facts: facts("kvm-debian12") });
    new KvmGuest(stack, "g", { host, memory: Memory.gibibytes(4), nics: [], os: GuestOs.DEBIAN_12 });
  });
  expect(only(debian, "libvirt_domain").os).toEqual({
    type: "hvm",
    type_arch: "x86_64",
    type_machine: "q35",
  });
});
