import { z } from "zod";
import { VirtConstructsError } from "../errors";
import type { Memory } from "../memory";
import type { PropIssue } from "../plan/intent";
import { isLate } from "../plan/late";
import { literal, memory, positiveNumber } from "../props";

/** The control domain of a Xen host. */
export interface Dom0Props {
  /** Memory that dom0 keeps: it is not available to guests. @default - the facts' */
  readonly memory?: Memory;
  /** vCPUs of dom0. @default - the facts' */
  readonly vcpus?: number;
  /** Keep each vCPU of dom0 on the CPU of its number. @default false */
  readonly pinned?: boolean;
  /**
   * Further boot parameters of Xen by name: `{ sched: "credit2", ucode: "scan", iommu: true }`; `false` is written as
   * `no-NAME`. No blanks, quotes or signs that a shell or GRUB takes for its own.
   *
   * @default - none
   */
  readonly xenParameters?: Readonly<Record<string, string | boolean>>;
}

const name = { error: "must be names of boot parameters: letters, digits, _ . and -" };
const value = {
  error:
    "must be true, false or text without blanks, quotes and signs of shells: letters, digits and _ . , : / = + @ % -",
};
const parameters = z.record(
  z.string().regex(/^[A-Za-z][\w.-]*$/, name),
  z.union([z.boolean(), z.string(value).regex(/^[\w.,:/=+@%-]+$/, value)], value),
  name,
);

export const dom0 = z.strictObject({
  memory: memory.optional(),
  vcpus: positiveNumber.optional(),
  pinned: literal(z.boolean({ error: "must be true or false" }), "it is printed at synth").optional(),
  xenParameters: literal(parameters, "it is printed at synth").optional(),
});

/** Parameters that a prop stands for. */
const OWN: Readonly<Record<string, string>> = {
  dom0_mem: "memory",
  dom0_max_vcpus: "vcpus",
  dom0_vcpus_pin: "pinned",
};

/** What is said twice. */
export function dom0Issues({ xenParameters = {} }: Dom0Props): PropIssue[] {
  return Object.keys(xenParameters).flatMap((each) => {
    const own = OWN[each];
    return own === undefined
      ? []
      : [
          {
            prop: `dom0.xenParameters.${each}`,
            message: `is what dom0.${own} says`,
            fix: `give dom0.${own}, which the rules count as well`,
          },
        ];
  });
}

/** The host system of a Xen host, which Xen starts as its first guest. */
export class Dom0 implements Dom0Props {
  readonly memory?: Memory;
  readonly vcpus?: number;
  readonly pinned?: boolean;
  readonly xenParameters?: Readonly<Record<string, string | boolean>>;

  /** @internal A host makes it. */
  constructor(
    given: Dom0Props,
    private readonly host: string,
  ) {
    Object.assign(this, given);
  }

  /**
   * Xen's command line, as its boot loader gives it. dom0's memory is fixed: what Xen takes from it for guests nobody
   * could count on.
   *
   * @throws VirtConstructsError when memory or vCPUs are known only at apply.
   */
  bootParameters(): string {
    const { vcpus, pinned, xenParameters = {} } = this;
    const size = this.size();
    if (isLate(vcpus)) throw this.late("vcpus");
    const parts = [
      size && `dom0_mem=${size},max:${size}`,
      vcpus !== undefined && `dom0_max_vcpus=${vcpus}`,
      pinned && "dom0_vcpus_pin",
      ...Object.entries(xenParameters)
        .filter(([key]) => OWN[key] === undefined)
        .map(([key, given]) => (given === true ? key : given === false ? `no-${key}` : `${key}=${given}`)),
    ];
    return parts.filter((part) => typeof part === "string" && part !== "").join(" ");
  }

  /**
   * The same as a file for `/etc/default/grub.d`, where Debian, Ubuntu and SUSE look for it. It works after
   * `update-grub` (SUSE: `grub2-mkconfig`) and a boot of the host, and the facts should be captured again.
   *
   * @throws VirtConstructsError when memory or vCPUs are known only at apply.
   */
  grubFragment(): string {
    // The name may hold anything, a line break too.
    const host = this.host.replace(/[^\w .:@-]+/g, "_");
    return `# Boot parameters of Xen on ${host}\nGRUB_CMDLINE_XEN_DEFAULT="${this.bootParameters()}"\n`;
  }

  private size(): string | undefined {
    const kib = this.memory?.toKiB();
    if (kib === undefined) return undefined;
    if (isLate(kib)) throw this.late("memory");
    return Number(kib) % 1024 === 0 ? `${Number(kib) / 1024}M` : `${kib}K`;
  }

  private late(prop: string): VirtConstructsError {
    return new VirtConstructsError(
      `dom0.${prop} of "${this.host}" is known only at apply, and boot parameters are printed at synth: give a value of the program`,
    );
  }
}
