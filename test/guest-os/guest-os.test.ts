import { GuestOs } from "../../lib/guest-os";

describe("GuestOs.byId", () => {
  test.each(["ubuntu-24.04", "UBUNTU_24_04", "Ubuntu 24.04", " ubuntu-24-04 "])("finds %j", (name) => {
    expect(GuestOs.byId(name)).toBe(GuestOs.UBUNTU_24_04);
  });

  test.each([
    ["debain-12", "did you mean debian-12?"],
    ["windows-sever-2022", "did you mean windows-server-2022"],
    ["WINDOWS_2022", "did you mean windows-server-2022 or"],
    ["nixos", "did you mean nixos-25.11 or nixos-26.05"],
  ])("throws for %j with a suggestion", (name, hint) => {
    expect(() => GuestOs.byId(name)).toThrow(`"${name}" is no operating system of the catalogue: ${hint}`);
  });

  test("throws with everything there is when nothing is near", () => {
    expect(() => GuestOs.byId("amigaos")).toThrow(/known are debian-10, .*, macos-26$/);
  });

  test("does not take a method for a member", () => {
    expect(GuestOs.findById("all")).toBeUndefined();
    expect(GuestOs.findById("prototype")).toBeUndefined();
  });
});

describe("GuestOs.byLibosinfoId", () => {
  test("finds every member that has an id of its own", () => {
    for (const os of GuestOs.all()) {
      if (os.libosinfoId === undefined || os.libosinfoId.startsWith("http://libosinfo.org/")) continue;
      expect(GuestOs.byLibosinfoId(os.libosinfoId)).toBe(os);
    }
  });

  test.each([
    ["http://redhat.com/rhel/9.2", GuestOs.RHEL_9],
    ["http://redhat.com/rhel/9-unknown", GuestOs.RHEL_9],
    ["http://redhat.com/rhel/10.1", GuestOs.RHEL_10],
    ["http://oracle.com/ol/8.4", GuestOs.ORACLE_LINUX_8],
    ["http://freebsd.org/freebsd/14.0", GuestOs.FREEBSD_14],
    ["http://netbsd.org/netbsd/10.1", GuestOs.NETBSD_10],
  ])("finds the release of %s", (url, os) => {
    expect(GuestOs.byLibosinfoId(url)).toBe(os);
  });

  test("an id that several distributions borrow is some Linux", () => {
    expect(GuestOs.byLibosinfoId(GuestOs.TALOS.libosinfoId!)).toBe(GuestOs.LINUX);
    expect(GuestOs.byLibosinfoId(GuestOs.AMAZON_LINUX_2.libosinfoId!)).toBe(GuestOs.LINUX);
  });

  test.each([
    "http://redhat.com/rhel/90",
    "http://redhat.com/rhel/1.0",
    "http://suse.com/sles/15.6",
    "http://debian.org/debian/99",
    "",
  ])("knows nothing of %j", (url) => {
    expect(GuestOs.byLibosinfoId(url)).toBeUndefined();
  });
});

describe("GuestOs.of", () => {
  test("what is left out is unknown", () => {
    const os = GuestOs.of({ id: "plan9", name: "Plan 9", family: "bsd" });
    expect(os.xen).toEqual({});
    expect(os.minimum).toEqual({});
    expect([os.tpm, os.virtioInBox, os.firmware.bios, os.runsOn("x86_64")]).toEqual(Array(4).fill(undefined));
    expect([os.supportsXenPv(), os.supportsXenPvh()]).toEqual([false, false]);
    expect(`${os} ${os.pvKernel}`).toBe(
      "Plan 9 may have a paravirtualized (PV) kernel, which is not verified",
    );
  });

  test("builds on a member of the catalogue, and leaves the catalogue alone", () => {
    const before = GuestOs.all().length;
    const hardened = GuestOs.of({ ...GuestOs.DEBIAN_12, id: "our-debian", xen: { pv: false } });
    expect(hardened.minimum).toEqual(GuestOs.DEBIAN_12.minimum);
    expect(`${hardened} ${hardened.pvKernel}`).toBe(
      "Debian 12 has no PV kernel: use XenHvmGuest or KvmGuest",
    );
    expect(GuestOs.all()).toHaveLength(before);
    expect(GuestOs.findById("our-debian")).toBeUndefined();
  });
});

describe("runsOn", () => {
  test("is undetermined, not no, where the list of architectures is open", () => {
    expect(GuestOs.DEBIAN_13.runsOn("riscv64")).toBe(true);
    expect(GuestOs.DEBIAN_13.runsOn("i686")).toBe(false);
    expect(GuestOs.OPENBSD_7_9.runsOn("sparc64")).toBeUndefined();
    expect(GuestOs.LINUX.runsOn("x86_64")).toBeUndefined();
  });
});

describe("GuestOs.isGuestOs", () => {
  test("knows one that another copy of the package made", () => {
    jest.isolateModules(() => {
      const other: typeof GuestOs = jest.requireActual("../../lib/guest-os").GuestOs;
      expect(other).not.toBe(GuestOs);
      expect(GuestOs.isGuestOs(other.DEBIAN_12)).toBe(true);
    });
  });

  test.each([[undefined], [null], ["debian-12"], [{ id: "debian-12", name: "Debian 12" }], [GuestOs]])(
    "refuses %p",
    (value) => {
      expect(GuestOs.isGuestOs(value)).toBe(false);
    },
  );
});

test("a member cannot be changed", () => {
  expect(() => Object.assign(GuestOs.DEBIAN_12, { name: "Debian" })).toThrow(TypeError);
});
