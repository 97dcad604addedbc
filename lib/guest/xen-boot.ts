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
const bootloaderSchema = z.strictObject({ path: text, args: text.optional() });

const BRAND = Symbol.for("virt-constructs/XenBoot");

/** How a Xen guest without firmware starts. */
export class XenBoot {
  /** A kernel of dom0, given to the guest. */
  static kernel(options: XenKernelOptions): XenBoot {
    const { usable, issues } = check(kernelSchema, options);
    const { kernel, initrd, cmdline } = usable;
    return new XenBoot({ os: { kernel, initrd, cmdline } }, issues);
  }

  /** pygrub in dom0 reads the boot menu inside the guest's disk and takes the kernel from there. */
  static pygrub(): XenBoot {
    return new XenBoot({ bootloader: "pygrub" });
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
