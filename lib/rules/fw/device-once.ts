import { isX86 } from "../../plan/arch";
import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { groupBy } from "../../plan/plan";
import {
  defineRule,
  fail,
  having,
  needsFacts,
  type Outcome,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";
import { isAtLeast } from "../versions";

interface Once {
  readonly list: "smartcards" | "redirFilters" | "watchdogs";
  readonly what: string;
  readonly fix: string;
  /** The version of libvirt from which on a guest can have several. */
  readonly until?: string;
}

const ONCE: readonly Once[] = [
  { list: "smartcards", what: "smart cards, and QEMU has one slot for them", fix: "keep one" },
  {
    list: "redirFilters",
    what: "sets of redirection filters, and libvirt takes one",
    fix: "put all rules into one set",
  },
  { list: "watchdogs", what: "watchdogs", fix: "keep one", until: "9.1.0" },
];

/** Some devices make sense once. */
export const deviceOnce = defineRule({
  code: "VIRT-FW-083",
  slug: "device-once",
  severity: "error",
  stage: "define",
  title: "A guest has one smart card, one set of redirection filters, and one panic device of a model",
  why: "QEMU's reader of smart cards has one slot, the rules that filter redirected USB devices are one list, and a guest tells of its panic once by each way. libvirt takes several watchdogs from version 9.1.0 on.",
  fix: "Keep one, and put all rules about redirected USB devices into one set.",
  sources: [
    "libvirt domain_conf.c virDomainDefParseXML; domain_postparse.c virDomainDefPostParse; qemu_validate.c qemuValidateDomainSmartcardDef",
    "libvirt-go-xml-module 1.9001.0, for libvirt 9.1.0: multiple watchdog devices",
    "tried: libvirt 9.0.0, define of two smart cards: this QEMU binary lacks multiple smartcard support; of two sets of filters: only one set of redirection filter rule is supported; of two watchdogs: only a single watchdog device is supported; of two panic devices isa, hyperv or without a model on x86, which is isa: Multiple panic devices with model; isa beside hyperv is defined",
  ],
  needs: ["guest"],
  on: having(qemuGuests, ...ONCE.map(({ list }) => `devices.${list}` as const), "devices.panics"),
  *check(guest): Iterable<Outcome> {
    const { domain, host, label } = guest;
    for (const { list, what, fix, until } of ONCE) {
      const { length } = domain.devices?.[list] ?? [];
      if (length < 2) continue;
      const allowed = until === undefined ? false : isAtLeast(host.facts?.data.libvirtVersion, until);
      if (allowed === undefined) yield needsFacts(host);
      else if (allowed) yield pass;
      else {
        const version = until
          ? `; libvirt ${host.facts?.data.libvirtVersion} of "${host.label}" takes one`
          : "";
        yield fail({
          at: `devices.${list}[1]`,
          message: `"${label}" has ${length} ${what}${version}.`,
          fix,
        });
      }
    }
    yield* panics(guest);
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { panics: [{ model: "isa" }, { model: "isa" }] } }),
    good: (plan) => plan.kvm({ devices: { panics: [{ model: "isa" }, { model: "hyperv" }] } }),
  },
});

function* panics({ arch, domain, label }: PlanGuest): Iterable<Outcome> {
  const all = domain.devices?.panics ?? [];
  if (all.length < 2) return yield pass;
  if (isLate(arch) || all.some(({ model }) => isLate(model))) {
    return yield undetermined("the panic devices of a guest are known only at apply");
  }
  const usual = isX86(arch) ? "isa" : "the machine's own";
  const places = all.map(({ model }, index) => ({ model: model ?? usual, index }));
  for (const [model, same] of groupBy(places, (place) => place.model)) {
    if (same.length < 2) continue;
    yield fail({
      at: `devices.panics[${same[1]!.index}]`,
      message: `"${label}" has ${same.length} panic devices of model ${model}; one of a model is all there can be.`,
      fix: `keep devices.panics[${same[0]!.index}]`,
    });
  }
}
