import { dnsRecordsComplete } from "../../../lib/rules/nwk/dns-records-complete";
import { RuleTester } from "../../../lib/testing";

const host = (more: object) => ({
  dns: { host: [{ ip: "10.20.0.7", hostnames: [{ hostname: "gw" }], ...more }] },
});
const SIP = { service: "sip", protocol: "tcp", target: "a.example" };
const service = (more: object) => ({ dns: { sr_vs: [{ ...SIP, ...more }] } });

RuleTester.run(dnsRecordsComplete, {
  fails: {
    "a host without name": {
      plan: (t) => t.network("lan", host({ hostnames: [] })),
      message: 'Host 10.20.0.7 has no name in the DNS of network "lan".',
      at: "dns.host[0].hostnames",
    },
    "a host with an empty name": (t) => t.network("lan", host({ hostnames: [{ hostname: "" }] })),
    "a host whose address is none": {
      plan: (t) => t.network("lan", host({ ip: "x" })),
      message: '"x" is no address of a host',
      at: "dns.host[0].ip",
    },
    "an empty forwarder": {
      plan: (t) => t.network("lan", { dns: { forwarders: [{ addr: "8.8.8.8" }, {}] } }),
      message: "Forwarder 2 is empty",
      at: "dns.forwarders[1]",
    },
    "a forwarder whose address is none": (t) => t.network("lan", { dns: { forwarders: [{ addr: "x" }] } }),
    "a service without name": {
      plan: (t) => t.network("lan", service({ service: null })),
      message: "Service 1 has no name",
      at: "dns.srVs[0].service",
    },
    "a service with a long name": (t) => t.network("lan", service({ service: "x".repeat(483) })),
    "a service with a name that is none": (t) => t.network("lan", service({ service: "a.b" })),
    "a service without protocol": {
      plan: (t) => t.network("lan", service({ protocol: "" })),
      message: 'Service "sip" has no protocol',
    },
    "a service whose protocol is none": (t) => t.network("lan", service({ protocol: "t_p" })),
    "a weight without target": {
      plan: (t) => t.network("lan", service({ target: null, weight: 0 })),
      message: "has a weight and no target",
      at: "dns.srVs[0].target",
    },
    "port 0": {
      plan: (t) => t.network("lan", service({ port: 0 })),
      message: "has port 0",
      fix: "use a number from 1 to 65535",
    },
    "a priority beyond 16 bits": (t) => t.network("lan", service({ priority: 65_536 })),
    "a text with a space in its name": (t) =>
      t.network("lan", { dns: { tx_ts: [{ name: "a b", value: "c" }] } }),
    "records of DNS that is off": {
      plan: (t) => t.network("lan", { dns: { enable: "no", tx_ts: [{ name: "a", value: "c" }] } }),
      message: 'Network "lan" has its DNS switched off, and records in it.',
      at: "dns.enable",
    },
  },
  passes: {
    "every kind of record": (t) =>
      t.network("lan", {
        dns: {
          enable: "yes",
          ...host({}).dns,
          sr_vs: [
            { ...SIP, port: 65_535, priority: 0, weight: 0 },
            { service: "sip", protocol: "udp" },
          ],
          forwarders: [{ addr: "fd00::1" }, { domain: "example.com" }],
          tx_ts: [{ name: "a", value: "b, c" }],
        },
      }),
    "DNS that is off": (t) => t.network("lan", { dns: { enable: "no" } }),
  },
  undetermined: {
    "a late address": {
      plan: (t) => t.network("lan", host({ ip: "${var.ip}" })),
      reason: "a DNS record is known only at apply",
    },
  },
});
