import fc from "fast-check";
import { IPv4 } from "ipaddr.js";
import {
  freeSubnetAfter,
  meetingPairs,
  relation,
  type Subnet,
  subnetOf,
  subnetOfCidr,
  subnetText,
  type TakenSubnet,
} from "../../../lib/rules/nwk/subnets";

const cidr = (text: string) => subnetOfCidr(text)!;
const subnets = fc
  .record({ number: fc.integer({ min: 0, max: 2 ** 32 - 1 }), prefix: fc.integer({ min: 1, max: 32 }) })
  .map(
    ({ number, prefix }): Subnet => ({
      address: new IPv4([number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255]),
      prefix,
    }),
  );
const numberOf = (octets: number[]) => octets.reduce((sum, octet) => sum * 256 + octet, 0);
const rangeOf = (subnet: Subnet): [number, number] => {
  const first = numberOf(cidr(subnetText(subnet)).address.toByteArray());
  return [first, first + 2 ** (32 - subnet.prefix) - 1];
};

describe("how subnets lie to each other", () => {
  it.each([
    ["10.0.0.1/24", "10.0.0.200/24", "equal"],
    ["10.0.0.0/24", "10.0.1.0/24", "apart"],
    ["10.0.0.0/8", "10.9.9.0/24", "overlapping"],
    ["10.9.9.128/25", "10.9.9.0/24", "overlapping"],
    ["fd00::1/64", "fd00::2/64", "equal"],
    ["fd00::/48", "fd00:0:0:7::/64", "overlapping"],
    ["fd00:1::/64", "fd00:2::/64", "apart"],
    ["0.0.0.0/1", "::/1", "apart"],
  ])("%s and %s are %s", (a, b, expected) => {
    expect(relation(cidr(a), cidr(b))).toBe(expected);
    expect(relation(cidr(b), cidr(a))).toBe(expected);
  });

  it("agrees with the ranges of their addresses", () => {
    fc.assert(
      fc.property(subnets, subnets, (a, b) => {
        const [[startA, endA], [startB, endB]] = [rangeOf(a), rangeOf(b)];
        const meet = startA <= endB && startB <= endA;
        const same = startA === startB && endA === endB;
        expect(relation(a, b)).toBe(same ? "equal" : meet ? "overlapping" : "apart");
      }),
    );
  });
});

describe("the subnet of an address block, as libvirt reads it", () => {
  const text = (block: object) => {
    const subnet = subnetOf(block);
    return subnet === undefined || subnet === "late" ? subnet : subnetText(subnet);
  };

  it.each([
    [{ address: "10.20.0.1", prefix: 24 }, "10.20.0.0/24"],
    [{ address: "10.20.0.1", prefix: 1 }, "0.0.0.0/1"],
    [{ address: "10.20.0.1", prefix: 32 }, "10.20.0.1/32"],
    [{ address: "10.20.0.1", prefix: 33 }, undefined],
    [{ address: "10.20.0.1", netmask: "255.255.252.0" }, "10.20.0.0/22"],
    [{ address: "10.20.0.1", prefix: 0, netmask: "255.255.0.0" }, "10.20.0.0/16"],
    [{ address: "10.20.0.1", netmask: "255.0.255.0" }, undefined],
    [{ address: "10.20.0.1", netmask: "nonsense" }, undefined],
    [{ address: "10.20.0.1" }, "10.0.0.0/8"],
    [{ address: "127.0.0.1" }, "127.0.0.0/8"],
    [{ address: "128.9.0.1" }, "128.9.0.0/16"],
    [{ address: "191.9.0.1" }, "191.9.0.0/16"],
    [{ address: "192.168.7.1" }, "192.168.7.0/24"],
    [{ address: "223.1.1.1" }, "223.1.1.0/24"],
    [{ address: "224.1.1.1" }, undefined],
    [{ address: "fd00:7::1" }, "fd00:7::/64"],
    [{ address: "fd00:7::1", prefix: 48 }, "fd00:7::/48"],
    [{ address: "fd00:7::1", prefix: 128 }, "fd00:7::1/128"],
    [{ address: "fd00:7::1", prefix: 129 }, undefined],
    [{ address: "10.0.0.300", prefix: 24 }, undefined],
    [{ prefix: 24 }, undefined],
    [{ address: "${var.a}", prefix: 24 }, "late"],
    [{ address: "10.20.0.1", prefix: "${var.p}" }, "late"],
    [{ address: "10.20.0.1", netmask: "${var.m}" }, "late"],
  ])("%j is %s", (block, expected) => expect(text(block)).toBe(expected));
});

