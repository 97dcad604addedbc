import { isValid } from "ipaddr.js";
import type { Planned } from "../../plan/late";
import type { NetworkDns } from "../../provider/network";
import { defineRule, type Failure, networks } from "../../rule";
import { type Literal, outcomesOf } from "../faults";

type Dns = Literal<Planned<NetworkDns>>;

/** What is left for the name of a service in a packet of 512 bytes. */
const LONGEST_SERVICE = 482;

/** dnsmasq answers with what is written here. */
export const dnsRecordsComplete = defineRule({
  code: "VIRT-NWK-101",
  slug: "dns-records-complete",
  severity: "error",
  stage: "define",
  title: "DNS records of a network must be complete, and stand where its DNS is on",
  why: "A host record gives an address its names, a service record says by which protocol a service is reached, and on which port of which target; a forwarder is a server or a domain. A network whose DNS is off has none of them.",
  fix: "Complete the record, or remove it.",
  sources: [
    "libvirt network_conf.c virNetworkDNSDefParseXML, virNetworkDNSHostDefParseXML, virNetworkDNSSrvDefParseXML, virNetworkDNSTxtDefParseXML",
    'tried: libvirt 9.0.0 refuses a host without name (Missing hostname) and with an address that is none (Invalid IP address), a service without service or protocol (missing required), with other characters than letters, digits, - + /, port 0 and 65536, and port, priority or weight without target (not permitted without target), the TXT name "a b" (prohibited character), a forwarder without addr and domain, and records beside enable no (Extra data in disabled network)',
  ],
  needs: ["network"],
  on: networks,
  check: (network) =>
    outcomesOf(network.config.dns as Planned<NetworkDns> | undefined, "a DNS record is", (dns) =>
      faultsOf(dns, network.label),
    ),
  examples: {
    bad: (plan) => plan.network("lan", { dns: { host: [{ ip: "10.20.0.7" }] } }),
    good: (plan) =>
      plan.network("lan", { dns: { host: [{ ip: "10.20.0.7", hostnames: [{ hostname: "gw" }] }] } }),
  },
});

function* faultsOf(dns: Dns, label: string): Iterable<Failure> {
  const records = [...forwarders(dns), ...hosts(dns), ...services(dns), ...texts(dns)];
  for (const { at, what, fix } of records) {
    if (what) yield { at: `dns.${at}`, message: `${what} in the DNS of network "${label}".`, fix: fix! };
  }
  if (dns.enable === "no" && records.length > 0) {
    yield {
      at: "dns.enable",
      message: `Network "${label}" has its DNS switched off, and records in it.`,
      fix: "remove the records, or enable",
    };
  }
}

/** A record, and what is wrong with it. */
interface Record {
  readonly at: string;
  readonly what?: string;
  readonly fix?: string;
}

const forwarders = ({ forwarders: all = [] }: Dns): Record[] =>
  all.map(({ addr, domain }, index) => {
    const at = `forwarders[${index}]`;
    if (!addr && !domain) {
      return { at, what: `Forwarder ${index + 1} is empty`, fix: "set addr or domain, or remove it" };
    }
    if (!addr || isValid(addr)) return { at };
    return { at: `${at}.addr`, what: `"${addr}" is no address of a forwarder`, fix: "give an IP address" };
  });

const hosts = ({ host: all = [] }: Dns): Record[] =>
  all.map(({ ip, hostnames = [] }, index) => {
    const at = `host[${index}]`;
    if (!ip || !isValid(ip)) {
      return {
        at: `${at}.ip`,
        what: `"${ip ?? ""}" is no address of a host`,
        fix: "write it as in 10.20.0.7",
      };
    }
    if (hostnames.some(({ hostname }) => hostname)) return { at };
    return { at: `${at}.hostnames`, what: `Host ${ip} has no name`, fix: "name it in hostnames" };
  });

const services = ({ srVs: all = [] }: Dns): Record[] =>
  all.map((record, index) => {
    const { service, protocol, target } = record;
    const at = `srVs[${index}]`;
    const label = `Service ${service ? `"${service}"` : index + 1}`;
    const wrong = (attribute: string, what: string, fix: string) => ({
      at: `${at}.${attribute}`,
      what: `${label} ${what}`,
      fix,
    });
    if (!service) return wrong("service", "has no name", "set service, such as sip");
    if (Buffer.byteLength(service) > LONGEST_SERVICE) {
      return wrong("service", `has a name of more than ${LONGEST_SERVICE} bytes`, "shorten service");
    }
    if (!/^[\w+/*-]*$/.test(service)) {
      return wrong(
        "service",
        "has a name with other characters than a service has",
        "use letters, digits and -",
      );
    }
    if (!protocol) return wrong("protocol", "has no protocol", "set protocol, such as tcp");
    if (!/^[A-Za-z0-9+/-]*$/.test(protocol)) {
      return wrong("protocol", `has the protocol "${protocol}"`, "use one such as tcp or udp");
    }
    const untargeted = (["port", "priority", "weight"] as const).find((each) => record[each] !== undefined);
    if (untargeted && !target) {
      return wrong("target", `has a ${untargeted} and no target`, `set target, or remove ${untargeted}`);
    }
    for (const [name, least] of [
      ["port", 1],
      ["priority", 0],
      ["weight", 0],
    ] as const) {
      const value = record[name];
      if (value === undefined || (value >= least && value <= 65_535)) continue;
      return wrong(name, `has ${name} ${value}`, `use a number from ${least} to 65535`);
    }
    return { at };
  });

const texts = ({ txTs: all = [] }: Dns): Record[] =>
  all.map(({ name }, index) => {
    const at = `txTs[${index}]`;
    if (!/[ ,]/.test(name ?? "")) return { at };
    return {
      at: `${at}.name`,
      what: `Text "${name}" has a name with a space or comma`,
      fix: "use another name",
    };
  });
