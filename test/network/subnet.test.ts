import fc from "fast-check";
import { IPv4, IPv6, parse, parseCIDR } from "ipaddr.js";
import { subnetOf } from "../../lib/network/subnet";

/* The arithmetic against that of ipaddr.js, for every prefix of both families. */

const ipv4 = fc.ipV4();
const ipv6 = fc.ipV6().filter((text) => IPv6.isValid(text));
const cidrs = fc.oneof(
  fc.record({ address: ipv4, prefix: fc.integer({ min: 0, max: 30 }) }),
  fc.record({ address: ipv6, prefix: fc.integer({ min: 0, max: 126 }) }),
);

/** Bytes as one number, to count with. */
const number = (address: string) => BigInt(`0x${Buffer.from(parse(address).toByteArray()).toString("hex")}`);
const canonical = (address: string) => parse(address).toString();

it("has the network address and the broadcast address that ipaddr.js computes", () => {
  fc.assert(
    fc.property(cidrs, ({ address, prefix }) => {
      const text = `${address}/${prefix}`;
      const subnet = subnetOf(text)!;
      const family = address.includes(":") ? IPv6 : IPv4;
      const network = family.networkAddressFromCIDR(text);
      expect(subnet.cidr).toBe(`${network.toString()}/${prefix}`);
      expect(subnet.version).toBe(family === IPv6 ? 6 : 4);
      expect(subnet.prefix).toBe(prefix);

      const first = number(network.toString());
      expect(number(subnet.hostAddress)).toBe(first + 1n);
      expect(number(subnet.guests.start)).toBe(first + 2n);
      expect(subnet.range.start).toBe(subnet.guests.start);
      const last = number(family.broadcastAddressFromCIDR(text).toString());
      expect(number(subnet.guests.end)).toBe(family === IPv4 ? last - 1n : last);
    }),
    { numRuns: 2000 },
  );
});

it("gives DHCP a range within the subnet, never more than libvirt takes", () => {
  fc.assert(
    fc.property(cidrs, ({ address, prefix }) => {
      const subnet = subnetOf(`${address}/${prefix}`)!;
      const { start, end } = subnet.range;
      for (const each of [start, end]) expect(parse(each).match(parseCIDR(subnet.cidr))).toBe(true);
      const size = number(end) - number(start) + 1n;
      expect(size).toBeGreaterThan(0n);
      expect(size).toBeLessThanOrEqual(65535n);
    }),
  );
});

it("offers exactly the addresses that guests can have", () => {
  const nearby = fc.bigInt({ min: -3n, max: 3n });
  fc.assert(
    fc.property(cidrs, nearby, fc.constantFrom("start", "end"), ({ address, prefix }, offset, edge) => {
      const subnet = subnetOf(`${address}/${prefix}`)!;
      const { start, end } = subnet.guests;
      const wanted = number(subnet.guests[edge as "start"]) + offset;
      const bits = subnet.version === 4 ? 32 : 128;
      fc.pre(wanted >= 0n && wanted < 1n << BigInt(bits));
      const bytes = Buffer.from(wanted.toString(16).padStart(bits / 4, "0"), "hex");
      const candidate = (subnet.version === 4 ? new IPv4([...bytes]) : new IPv6([...bytes])).toString();
      expect(subnet.offers(candidate)).toBe(wanted >= number(start) && wanted <= number(end));
    }),
  );
});

it("does not mix the families up", () => {
  fc.assert(
    fc.property(ipv4, ipv6, (four, six) => {
      expect(subnetOf("0.0.0.0/0")!.offers(six)).toBe(false);
      expect(subnetOf("::/0")!.offers(four)).toBe(false);
    }),
  );
});

it.each([
  ["10.20.0.0/24", "10.20.0.1", "10.20.0.2", "10.20.0.254"],
  ["10.20.0.77/24", "10.20.0.1", "10.20.0.2", "10.20.0.254"],
  ["192.168.1.128/25", "192.168.1.129", "192.168.1.130", "192.168.1.254"],
  ["10.0.0.0/30", "10.0.0.1", "10.0.0.2", "10.0.0.2"],
  ["172.16.0.0/16", "172.16.0.1", "172.16.0.2", "172.16.255.254"],
  ["10.0.0.0/8", "10.0.0.1", "10.0.0.2", "10.0.255.254"],
  ["fd00:20::/64", "fd00:20::1", "fd00:20::2", "fd00:20::fffe"],
])("%s: the host %s, DHCP from %s to %s", (text, host, start, end) => {
  const subnet = subnetOf(text)!;
  expect(subnet.hostAddress).toBe(host);
  expect(subnet.range).toEqual({ start, end });
});

it.each([
  "10.20.0.0",
  "10.20.0.0/33",
  "10.20.0.0/-1",
  "10.20.0.0/",
  "10.20.0.0/24/24",
  "10.20/16",
  "10.20.0/24",
  "0x0a.0.0.0/8",
  "010.0.0.0/8",
  "256.0.0.0/8",
  "fd00::/129",
  "fe80::1%eth0/64",
  "lan/24",
  " 10.0.0.0/8",
  "",
])("%j is no subnet", (text) => {
  expect(subnetOf(text)).toBeUndefined();
});

it("writes IPv6 in its shortest form, as libvirt writes it back", () => {
  expect(subnetOf("FD00:0020:0000::/64")!.cidr).toBe("fd00:20::/64");
  expect(canonical(subnetOf("fd00:20::/64")!.hostAddress)).toBe("fd00:20::1");
});