it("does not read what is no CIDR", () => {
  expect(subnetOfCidr("nonsense/24")).toBeUndefined();
  expect(subnetOfCidr("")).toBeUndefined();
});

describe("the next free subnet", () => {
  it("has the same size and meets none that is taken", () => {
    expect(freeSubnetAfter(cidr("10.0.0.1/24"), [])).toBe("10.0.1.0/24");
    expect(freeSubnetAfter(cidr("10.0.0.1/24"), [cidr("10.0.0.0/22"), cidr("10.0.5.9/32")])).toBe(
      "10.0.4.0/24",
    );
    expect(freeSubnetAfter(cidr("10.0.0.1/24"), [cidr("10.0.0.0/22"), cidr("10.0.4.9/32")])).toBe(
      "10.0.5.0/24",
    );
  });

  it("is none where the address space ends, where everything is taken, and for IPv6", () => {
    expect(freeSubnetAfter(cidr("255.255.255.0/24"), [])).toBeUndefined();
    expect(freeSubnetAfter(cidr("255.255.254.0/24"), [])).toBe("255.255.255.0/24");
    expect(freeSubnetAfter(cidr("10.0.0.0/24"), [cidr("0.0.0.0/1")])).toBeUndefined();
    expect(freeSubnetAfter(cidr("fd00::/64"), [])).toBeUndefined();
  });

  it("is found up to the 256th", () => {
    const until = (last: number) => [...Array(last).keys()].map((third) => cidr(`10.0.${third}.0/24`));
    expect(freeSubnetAfter(cidr("10.0.0.0/24"), until(256))).toBe("10.1.0.0/24");
    expect(freeSubnetAfter(cidr("10.0.0.0/24"), [...until(256), cidr("10.1.0.0/24")])).toBeUndefined();
  });
});

describe("pairs of subnets that meet", () => {
  const taken = (subnet: Subnet, index: number) =>
    ({
      ...subnet,
      instance: 0,
      at: "ips[0].address",
      network: { address: String(index) },
    }) as unknown as TakenSubnet;

  it("name every subnet that meets another, the earlier of the program first", () => {
    const near = fc
      .record({ third: fc.integer({ min: 0, max: 15 }), prefix: fc.integer({ min: 18, max: 26 }) })
      .map(({ third, prefix }): Subnet => ({ address: new IPv4([10, 0, third * 4, 0]), prefix }));
    const six = fc
      .integer({ min: 0, max: 3 })
      .map((part): Subnet => subnetOfCidr(`${part}a00::/${part === 0 ? 6 : 16}`)!);
    fc.assert(
      fc.property(fc.array(fc.oneof(near, six), { maxLength: 12 }), (list) => {
        const all = list.map(taken);
        const pairs = meetingPairs(all);
        for (const [first, second] of pairs) {
          expect(all.indexOf(first)).toBeLessThan(all.indexOf(second));
          expect(relation(first, second)).not.toBe("apart");
        }
        const meeting = all.filter((each) =>
          all.some((other) => other !== each && relation(each, other) !== "apart"),
        );
        expect(new Set(pairs.flat())).toEqual(new Set(meeting));
      }),
    );
  });
});
