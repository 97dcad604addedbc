import { GuestOs } from "../../lib/guest-os";

const all = GuestOs.all();

function idsWhere(holds: (os: GuestOs) => boolean): string[] {
  return all.filter(holds).map((os) => os.id);
}

describe("what the kernels can do on Xen", () => {
  const verdicts = (os: GuestOs) => ({ pv: os.xen.pv, pvh: os.xen.pvh, hvm: os.xen.hvm });
  const redHatFamily = all.filter((os) => /^(rhel|centos-stream|rocky-linux|almalinux)-/.test(os.id));

  test.each(redHatFamily.filter((os) => os.id !== "rhel-7").map((os) => [os.name, os]))(
    "%s: full virtualization only, with PV drivers",
    (_, os) => {
      expect(verdicts(os)).toEqual({ pv: false, pvh: false, hvm: true });
      expect(os.xen.pvDriversInBox).toBe(true);
    },
  );

  test("Red Hat Enterprise Linux 7 is a conflict of sources, and says so", () => {
    expect(verdicts(GuestOs.RHEL_7)).toEqual({ pv: undefined, pvh: false, hvm: true });
    expect(GuestOs.RHEL_7.xen.note).toContain("7.2");
  });

  test.each([
    GuestOs.ORACLE_LINUX_7,
    GuestOs.ORACLE_LINUX_8,
    GuestOs.ORACLE_LINUX_9,
    GuestOs.ORACLE_LINUX_10,
  ])("%s depends on the kernel that it boots", (os) => {
    expect(verdicts(os)).toEqual({ pv: undefined, pvh: undefined, hvm: true });
    expect(os.xen.note).toMatch(/UEK.*RHCK/);
  });

  test("Amazon Linux dropped PV on the way and kept PVH; Talos is the reverse", () => {
    expect(verdicts(GuestOs.AMAZON_LINUX_2)).toEqual({ pv: undefined, pvh: true, hvm: true });
    expect(verdicts(GuestOs.AMAZON_LINUX_2023)).toEqual({ pv: false, pvh: true, hvm: true });
    expect(verdicts(GuestOs.TALOS)).toEqual({ pv: true, pvh: false, hvm: true });
  });

  test("SUSE 16 lost the vendor's support for PV, which is no proof that it cannot boot", () => {
    expect(verdicts(GuestOs.SLES_16_0)).toEqual({ pv: undefined, pvh: true, hvm: true });
    expect(verdicts(GuestOs.SLES_15_SP7)).toEqual({ pv: true, pvh: true, hvm: true });
  });

  test("FreeBSD boots as PVH, never as PV; OpenBSD is only known as HVM", () => {
    expect(verdicts(GuestOs.FREEBSD_14)).toEqual({ pv: false, pvh: true, hvm: true });
    expect(verdicts(GuestOs.OPENBSD_7_9)).toEqual({ pv: false, pvh: undefined, hvm: true });
    expect(verdicts(GuestOs.NETBSD_9)).toMatchObject({ pv: true, pvh: false });
    expect(verdicts(GuestOs.NETBSD_10)).toMatchObject({ pv: true, pvh: true });
  });

  test("Windows and macOS never boot as PV or PVH", () => {
    const proprietary = all.filter((os) => os.family === "windows" || os.family === "macos");
    expect(proprietary).toHaveLength(12);
    for (const os of proprietary) expect(os.xen).toMatchObject({ pv: false, pvh: false });
  });

  test("what is said of PV or PVH of a Linux kernel names where it was read", () => {
    const said = ({ xen }: GuestOs) => xen.pv !== undefined || xen.pvh !== undefined;
    expect(idsWhere((os) => os.family === "linux" && said(os) && !os.xen.source)).toEqual([]);
  });

  test("whatever is undecided about PV in an otherwise known kernel is explained", () => {
    const halfKnown = ({ xen }: GuestOs) => xen.pv === undefined && xen.hvm === true;
    expect(idsWhere((os) => halfKnown(os) && !os.xen.note)).toEqual([]);
    expect(idsWhere(halfKnown)).toHaveLength(9);
  });
});

