import type { Planned } from "../../plan/late";
import type { DomainVcpusVcpu } from "../../provider/domain";
import { defineRule, type Failure, guests, having } from "../../rule";
import { type Literal, outcomesOf } from "../faults";

type Listed = Literal<Planned<DomainVcpusVcpu>>;

/** What libvirt makes of a vCPU. */
interface Vcpu {
  readonly at: string;
  readonly online: boolean;
  /** Whether it says of itself that it comes and goes, or stays. */
  readonly hotpluggable: boolean | undefined;
  /** 0 where there is none. */
  readonly order: number;
}

/** A vCPU that the list leaves out. */
const UNLISTED = { hotpluggable: undefined, order: 0 };

/** A list of vCPUs says which are there at start; those that it leaves out are not. */
export const vcpusOneByOne = defineRule({
  code: "VIRT-CPU-100",
  slug: "vcpus-one-by-one",
  severity: "error",
  stage: "define",
  title: "vCPUs that are listed one by one must be of the guest, the first there from the start",
  why: "With a list of vCPUs those that it does not name are switched off. vCPU 0 must be on, first, and stay; another that stays must be on, and stand before those that come and go. Either all that are on have an order, or none has.",
  fix: "Enable vCPU 0 without hotpluggable, and give order to all vCPUs that are on or to none.",
  sources: [
    "libvirt domain_conf.c virDomainVcpuParse, domain_postparse.c virDomainVcpuDefPostParse, qemu_domain.c qemuDomainDefVcpusPostParse",
    "tried: libvirt 9.0.0 refuses vCPU 4 of 4 (out of range of maximum vcpu count), a list without 0 (vcpu 0 can't be offline), 0 with hotpluggable (can't be hotpluggable) or order 2 (must be enabled first), a vCPU that is off with hotpluggable no (both offline and not hotpluggable), and order on some of those that are on (all vcpus must have either set or unset order)",
  ],
  needs: ["guest"],
  on: having(guests, "vcpus.vcpu"),
  check: (guest) => {
    const given = { listed: guest.domain.vcpus?.vcpu ?? [], most: guest.vcpus };
    return outcomesOf(given, "the vCPUs of a guest are", ({ listed, most }) =>
      faultsOf(listed, most as number, guest.label, guest.isQemu),
    );
  },
  examples: {
    bad: (plan) => plan.kvm({ vcpu: 4, vcpus: { vcpu: [{ id: 1, enabled: "yes" }] } }),
    good: (plan) =>
      plan.kvm({
        vcpu: 4,
        vcpus: {
          vcpu: [
            { id: 0, enabled: "yes", hotpluggable: "no" },
            { id: 1, enabled: "yes", hotpluggable: "yes" },
          ],
        },
      }),
  },
});

function* faultsOf(
  listed: readonly Listed[],
  most: number,
  label: string,
  isQemu: boolean,
): Iterable<Failure> {
  const vcpus = new Map<number, Vcpu>();
  for (const [index, { id, enabled, hotpluggable, order }] of listed.entries()) {
    const at = `vcpus.vcpu[${index}]`;
    if (id === undefined || id < 0 || id >= most) {
      return yield {
        at: `${at}.id`,
        message: `"${label}" lists vCPU ${id ?? "without id"}; with vcpu ${most} it has 0 to ${most - 1}.`,
        fix: "list vCPUs that the guest has, or raise vcpu",
      };
    }
    if (!enabled) {
      return yield {
        at: `${at}.enabled`,
        message: `"${label}" lists vCPU ${id} without saying whether it is on.`,
        fix: 'set enabled to "yes" or "no"',
      };
    }
    const online = enabled === "yes";
    if (!online && hotpluggable === "no") {
      return yield {
        at: `${at}.hotpluggable`,
        message: `vCPU ${id} of "${label}" is off, and not hotpluggable, so that it could never come.`,
        fix: 'set hotpluggable to "yes", or enabled',
      };
    }
    vcpus.set(id, {
      at,
      online,
      hotpluggable: hotpluggable ? hotpluggable === "yes" : undefined,
      order: order ?? 0,
    });
  }
  if (isQemu) yield* orderFaults(vcpus, label);
}

function* orderFaults(vcpus: ReadonlyMap<number, Vcpu>, label: string): Iterable<Failure> {
  const first = vcpus.get(0);
  if (first === undefined || !first.online) {
    return yield {
      at: first ? `${first.at}.enabled` : "vcpus.vcpu",
      message: `vCPU 0 of "${label}" is ${first ? "switched off" : "not in the list of its vCPUs, and with that switched off"}.`,
      fix: 'list { id: 0, enabled: "yes" }',
    };
  }
  if (first.hotpluggable) {
    return yield {
      at: `${first.at}.hotpluggable`,
      message: `vCPU 0 of "${label}" is hotpluggable; a guest is never without it.`,
      fix: "remove hotpluggable of vCPU 0",
    };
  }
  if (first.order > 1) {
    return yield {
      at: `${first.at}.order`,
      message: `vCPU 0 of "${label}" is the ${first.order}th in order; it comes first.`,
      fix: "set its order to 1, or remove it",
    };
  }
  const ordered = first.order !== 0;
  let before: Pick<Vcpu, "hotpluggable" | "order"> = first;
  let last = 0;
  for (const [id, vcpu] of [...vcpus].sort(([a], [b]) => a - b).slice(1)) {
    if (id > last + 1) before = UNLISTED;
    last = id;
    if (vcpu.online && (vcpu.order !== 0) !== ordered) {
      return yield {
        at: `${vcpu.at}.order`,
        message: `Of the vCPUs of "${label}" that are on, ${ordered ? `${id} has no order and 0 has` : `${id} has an order and 0 has none`}.`,
        fix: "give order to all of them, or to none",
      };
    }
    if (vcpu.hotpluggable === false && (before.hotpluggable || before.order > vcpu.order)) {
      return yield {
        at: vcpu.at,
        message: `vCPU ${id} of "${label}" stays, and stands behind one that ${before.hotpluggable ? "comes and goes" : "has a higher order"}.`,
        fix: "let vCPUs that stay have the lowest ids, in order",
      };
    }
    before = vcpu;
  }
}
