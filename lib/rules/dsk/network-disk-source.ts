import { isLate, type Planned } from "../../plan/late";
import type { DomainDevicesDisksSourceNetwork } from "../../provider/domain";
import { defineRule, fail, having, pass, qemuGuests, undetermined } from "../../rule";
import { diskLabel } from "./disks";

type Source = Planned<DomainDevicesDisksSourceNetwork>;

/** Protocols that take a user name and a secret, with the kind of secret where libvirt insists on it. */
const AUTH: Readonly<Record<string, string | undefined>> = {
  rbd: "ceph",
  iscsi: "iscsi",
  http: undefined,
  https: undefined,
  ftp: undefined,
  ftps: undefined,
  ssh: undefined,
};

/** Protocols whose name is a pool or volume, a slash, and an image. */
const POOL_AND_IMAGE = new Set(["rbd", "gluster"]);

/** An image on the network is a name, at hosts, by a protocol. */
export const networkDiskSource = defineRule({
  code: "VIRT-DSK-024",
  slug: "network-disk-source",
  severity: "error",
  stage: "define",
  title: "The source of a network disk must be complete for its protocol",
  why: "Every protocol but nbd needs a name, rbd and gluster one of pool and image. Only some protocols authenticate, rbd with a secret of type ceph, iSCSI with one of type iscsi. NFS takes exactly one host, over TCP. A host is a name, or a socket with transport unix.",
  fix: "Complete the source as its protocol asks for it.",
  sources: [
    "tried: libvirt 9.0.0 refuses auth without a secret, of a disk and of its source: Missing <secret> element in auth",
    "libvirt domain_conf.c virDomainDiskSourceNetworkParse, virDomainStorageNetworkParseHost; domain_validate.c virDomainDiskDefValidateSourceChainOne; qemu_domain.c qemuDomainValidateStorageSource",
    "tried: libvirt 9.0.0 with QEMU 7.2 refuses a missing name (not with nbd), rbd and gluster names without a slash, auth with nbd, gluster, nfs and sheepdog, rbd with an iscsi secret and the reverse, nfs with no host, two hosts or a socket, tftp, a host without name, a socket without transport unix and the reverse; it takes snapshot, config, cookies, ssl, readahead, timeout and query with every protocol",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.disks[].source.network", "devices.disks[].auth"),
  *check(guest) {
    for (const [index, disk] of guest.disks.entries()) {
      for (const [at, auth] of [
        ["auth", disk.auth],
        ["source.network.auth", disk.source?.network?.auth],
      ] as const) {
        if (auth === undefined || isLate(auth) || auth.secret !== undefined) continue;
        yield fail({
          at: `devices.disks[${index}].${at}.secret`,
          message: `Disk ${diskLabel(disk, index)} of "${guest.label}" authenticates without a secret.`,
          fix: "name a secret of libvirt by its uuid or usage",
        });
      }
      const network = disk.source?.network;
      if (network === undefined) continue;
      if (isLate(network) || isLate(network.protocol)) {
        yield undetermined("the protocol of a network disk is known only at apply");
        continue;
      }
      const wrong = [...wrongIn(network)];
      if (wrong.length === 0) yield pass;
      for (const { at, text, fix } of wrong) {
        yield fail({
          at: `devices.disks[${index}].source.network${at}`,
          message: `Network disk ${diskLabel(disk, index)} of "${guest.label}" ${text}.`,
          fix,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { disks: [rbd("iscsi")] } }),
    good: (plan) => plan.kvm({ devices: { disks: [rbd("ceph")] } }),
  },
});

function rbd(secret: string): Record<string, unknown> {
  return {
    source: {
      network: {
        protocol: "rbd",
        name: "vms/web",
        hosts: [{ name: "ceph1.example.net" }],
        auth: { username: "libvirt", secret: { type: secret, usage: "ceph-vms" } },
      },
    },
    target: { dev: "vda", bus: "virtio" },
    driver: { name: "qemu", type: "raw" },
  };
}

interface Wrong {
  readonly at: string;
  readonly text: string;
  readonly fix: string;
}

function* wrongIn({ protocol, name, auth, hosts = [] }: Source): Iterable<Wrong> {
  if (protocol === undefined) {
    yield { at: ".protocol", text: "names no protocol", fix: 'set protocol: "rbd", "iscsi", "nbd", …' };
    return;
  }
  if (protocol === "tftp") {
    yield { at: ".protocol", text: "uses tftp, which QEMU has dropped", fix: "use http, https or nfs" };
  } else if (name === undefined || name === "") {
    if (protocol !== "nbd") {
      yield { at: ".name", text: `has no name, which ${protocol} needs`, fix: "set name to the image" };
    }
  } else if (POOL_AND_IMAGE.has(protocol) && !isLate(name) && !name.includes("/")) {
    const text = `is named "${name}"; ${protocol} needs a ${protocol === "rbd" ? "pool" : "volume"}, a slash and an image`;
    yield { at: ".name", text, fix: `set name to "…/${name}"` };
  }
  if (auth !== undefined && !(protocol in AUTH)) {
    yield { at: ".auth", text: `has auth, which ${protocol} does not know`, fix: "remove auth" };
  } else if (auth?.secret !== undefined) {
    const [wanted, type] = [AUTH[protocol], auth.secret.type];
    if (wanted !== undefined && type !== wanted && !isLate(type)) {
      const text = `authenticates with a secret of type ${type ?? "unknown"}; ${protocol} takes type ${wanted}`;
      yield { at: ".auth.secret.type", text, fix: `use a secret of type "${wanted}"` };
    }
  }
  if (protocol === "nfs" && hosts.length !== 1 && !isLate(hosts)) {
    yield { at: ".hosts", text: `names ${hosts.length} hosts; nfs takes exactly one`, fix: "name one host" };
  }
  for (const [index, host] of hosts.entries()) yield* wrongHost(protocol, host, `.hosts[${index}]`);
}

function* wrongHost(
  protocol: string,
  { name, socket, transport = "tcp" }: NonNullable<Source["hosts"]>[number],
  at: string,
): Iterable<Wrong> {
  if (isLate(transport)) return;
  if (transport === "unix") {
    if (protocol === "nfs") yield { at, text: "reaches nfs by a socket", fix: 'use transport "tcp"' };
    else if (!socket)
      yield { at, text: "has transport unix without a socket", fix: "set socket to its path" };
  } else if (socket !== undefined) {
    const text = `has a socket with transport ${transport}`;
    yield { at: `${at}.socket`, text, fix: 'set transport "unix", or remove socket' };
  } else if (!name) {
    yield { at, text: "has a host without a name", fix: "set the name of the host" };
  }
}