describe("Windows", () => {
  test("Windows 11 insists on UEFI, TPM 2.0, 4 GiB, 64 GiB and two processors", () => {
    const { firmware, tpm, minimum } = GuestOs.WINDOWS_11;
    expect(firmware).toEqual({ bios: false, uefi: true, secureBoot: true });
    expect(tpm).toBe("2.0");
    expect(minimum).toEqual({ memoryMiB: 4096, diskGiB: 64, vcpus: 2, strict: true });
  });

  test("nothing else is strict, and nothing else needs a TPM", () => {
    expect(idsWhere((os) => os.minimum.strict === true)).toEqual(["windows-11"]);
    expect(idsWhere((os) => os.tpm === "2.0")).toEqual(["windows-11"]);
    expect(idsWhere((os) => os.tpm === undefined)).toEqual([]);
  });

  test("only Windows and Solaris 10 are known to lack virtio drivers", () => {
    const windows = idsWhere((os) => os.family === "windows");
    expect(idsWhere((os) => os.virtioInBox === false)).toEqual(["solaris-10", ...windows]);
  });

  test("only Windows and Solaris 10 keep local time in the hardware clock", () => {
    const windows = idsWhere((os) => os.family === "windows");
    expect(idsWhere((os) => os.clock === "localtime")).toEqual(["solaris-10", ...windows]);
  });

  test("the newest releases stop on a CPU without SSE 4.2 and POPCNT", () => {
    const demanding = idsWhere((os) => ["sse4.2", "popcnt"].every((flag) => os.cpuFeatures.includes(flag)));
    expect(demanding).toEqual(["windows-11", "windows-server-2025"]);
  });

  test("a 32-bit Windows needs half the memory", () => {
    expect(GuestOs.WINDOWS_10.minimumOn("x86_64").memoryMiB).toBe(2048);
    expect(GuestOs.WINDOWS_10.minimumOn("i686")).toEqual({ memoryMiB: 1024, diskGiB: 32, vcpus: 1 });
  });
});

describe("x86-64 levels", () => {
  test("v3 is the floor of release 10 of the Red Hat family, except of AlmaLinux, which has a v2 build", () => {
    expect(idsWhere((os) => os.x86Level === "v3")).toEqual([
      "rhel-10",
      "centos-stream-10",
      "rocky-linux-10",
      "oracle-linux-10",
    ]);
    expect(GuestOs.ALMALINUX_10.x86Level).toBe("v2");
  });

  test("Amazon Linux 2023 and Talos stop on a CPU below v2", () => {
    expect(GuestOs.AMAZON_LINUX_2023.x86Level).toBe("v2");
    expect(GuestOs.TALOS.x86Level).toBe("v2");
  });
});

describe("the catalogue as a whole", () => {
  test("the name of a member follows from its id", () => {
    for (const os of all) {
      const member = os.id.toUpperCase().replace(/[-.]/g, "_");
      expect([member, Reflect.get(GuestOs, member)]).toEqual([member, os]);
    }
  });

  test("no id, name or libosinfo id twice, but for the generic ids that distributions borrow", () => {
    const duplicates = (values: readonly (string | undefined)[]) =>
      values.filter((value, index) => value !== undefined && values.indexOf(value) !== index);
    expect(duplicates(all.map((os) => os.id))).toEqual([]);
    expect(duplicates(all.map((os) => os.name))).toEqual([]);
    expect(new Set(duplicates(all.map((os) => os.libosinfoId)))).toEqual(
      new Set(["http://libosinfo.org/linux/2022"]),
    );
  });

  test("a minimum of memory is missing only where none is known", () => {
    expect(idsWhere((os) => os.minimum.memoryMiB === undefined)).toEqual([
      "ubuntu-26.04",
      "sles-16.0",
      "opensuse-leap-16.0",
      "linux",
    ]);
  });

  test("a recommendation is never below the minimum", () => {
    const below = (recommended = Infinity, minimum = 0) => recommended < minimum;
    expect(
      idsWhere(
        ({ minimum, recommended }) =>
          below(recommended.memoryMiB, minimum.memoryMiB) || below(recommended.diskGiB, minimum.diskGiB),
      ),
    ).toEqual([]);
  });

  test("architectures have libvirt's names", () => {
    const libvirt =
      "x86_64 i686 aarch64 armv6l armv7l mips mipsel mips64el ppc64 ppc64le s390x riscv64 loongarch64 sparc64".split(
        " ",
      );
    for (const os of all) expect(libvirt).toEqual(expect.arrayContaining([...(os.architectures ?? [])]));
  });

  test("days exist, and extended support ends after the regular one", () => {
    for (const { id, support } of all) {
      const extended = Object.values(support.extended ?? {});
      for (const day of [support.endOfLife, ...extended].filter((day) => day !== undefined))
        expect([id, new Date(day).toISOString().slice(0, 10)]).toEqual([id, day]);
      for (const day of extended) expect(day > support.endOfLife!).toBe(true);
    }
  });

  test("Secure Boot needs UEFI", () => {
    expect(idsWhere((os) => os.firmware.secureBoot === true && os.firmware.uefi !== true)).toEqual([]);
  });

  test("macOS carries Apple's condition, and nothing else has one", () => {
    expect(idsWhere((os) => os.licence !== undefined)).toEqual(idsWhere((os) => os.family === "macos"));
  });
});
