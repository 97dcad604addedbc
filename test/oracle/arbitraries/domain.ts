import fc from "fast-check";
import { memory, model, numa, tuning, vcpus } from "./cpu";
import { aliases, characterDevices, displays, hostDevices, peripherals, platform } from "./devices";
import { interfaces } from "./interfaces";
import { boot, clock, features, firmware, lifecycle, machine } from "./machine";
import { merge, type Part } from "./pieces";
import { controllers, disks, filesystems } from "./storage";

/** What a guest's configuration is about, area by area. */
export const AREAS: Readonly<Record<string, fc.Arbitrary<Part>>> = {
  aliases,
  boot,
  characterDevices,
  clock,
  controllers,
  displays,
  disks,
  features,
  filesystems,
  firmware,
  hostDevices,
  interfaces,
  lifecycle,
  memory,
  model,
  numa,
  peripherals,
  platform,
  tuning,
  vcpus,
};

const BASE: Part = {
  name: "guest",
  type: "qemu",
  memory: 1,
  memory_unit: "GiB",
  vcpu: 2,
  features: { acpi: true, apic: {} },
  devices: { disks: [{ target: { dev: "vda", bus: "virtio" }, source: { file: { file: "/srv/a.img" } } }] },
};

/** A guest with something from one to three areas: with more, one mistake would hide the next. */
export const domains: fc.Arbitrary<Part> = fc
  .tuple(machine, fc.subarray(Object.keys(AREAS), { minLength: 1, maxLength: 3 }))
  .chain(([machined, areas]) =>
    fc.tuple(...areas.map((area) => AREAS[area]!)).map((parts) => [machined, ...parts].reduce(merge, BASE)),
  );
