import { isLate } from "../../plan/late";
import { defineRule, fail, guests, having, type Outcome, pass, undetermined } from "../../rule";
import { partsAt } from "../parts";

/** A list in which each thing stands once. */
interface List {
  readonly at: string;
  /** By what its elements are told apart. */
  readonly key: string;
  /** What the user calls one: `perf event cmt`. */
  readonly what: string;
}

const LISTS: readonly List[] = [
  { at: "perf.events", key: "name", what: "perf event" },
  { at: "blockIoTune.device", key: "path", what: "block I/O of" },
  { at: "keyWrap.ciphers", key: "name", what: "key wrapping by" },
];

/** What is said twice may be said differently. */
export const listedOnce = defineRule({
  code: "VIRT-UNQ-100",
  slug: "listed-once",
  severity: "error",
  stage: "define",
  title: "A guest lists a perf event, a device's block I/O and a cipher of key wrapping once each",
  why: "Each of these lists says something of a thing by its name. libvirt refuses a second entry for one name, even when it says the same.",
  fix: "Keep one entry of each name.",
  sources: [
    "libvirt domain_conf.c virDomainPerfEventDefParseXML, virDomainDefTunablesParse, virDomainKeyWrapDefParseXML",
    "tried: libvirt 9.0.0 refuses cmt twice (perf event 'cmt' was already specified), /dev/sda twice (duplicate blkio device path), aes twice (A domain definition can have no more than one cipher node with name aes)",
  ],
  needs: ["guest"],
  on: having(guests, ...LISTS.map(({ at }) => at)),
  *check(guest): Iterable<Outcome> {
    for (const { at, key, what } of LISTS) {
      const first = new Map<unknown, number>();
      for (const [index, [place, element]] of partsAt(guest.domain, at).entries()) {
        const name = (element as Readonly<Record<string, unknown>>)[key];
        if (name === undefined || name === "") continue;
        if (isLate(name)) {
          yield undetermined(`${at}.${key} is known only at apply`);
        } else if (first.has(name)) {
          yield fail({
            at: `${place}.${key}`,
            message: `"${guest.label}" lists ${what} ${name} twice, as ${first.get(name)! + 1}. and ${index + 1}. of ${at}.`,
            fix: "keep one of them",
          });
        } else {
          first.set(name, index);
          yield pass;
        }
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ perf: { events: [CMT, CMT] } }),
    good: (plan) => plan.kvm({ perf: { events: [CMT] } }),
  },
});

const CMT = { name: "cpu_cycles", enabled: "yes" };
