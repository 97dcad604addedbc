import { z } from "zod";
import type { PropIssue } from "../plan/intent";
import { absolutePath, check, instance, text } from "../props";
import type { DomainConfig } from "../provider/domain";

/** A kernel of dom0 that a guest boots. */
export interface XenKernelOptions {
  /** Path of the kernel in dom0. */
  readonly kernel: string;
  /** Path of the initial RAM disk in dom0. @default - none */
  readonly initrd?: string;
  /** Kernel command line. @default - the kernel's own */
  readonly cmdline?: string;
}

const kernelSchema = z.strictObject({
  kernel: absolutePath,
  initrd: absolutePath.optional(),
  cmdline: text.optional(),
});
const grubSchema = z.strictObject({ path: absolutePath });
const bootloaderSchema = z.strictObject({ path: text, args: text.optional() });

function grubAt(path: string) {
  const { usable, issues } = check(grubSchema, { path });
  return [{ os: { kernel: usable.path } }, issues] as const;
}

const BRAND = Symbol.for("virt-constructs/XenBoot");

/** How a Xen guest without firmware starts. */
export class XenBoot {
  /** A kernel of dom0, given to the guest. */
  static kernel(options: XenKernelOptions): XenBoot {
    const { usable, issues } = check(kernelSchema, options);
    const { kernel, initrd, cmdline } = usable;
    return new XenBoot({ os: { kernel, initrd, cmdline } }, issues);
  }

  /**
   * pygrub in dom0 reads the boot menu inside the guest's disk and takes the kernel from there. It reads, as root, file
   * systems that the guest writes: {@link pvGrub} does not.
   */
  static pygrub(): XenBoot {
    return new XenBoot({ bootloader: "pygrub" });
  }

  /**
   * GRUB built for PV guests, which dom0 gives the guest as its kernel: it reads the boot menu inside the guest's disk
   * as the guest itself, not as root in dom0.
   *
   * @param path of the image in dom0. @default - Debian's, of package grub-xen-host
   */
  static pvGrub(path = "/usr/lib/grub-xen/grub-x86_64-xen.bin"): XenBoot {
    return new XenBoot(...grubAt(path));
  }

  /**
   * The same for PVH guests.
   *
   * @param path of the image in dom0. @default - Debian's, of package grub-xen-host
   */
  static pvhGrub(path = "/usr/lib/grub-xen/grub-i386-xen_pvh.bin"): XenBoot {
    return new XenBoot(...grubAt(path));
  }

  /** Another boot loader of dom0, by path or name. */
  static bootloader(path: string, args?: string): XenBoot {
    const { usable, issues } = check(bootloaderSchema, { path, args });
    return new XenBoot({ bootloader: usable.path, bootloaderArgs: usable.args }, issues);
  }

  /** Whether a value is a XenBoot, of this or another copy of the package. */
  static isXenBoot(value: unknown): value is XenBoot {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  private constructor(
    /** The provider's arguments. */
    readonly config: Pick<DomainConfig, "os" | "bootloader" | "bootloaderArgs">,
    /** @internal What is wrong with the arguments. */
    readonly issues: readonly PropIssue[] = [],
  ) {
    Object.defineProperty(this, BRAND, { value: true });
  }
}

export const xenBoot = instance(XenBoot.isXenBoot, "a XenBoot, such as XenBoot.pygrub()");
