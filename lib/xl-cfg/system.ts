import type { DomainConfig, DomainOs } from "../provider/domain";
import type { Options } from "./options";
import type { XlType } from "./type";

type System = Pick<DomainConfig, "os" | "bootloader" | "bootloaderArgs">;

/** libvirt's own words; PV reads back as `linux`, which machine xenpv tells from PVH. */
const TYPES: Readonly<Record<XlType, Pick<DomainOs, "type" | "typeMachine">>> = {
  pv: { type: "linux", typeMachine: "xenpv" },
  pvh: { type: "xenpvh", typeMachine: "xenpvh" },
  hvm: { type: "hvm", typeMachine: "xenfv" },
};

/** What a guest starts with. */
export function systemOf(options: Options, type: XlType): System {
  const firmware = options.text("firmware");
  const { loader, kernel } = type === "hvm" ? hvmFirmware(options, firmware) : pvFirmware(options, firmware);
  const given = kernelOf(options, type);
  if (kernel !== undefined && given.kernel !== undefined) {
    throw options.wrong("firmware", "and kernel contradict each other: give one of them");
  }
  const bootloader = options.text("bootloader");
  const bootloaderArgs = argumentsOf(options);
  if (bootloader !== undefined && type === "hvm") {
    options.losePart(
      "bootloader",
      bootloader,
      options.placeOf("bootloader"),
      "only PV and PVH guests have one",
    );
  }
  return {
    os: {
      ...TYPES[type],
      ...loader,
      ...(kernel !== undefined && { kernel }),
      ...given,
      ...(type === "hvm" && hvmOnly(options)),
    },
    ...(type !== "hvm" && bootloader !== undefined && { bootloader }),
    ...(type !== "hvm" && bootloaderArgs !== undefined && { bootloaderArgs }),
  };
}

function hvmFirmware(
  options: Options,
  firmware: string | undefined,
): { loader?: Pick<DomainOs, "firmware">; kernel?: string } {
  const bios = options.choice("bios", ["seabios", "ovmf", "rombios"]);
  const chosen =
    firmware === undefined || firmware === "bios" ? bios : firmware === "uefi" ? "ovmf" : firmware;
  if (chosen === "ovmf") return { loader: { firmware: "efi" } };
  if (chosen === "rombios") {
    options.lose(firmware === undefined ? "bios" : "firmware", "libvirt's Xen driver starts SeaBIOS or OVMF");
  } else if (chosen !== undefined && chosen !== "seabios") {
    options.lose("firmware", "libvirt's Xen driver starts the firmware that its host has built in");
  }
  return {};
}

/** Where Xen keeps pvgrub differs between distributions. */
const FIRMWARE_FOLDER = "/usr/lib/xen/boot";

function pvFirmware(options: Options, firmware: string | undefined): { loader?: undefined; kernel?: string } {
  if (firmware === undefined) return {};
  if (firmware !== "pvgrub32" && firmware !== "pvgrub64") {
    throw options.wrong("firmware", `is ${JSON.stringify(firmware)}: expected pvgrub32 or pvgrub64`);
  }
  const kernel = `${FIRMWARE_FOLDER}/${firmware}.bin`;
  options.note(
    "firmware",
    `is written as the kernel ${kernel}: correct the folder where Xen keeps it elsewhere`,
  );
  return { kernel };
}

function kernelOf(options: Options, type: XlType): Pick<DomainOs, "kernel" | "initrd" | "cmdline"> {
  const kernel = options.text("kernel");
  const isLoader = type === "hvm" && kernel !== undefined && /(?:^|\/)hvmloader$/.test(kernel);
  if (isLoader)
    options.note("kernel", "names hvmloader, which xl ignores: HVM guests start it by themselves");
  const initrd = options.text("ramdisk");
  const cmdline = commandLineOf(options);
  return {
    ...(kernel !== undefined && !isLoader && { kernel }),
    ...(initrd !== undefined && { initrd }),
    ...(cmdline !== undefined && { cmdline }),
  };
}

/** `cmdline`, or else what `root` and `extra` make. */
function commandLineOf(options: Options): string | undefined {
  const cmdline = options.text("cmdline");
  const root = options.text("root");
  const extra = options.text("extra");
  if (cmdline === undefined) {
    const parts = [root === undefined ? undefined : `root=${root}`, extra];
    return parts.some((part) => part !== undefined)
      ? parts.filter((part) => part !== undefined).join(" ")
      : undefined;
  }
  for (const name of ["root", "extra"]) options.note(name, "is ignored, as cmdline is given");
  return cmdline;
}

/** libvirt splits them at blanks again; its own name for them is `bootargs`. */
function argumentsOf(options: Options): string | undefined {
  const given = options.textOrTexts("bootloader_args").map(({ text }) => text);
  const own = options.text("bootargs");
  if (own !== undefined)
    options.note("bootargs", "is libvirt's name for bootloader_args, which xl does not know");
  if (options.isListOption("bootloader_args")) {
    for (const each of given.filter((text) => /\s/.test(text))) {
      options.losePart(
        "bootloader_args",
        each,
        options.placeOf("bootloader_args"),
        "an argument with a blank in it arrives as two",
      );
    }
  }
  const all = [...given, ...(own === undefined ? [] : [own])];
  return all.length === 0 ? undefined : all.join(" ");
}

const BOOT_DEVICES: Readonly<Record<string, string>> = { a: "fd", c: "hd", d: "cdrom", n: "network" };

function hvmOnly(options: Options): Pick<DomainOs, "bootDevices" | "acpi"> {
  const boot = options.text("boot");
  const table = options.text("acpi_firmware");
  const devices = [...(boot ?? "")].map((letter) => {
    const dev = BOOT_DEVICES[letter];
    if (dev === undefined)
      throw options.wrong("boot", `is ${JSON.stringify(boot)}: expected letters of a, c, d and n`);
    return { dev };
  });
  return {
    // The disk is first where nobody says anything.
    ...(devices.length > 0 && boot !== "c" && { bootDevices: devices }),
    ...(table !== undefined && { acpi: { tables: [{ type: "slic", path: table }] } }),
  };
}
