import { isMulticast, normalMac } from "../../../lib/rules/net/mac";

it.each([
  ["52:54:00:00:00:01", "52:54:00:00:00:01"],
  ["52:54:00:AB:Cd:eF", "52:54:00:ab:cd:ef"],
  ["52:54:0:0:0:1", "52:54:00:00:00:01"],
  ["52:54:00:00:00:01 ", "52:54:00:00:00:01"],
])("reads %s as %s", (text, normal) => expect(normalMac(text)).toBe(normal));

it.each([
  "",
  "52:54:00:00:00",
  "52:54:00:00:00:01:02",
  "52-54-00-00-00-01",
  "52:54:00:00:00:0g",
  "52:54:00:00:00:001",
  "52:54::00:00:01",
  "525400000001",
  " 52:54:00:00:00:01",
])("does not read %j", (text) => expect(normalMac(text)).toBeUndefined());

it.each([
  ["01:00:5e:00:00:01", true],
  ["ff:ff:ff:ff:ff:ff", true],
  ["53:54:00:00:00:01", true],
  ["52:54:00:00:00:01", false],
  ["0:54:00:00:00:01", false],
])("knows whether %s is multicast: %s", (mac, expected) => expect(isMulticast(mac)).toBe(expected));
