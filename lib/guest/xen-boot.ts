import type { DomainConfig } from "../provider/domain";

export interface XenKernelOptions {
  /** Path of the kernel in dom0. */
  readonly kernel: string;
  /** Path of the initial RAM disk in dom0. @default - none */
  readonly initrd?: string;
  /** Kernel command line. @default - the kernel's own */
  readonly cmdline?: string;
}

const BRAND = Symbol.for("virt-constructs/XenBoot");

/** How a Xen guest without firmware starts. */
export class XenBoot {
  /** A kernel of dom0, given to the guest. */
  static kernel(options: XenKernelOptions): XenBoot {
    return new XenBoot({ os: { kernel: options.kernel, initrd: options.initrd, cmdline: options.cmdline } });
  }

  /** pygrub in dom0 reads the boot menu inside the guest's disk and takes the kernel from there. */
  static pygrub(): XenBoot {
    return new XenBoot({ bootloader: "pygrub" });
  }

  /** Another boot loader of dom0, by path or name. */
  static bootloader(path: string, args?: string): XenBoot {
    return new XenBoot({ bootloader: path, ...(args === undefined ? {} : { bootloaderArgs: args }) });
  }

  static isXenBoot(value: unknown): value is XenBoot {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  private constructor(readonly config: Pick<DomainConfig, "os" | "bootloader" | "bootloaderArgs">) {
    Object.defineProperty(this, BRAND, { value: true });
  }
}
