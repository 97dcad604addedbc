import type { PlanGuest } from "../../../lib/plan/guest";
import { freeTarget, targetIndex, targetPrefix } from "../../../lib/rules/dsk/disks";

const guestWith = (...names: string[]) =>
  ({ disks: names.map((dev) => ({ target: { dev } })) }) as unknown as PlanGuest;

describe("the place in a target's name", () => {
  it.each([
    ["sda", 0],
    ["hdd", 3],
    ["hde", 4],
    ["vdz", 25],
    ["sdaa", 26],
    ["xvdab", 27],
    ["sdzz", 701],
    ["sdaaa", 702],
    ["vdb1", 1],
    ["fda", 0],
    ["ubdc", 2],
  ])("%s is %d", (dev, index) => expect(targetIndex(dev)).toBe(index));

  it.each(["", "vd", "nvme0n1", "VDA", "vd1", "vda-1", "da"])("%j has none", (dev) =>
    expect(targetIndex(dev)).toBeUndefined(),
  );

  it("follows the order in which names are given out", () => {
    const names: string[] = [];
    for (let index = 0; index < 60; index++) names.push(freeTarget(guestWith(...names), "vd"));
    expect(names.map(targetIndex)).toEqual(names.map((_, index) => index));
  });
});

it("finds the first free target of a prefix", () => {
  expect(freeTarget(guestWith(), "vd")).toBe("vda");
  expect(freeTarget(guestWith("vda", "vdc", "sdb"), "vd")).toBe("vdb");
  expect(
    freeTarget(guestWith(...[..."abcdefghijklmnopqrstuvwxyz"].map((letter) => `sd${letter}`)), "sd"),
  ).toBe("sdaa");
});

it("knows the prefix of a target", () => {
  expect(targetPrefix("xvda")).toBe("xvd");
  expect(targetPrefix("hdb")).toBe("hd");
  expect(targetPrefix("strange")).toBe("vd");
});
