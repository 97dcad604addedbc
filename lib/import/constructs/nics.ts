import { type Code, call } from "../code";
import { type Config, listOf, NoConstruct, objectOf, type Places, textOf, unless } from "./proposal";

/**
 * The NICs of a guest as code, unless one is of a kind that no Nic is.
 *
 * @param model that a NIC has which names none; undefined where it depends on more than is known here
 */
export function nicsOf(devices: Config, model: string | undefined, places: Places): Code[] | NoConstruct {
  const codes = listOf(devices.interfaces).map((nic) => nicOf(nic, model, places));
  const other = codes.indexOf(undefined);
  return other < 0
    ? (codes as Code[])
    : new NoConstruct(`devices.interfaces[${other}] is of no kind that Nic has`);
}

function nicOf(nic: Config, model: string | undefined, places: Places): Code | undefined {
  const source = objectOf(nic.source);
  const options = {
    mac: objectOf(nic.mac).address,
    model: unless(objectOf(nic.model).type, model),
    bootOrder: objectOf(nic.boot).order,
    mtu: objectOf(nic.mtu).size,
  };
  const network = textOf(objectOf(source.network).network);
  const bridge = textOf(objectOf(source.bridge).bridge);
  const { dev, mode } = objectOf(source.direct);
  if (network !== undefined) return call("Nic.network", places.network(network), options);
  if (bridge !== undefined) return call("Nic.bridge", bridge, options);
  if (textOf(dev) === undefined) return undefined;
  return call("Nic.macvtap", dev, { ...options, mode: unless(mode, "bridge") });
}
