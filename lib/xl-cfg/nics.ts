import type { DomainDevicesInterfaces } from "../provider/domain";
import type { Options } from "./options";
import { KeyValues } from "./spec";
import { XlCfgError, type XlText } from "./syntax";
import type { XlType } from "./type";

/** The bridge that xl takes where neither the file nor xl.conf names one. */
const DEFAULT_BRIDGE = "xenbr0";

export function nicsOf(options: Options, type: XlType): DomainDevicesInterfaces[] {
  return options.texts("vif").map((text, index) => nicOf(text, `vif[${index}]`, options, type));
}

function nicOf(text: XlText, at: string, options: Options, type: XlType): DomainDevicesInterfaces {
  const values = new KeyValues(text, at, ["trusted", "untrusted"]);
  const lose = (part: string, value: string, why: string) =>
    options.losePart(`${at}: ${part}`, value, text, why);
  const script = values.take("script");
  const nic: DomainDevicesInterfaces = {
    ...macOf(values.take("mac"), text),
    ...attachment(values.take("bridge"), script, text, at, options),
    ...(script !== undefined && { script: { path: script } }),
    ...modelOf(values, type, lose),
    ...targetOf(values.take("vifname")),
    ...addressesOf(values.take("ip")),
    ...rateOf(values.take("rate"), text, lose),
    ...backendOf(values.take("backend")),
  };
  if (values.has("trusted")) values.take("trusted");
  for (const [key, value] of values.rest) {
    lose(key, value === "" ? key : value, WHY[key] ?? "libvirt has no word for it");
  }
  return nic;
}

const WHY: Readonly<Record<string, string>> = {
  mtu: "libvirt's Xen driver drops it: set the MTU of the bridge",
  accel: "xl does not support it",
  gatewaydev: "libvirt has no word for it: a script of your own may set the route",
  netdev: "libvirt has no word for it: a script of your own may set the route",
};

function macOf(mac: string | undefined, text: XlText): Pick<DomainDevicesInterfaces, "mac"> {
  if (mac === undefined) return {};
  const parts = mac.split(/[:-]/);
  if (parts.length !== 6 || !parts.every((part) => /^[\da-f]{1,2}$/i.test(part))) {
    throw new XlCfgError(`the MAC address ${JSON.stringify(mac)} is none: expected 00:16:3e:xx:xx:xx`, text);
  }
  return { mac: { address: parts.map((part) => part.padStart(2, "0").toLowerCase()).join(":") } };
}

type Attachment = Pick<DomainDevicesInterfaces, "source" | "virtualPort" | "vlan">;

/** On Open vSwitch a bridge may have VLANs behind it: `ovsbr0.10`, or `ovsbr0:10:20` for a trunk. */
function attachment(
  bridge: string | undefined,
  script: string | undefined,
  text: XlText,
  at: string,
  options: Options,
): Attachment {
  const isSwitch = /openvswitch/.test(script ?? "");
  if (bridge === undefined) {
    const isRouted = script !== undefined && !isSwitch && !/(?:^|\/)vif-bridge$/.test(script);
    if (isRouted) return { source: { ethernet: {} } };
    options.notes.push({
      option: at,
      line: text.line,
      message: `names no bridge: taken for ${DEFAULT_BRIDGE}, xl's default, which xl.conf may change`,
    });
    return { source: { bridge: { bridge: DEFAULT_BRIDGE } }, ...(isSwitch && OPEN_VSWITCH) };
  }
  const [, name = bridge, tag] = isSwitch ? (/^([^.]*)\.(\d+)$/.exec(bridge) ?? []) : [];
  if (tag !== undefined) {
    return { source: { bridge: { bridge: name } }, ...OPEN_VSWITCH, vlan: { tags: [{ id: Number(tag) }] } };
  }
  const [trunk, ...tags] = bridge.split(":");
  if (tags.length === 0) return { source: { bridge: { bridge } }, ...(isSwitch && OPEN_VSWITCH) };
  if (!tags.every((each) => /^\d{1,4}$/.test(each))) {
    throw new XlCfgError(
      `${at} is on ${JSON.stringify(bridge)}: expected VLAN numbers after the colon`,
      text,
    );
  }
  return {
    source: { bridge: { bridge: trunk! } },
    ...OPEN_VSWITCH,
    vlan: { trunk: "yes", tags: tags.map((id) => ({ id: Number(id) })) },
  };
}

const OPEN_VSWITCH = { virtualPort: { params: { openVSwitch: {} } } };

function modelOf(
  values: KeyValues,
  type: XlType,
  lose: (part: string, value: string, why: string) => void,
): Pick<DomainDevicesInterfaces, "model"> {
  const model = values.take("model");
  const kind = values.take("type");
  if (kind !== undefined && kind !== "vif" && kind !== "ioemu" && kind !== "netfront") {
    lose("type", kind, "xl knows vif and ioemu");
  }
  // A paravirtual guest has no other card; an emulated one has both, unless told so.
  if (type !== "hvm") {
    if (model !== undefined && model !== "netfront")
      lose("model", model, "only HVM guests have emulated cards");
    return {};
  }
  if (kind === "vif" || kind === "netfront" || model === "netfront") return { model: { type: "netfront" } };
  return model === undefined ? {} : { model: { type: model } };
}

function targetOf(name: string | undefined): Pick<DomainDevicesInterfaces, "target"> {
  return name === undefined ? {} : { target: { dev: name } };
}

function addressesOf(ip: string | undefined): Pick<DomainDevicesInterfaces, "ip"> {
  if (ip === undefined) return {};
  return {
    ip: ip
      .split(/\s+/)
      .filter((each) => each !== "")
      .map((each) => {
        const [address = "", prefix] = each.split("/");
        return {
          address,
          family: address.includes(":") ? "ipv6" : "ipv4",
          ...(prefix !== undefined && /^\d+$/.test(prefix) && { prefix: Number(prefix) }),
        };
      }),
  };
}

const RATE = /^(\d+)([GMK]?)([Bb])\/s(?:@(\d+)(us|ms|s)?)?$/;
const FACTORS: Readonly<Record<string, number>> = { "": 1, K: 1000, M: 1e6, G: 1e9 };

/** xl counts in bytes a second, by thousands; libvirt in KiB. */
function rateOf(
  rate: string | undefined,
  text: XlText,
  lose: (part: string, value: string, why: string) => void,
): Pick<DomainDevicesInterfaces, "bandwidth"> {
  if (rate === undefined) return {};
  const [, amount, unit, letter, interval] = RATE.exec(rate) ?? [];
  if (amount === undefined) {
    throw new XlCfgError(
      `the rate ${JSON.stringify(rate)} is none: expected such as 10MB/s or 1Gb/s@50ms`,
      text,
    );
  }
  if (interval !== undefined) lose("rate", rate, "libvirt always fills the account every 50 ms");
  const bytes = (Number(amount) * FACTORS[unit!]!) / (letter === "b" ? 8 : 1);
  return { bandwidth: { outbound: { average: Math.max(1, Math.round(bytes / 1024)) } } };
}

function backendOf(name: string | undefined): Pick<DomainDevicesInterfaces, "backendDomain"> {
  return name === undefined || name === "Domain-0" || name === "0" ? {} : { backendDomain: { name } };
}
