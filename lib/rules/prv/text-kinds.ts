import { isValid } from "ipaddr.js";
import { isMulticast, normalMac } from "../net/mac";
import { expand } from "./number-ranges";

/** What a text stands for. */
export interface TextKind {
  /** `a UUID`. */
  readonly name: string;
  /** How it is written. */
  readonly example: string;
  isOne(text: string): boolean;
  /** Whether the provider writes it even if it is empty. */
  readonly sentEmpty?: true;
}

const UUID: TextKind = {
  name: "a UUID",
  example: "09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f",
  // libvirt takes hyphens and spaces between any two pairs of digits, and none.
  isOne: (text) => /^\s*(?:[- ]*[0-9a-f]{2}){16}\s*$/i.test(text),
};
const ADDRESS: TextKind = { name: "an IP address", example: "10.20.0.1", isOne: isValid };
const MAC: TextKind = {
  name: "the MAC address of one interface",
  example: "52:54:00:12:34:56",
  isOne: (text) => normalMac(text) !== undefined && !isMulticast(text),
};
const COUNT: TextKind = {
  name: "a whole number",
  example: "2",
  isOne: (text) => /^\s*\+?\d+$/.test(text),
};
const VARIABLE: TextKind = {
  name: "the name of an environment variable",
  example: "QEMU_AUDIO_DRV",
  sentEmpty: true,
  isOne: (text) => /^[a-z_]\w*$/i.test(text),
};
const ID: TextKind = {
  name: "the number of a user or group",
  example: "107",
  isOne: (text) => /^\s*(?:-1|\+?\d+)$/.test(text) && Number(text) < 2 ** 32,
};
const MODE: TextKind = {
  name: "an octal mode up to 0777",
  example: "0644",
  isOne: (text) => /^\s*0*[0-7]{1,3}$/.test(text),
};
const COMPAT: TextKind = {
  name: "a version of the format qcow2",
  example: "1.1",
  isOne: (text) => /^[0-9]+\.[0-9]+$/.test(text),
};

const PRINTABLE: TextKind = {
  name: "a text of plain characters",
  example: "ACME",
  isOne: (text) => /^[ -~]*$/.test(text),
};

/** Kind, and where; other rules say more of attributes that are not listed. */
const TEXTS: readonly (readonly [kind: TextKind, places: string])[] = [
  [UUID, "domain.genId"],
  [UUID, "domain.devices.disks.auth.secret.uuid"],
  [UUID, "domain.devices.disks.source.network.auth.secret.uuid"],
  [UUID, "domain.devices.disks.{encryption,source.encryption}.secrets.uuid"],
  [UUID, "domain.devices.interfaces.source.vds.switchId"],
  [
    UUID,
    "{domain.devices.interfaces,network,network.portGroups}.virtualPort.params.{any,vepa8021Qbg}.instanceId",
  ],
  [
    UUID,
    "{domain.devices.interfaces,network,network.portGroups}.virtualPort.params.{any,openVSwitch,midoNet}.interfaceId",
  ],
  [UUID, "domain.devices.tpms.backend.emulator.encryption.secret"],
  [UUID, "domain.devices.hostdevs.subsysMDev.source.address.uuid"],
  [UUID, "domain.devices.memorydevs.uuid"],
  [UUID, "{volume.target.encryption.secret,pool.source.auth.secret}.uuid"],
  [ADDRESS, "domain.devices.interfaces.portForward.address"],
  [ADDRESS, "network.ips.dhcp.bootp.server"],
  [MAC, "network.mac.address"],
  [COUNT, "network.bridge.delay"],
  [COUNT, "domain.cpu.numa.cell.caches.{size,line}.value"],
  [VARIABLE, "domain.qemuCommandline.envs.name"],
  [ID, "{volume,pool}.target.permissions.{owner,group}"],
  [MODE, "{volume,pool}.target.permissions.mode"],
  [PRINTABLE, "domain.devices.disks.{vendor,product}"],
  [COMPAT, "volume.target.compat"],
];

/** What the text of each attribute stands for: `domain.genId`. */
export function textKinds(): ReadonlyMap<string, TextKind> {
  return new Map(TEXTS.flatMap(([kind, places]) => expand(places).map((place) => [place, kind] as const)));
}
