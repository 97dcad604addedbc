import type { PlanGuest } from "../../plan/guest";
import { isLate, known } from "../../plan/late";
import { groupBy, type Plan } from "../../plan/plan";
import { defineRule, fail, guests, type Outcome, undetermined } from "../../rule";
import { together, usersText, usesOf } from "../together";

/** The lowest context id of a guest: 0 is the hypervisor, 1 the loopback, 2 the host. */
const LOWEST_CID = 3;

/** USB 2 controllers come with companions for slower devices, under one index. */
const COMPANIONS = /^ich9-(?:ehci1|uhci[123])$/;

/** Devices are told apart by number or name. */
export const uniqueDeviceId = defineRule({
  code: "VIRT-UNQ-008",
  slug: "unique-device-id",
  severity: "error",
  stage: "define",
  title: "Aliases, controller indexes, audio ids and vsock CIDs must not repeat",
  why: "libvirt refuses a guest with two controllers of one type and index, two audio devices of one id, or two devices of one user alias (ua-…). A vsock CID is an address on the host: below 3 it is reserved, and the second guest with one does not start.",
  fix: "Give each device another number or name; leave a CID to libvirt (cid.auto).",
  sources: [
    "libvirt domain_validate.c virDomainDefValidateAliases, virDomainVsockDefValidate; domain_conf.c virDomainControllerDefValidate, virDomainAudioDef",
    "tried: libvirt 9.0.0 refuses two controllers of one index for scsi, sata, virtio-serial, pci, ide, fdc and usb (not the ich9 companions, and not controllers without index), audio id 1 twice and 0, CID 0 to 2 with auto yes and no, and one ua- alias on two devices; an alias without ua- is dropped",
    "Linux vhost_vsock: a CID in use is refused (address in use)",
  ],
  needs: ["plan"],
  on: guests,
  *check(guest, plan) {
    yield* aliasOutcomes(guest);
    yield* controllerOutcomes(guest);
    yield* audioOutcomes(guest);
    yield* cidOutcomes(guest, plan);
  },
  examples: {
    bad: (plan) => plan.kvm(withCid("2")),
    good: (plan) => plan.kvm(withCid("3")),
  },
});

function withCid(address: string): Record<string, unknown> {
  return { devices: { vsock: { model: "virtio", cid: { address } } } };
}

function* aliasOutcomes({ domain, label }: PlanGuest): Iterable<Outcome> {
  const seen = new Map<string, string>();
  for (const kind in domain.devices) {
    // libvirt lets a console have the alias of the serial line that it is.
    if (kind === "consoles") continue;
    const devices = domain.devices[kind as keyof typeof domain.devices];
    const list: readonly unknown[] = Array.isArray(devices) ? devices : [devices];
    for (let index = 0; index < list.length; index++) {
      const device = list[index];
      const alias = known((device as { alias?: { name?: string } } | undefined)?.alias?.name);
      if (alias === undefined || !alias.startsWith("ua-")) continue;
      const at = `devices.${kind}${Array.isArray(devices) ? `[${index}]` : ""}`;
      const first = seen.get(alias);
      if (first === undefined) seen.set(alias, at);
      else {
        yield fail({
          at: `${at}.alias.name`,
          message: `Alias "${alias}" of "${label}" is that of ${first} and of ${at}.`,
          fix: "give each device an alias of its own",
        });
      }
    }
  }
}

function* controllerOutcomes({ domain, label }: PlanGuest): Iterable<Outcome> {
  const seen = new Map<string, number>();
  for (const [position, { type, index, model }] of (domain.devices?.controllers ?? []).entries()) {
    if (index === undefined || isLate(index) || isLate(type) || COMPANIONS.test(model ?? "")) continue;
    const key = `${type} ${index}`;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, position);
    else {
      yield fail({
        at: `devices.controllers[${position}].index`,
        message: `"${label}" has two ${type} controllers with index ${index}: controllers[${first}] and controllers[${position}].`,
        fix: "give each another index, or remove index to have libvirt count",
      });
    }
  }
}

function* audioOutcomes({ domain, label }: PlanGuest): Iterable<Outcome> {
  const seen = new Set<number>();
  for (const [position, { id }] of (domain.devices?.audios ?? []).entries()) {
    const number = known(id);
    if (number === undefined) continue;
    if (number >= 1 && !seen.has(number)) {
      seen.add(number);
      continue;
    }
    yield fail({
      at: `devices.audios[${position}].id`,
      message:
        number < 1
          ? `An audio device of "${label}" has id ${number}; ids count from 1.`
          : `"${label}" has two audio devices with id ${number}.`,
      fix: "give each audio device an id of its own, from 1 on",
    });
  }
}

function* cidOutcomes(guest: PlanGuest, plan: Plan): Iterable<Outcome> {
  const { address, auto } = guest.domain.devices?.vsock?.cid ?? {};
  if (address === undefined) return;
  if (isLate(address)) return yield undetermined("the CID of a guest is known only at apply");
  const at = "devices.vsock.cid.address";
  if (Number(address) < LOWEST_CID) {
    return yield fail({
      at,
      message: `"${guest.label}" has vsock CID ${address}; those below ${LOWEST_CID} are reserved.`,
      fix: 'use 3 or more, or cid: { auto: "yes" }',
    });
  }
  if (auto === "yes") return;
  const byHost = plan.index("guests by host and CID", () =>
    groupBy(plan.guests, (each) => {
      const cid = each.domain.devices?.vsock?.cid;
      return cid?.address === undefined || cid.auto === "yes"
        ? undefined
        : `${each.host.label}\n${cid.address}`;
    }),
  );
  const same = byHost.get(`${guest.host.label}\n${address}`) ?? [];
  if (same[0] !== guest) return;
  const uses = same.filter((each) => each.host === guest.host).flatMap(usesOf);
  const verdict = together(uses);
  if (verdict === "perhaps") yield undetermined("which guests run together is known only at apply");
  if (verdict !== "several" && verdict !== "alternately") return;
  yield fail({
    severity: verdict === "several" ? "error" : "warning",
    at,
    key: `cid ${address}`,
    places: same,
    message: `vsock CID ${address} of "${guest.host.label}" is asked for by ${usersText(uses)}.`,
    fix: 'give each guest another CID, or set cid: { auto: "yes" }',
  });
}
