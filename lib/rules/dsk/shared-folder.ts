import { isLate, type Planned } from "../../plan/late";
import type { DomainDevicesFilesystems } from "../../provider/domain";
import { defineRule, fail, having, needsFacts, pass, qemuGuests, undetermined } from "../../rule";
import { isAtLeast } from "../versions";

type Filesystem = Planned<DomainDevicesFilesystems>;

/** Before this version libvirt refuses virtiofs that is read-only. */
const READ_ONLY_VIRTIOFS = "11.0.0";

/** Shared folders come by virtiofs or by 9p, and each can do what the other cannot. */
export const sharedFolder = defineRule({
  code: "VIRT-DSK-026",
  slug: "shared-folder",
  severity: "error",
  stage: "define",
  title: "A shared folder must be what its driver can do",
  why: "QEMU shares folders of the host (source.mount), no files, devices or memory. virtiofs shares them as they are: not read-only, not with mapped owners, and each under a tag of its own; it has no model, format or write policy, and is what a guest can boot from. Modes for new files (fmode, dmode) belong to 9p with access mode mapped.",
  fix: "Use 9p (driver type path) for what virtiofs cannot do.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDeviceDefFS, domain_validate.c virDomainDefFSValidate",
    "tried: libvirt 9.0.0 refuses virtiofs with readonly, access mode mapped or squash, multidevs and a tag used twice, fmode without access mode mapped, kinds file, ram, template and block, and a folder without source or target; it defines a tag used twice with 9p, read-only 9p, and tags of 40 characters; it refuses an empty folder and an empty tag, which the provider does not send, a boot order without virtiofs, driver handle with another access mode than passthrough, drivers loop and nbd, and virtiofs with a model, a format or a write policy; from a socket it takes a write policy, read-only and mapped owners",
    "libvirt news of 11.0.0: read-only mode of virtiofs",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.filesystems"),
  *check(guest) {
    const tags = new Map<string, number>();
    for (const [index, filesystem] of (guest.domain.devices?.filesystems ?? []).entries()) {
      const at = `devices.filesystems[${index}]`;
      const tag = filesystem.target?.dir;
      const { driver, accessMode, readOnly } = filesystem;
      const isVirtiofs = driver?.type === "virtiofs";
      const later = isAtLeast(guest.host.facts?.data.libvirtVersion, READ_ONLY_VIRTIOFS);
      const wrong = [...wrongIn(filesystem)].filter((each) => each.at !== "readOnly" || later === false);
      if (isVirtiofs && readOnly === true && later === undefined) yield needsFacts(guest.host);
      if (isVirtiofs && tag !== undefined && !isLate(tag)) {
        const first = tags.get(tag);
        if (first === undefined) tags.set(tag, index);
        else {
          const text = `has the tag of shared folder ${first + 1}`;
          wrong.push({ at: "target.dir", text, fix: "give each folder a tag of its own" });
        }
      }
      for (const { at: attribute, text, fix } of wrong) {
        yield fail({
          at: `${at}.${attribute}`,
          message: `Shared folder ${index + 1} of "${guest.label}"${tag && !isLate(tag) ? ` (${tag})` : ""} ${text}.`,
          fix,
        });
      }
      if (wrong.length === 0) {
        yield [driver?.type, accessMode, readOnly].some(isLate)
          ? undetermined("how a folder is shared is known only at apply")
          : pass;
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm(shared({ read_only: true })),
    good: (plan) => plan.kvm(shared({})),
  },
});

function shared(changes: Record<string, unknown>): Record<string, unknown> {
  return {
    memory_backing: { memory_source: { type: "memfd" }, memory_access: { mode: "shared" } },
    devices: {
      filesystems: [
        {
          driver: { type: "virtiofs" },
          source: { mount: { dir: "/srv/share" } },
          target: { dir: "share" },
          ...changes,
        },
      ],
    },
  };
}

interface Wrong {
  readonly at: string;
  readonly text: string;
  readonly fix: string;
}

function* wrongIn({
  accessMode,
  boot,
  dmode,
  driver,
  fmode,
  model,
  multiDevs,
  readOnly,
  source,
  target,
}: Filesystem): Iterable<Wrong> {
  const kind = (["file", "ram", "template", "block", "bind", "volume"] as const).find(
    (each) => source?.[each],
  );
  if (kind !== undefined && !isLate(source)) {
    const text = `is a ${kind}; QEMU shares folders only`;
    yield { at: `source.${kind}`, text, fix: "share a folder (source.mount)" };
  } else if (source === undefined || (!isLate(source) && !source.mount?.dir && !source.mount?.socket)) {
    yield { at: "source", text: "names no folder of the host", fix: "set source.mount.dir" };
  }
  if (target === undefined || target.dir === "") {
    yield { at: "target", text: "has no tag", fix: "set target.dir to the tag that the guest mounts" };
  }
  const type = driver?.type ?? "path";
  if (boot !== undefined && type !== "virtiofs" && !isLate(type)) {
    const text = `is to be booted from (boot) with driver ${type}; that is for virtiofs`;
    yield { at: "boot", text, fix: 'remove boot, or set driver.type to "virtiofs"' };
  }
  if (type === "loop" || type === "nbd" || type === "ploop") {
    const text = `has driver ${type}, which is for containers`;
    yield { at: "driver.type", text, fix: 'set driver.type to "virtiofs" or "path"' };
  }
  // libvirt takes passthrough for granted, but not of a server of its own.
  const handled = accessMode ?? (source?.mount?.socket === undefined ? "passthrough" : "none");
  if (type === "handle" && !isLate(handled) && handled !== "passthrough") {
    const text = `has access mode ${handled} with driver handle, which has passthrough alone`;
    yield { at: "accessMode", text, fix: 'set accessMode to "passthrough", or driver.type to "path"' };
  }
  if (type === "virtiofs") {
    const by = 'or use 9p (driver.type "path")';
    // A server of its own, behind a socket, may do as it likes.
    const own = source?.mount?.socket !== undefined;
    for (const [at, given] of [
      ["model", model],
      ["driver.format", driver?.format],
      ["driver.wrPolicy", own ? undefined : driver?.wrPolicy],
    ] as const) {
      if (given === undefined) continue;
      yield { at, text: `has ${at}, which virtiofs does not know`, fix: `remove ${at}, ${by}` };
    }
    if (readOnly === true && !own) {
      yield {
        at: "readOnly",
        text: "is read-only, which virtiofs is not",
        fix: `mount it read-only in the guest, ${by}`,
      };
    }
    if (accessMode !== undefined && !isLate(accessMode) && accessMode !== "passthrough" && !own) {
      const text = `has access mode ${accessMode}; virtiofs has passthrough alone`;
      yield { at: "accessMode", text, fix: `remove accessMode, ${by}` };
    }
    const mode = fmode ?? dmode;
    if (mode !== undefined) {
      const at = fmode !== undefined ? "fmode" : "dmode";
      yield { at, text: `has ${at}, which is for 9p`, fix: `remove ${at}, ${by}` };
    }
    if (multiDevs !== undefined) {
      yield { at: "multiDevs", text: "has multiDevs, which is for 9p", fix: `remove multiDevs, ${by}` };
    }
  } else if ((fmode ?? dmode) !== undefined && !isLate(accessMode) && accessMode !== "mapped") {
    const at = fmode !== undefined ? "fmode" : "dmode";
    yield {
      at,
      text: `has ${at} without access mode mapped`,
      fix: `set accessMode "mapped", or remove ${at}`,
    };
  }
}
