import { normalMac } from "../../../lib/rules/net/mac";

it.each([
  ["52:54:00:00:00:01", "52:54:00:00:00:01"],
  ["52:54:00:AB:Cd:eF", "52:54:00:ab:cd:ef"],
  ["52:54:0:0:0:1", "52:54:00:00:00:01"],
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
