import fc from "fast-check";
import { isObject } from "../../../lib/plan/json";

/** A part of a configuration, in the provider's own spelling. */
export type Part = Record<string, unknown>;

/** One of these values, as a rule; sometimes one that is out of place. */
export function mostly(usual: readonly unknown[], odd: readonly unknown[] = []): fc.Arbitrary<unknown> {
  if (odd.length === 0) return fc.constantFrom(...usual);
  return fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.constantFrom(...odd) },
  );
}

type Values = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** An object that has all of the first attributes, and any of the others. */
export function object(required: Values, optional: Values = {}): fc.Arbitrary<Part> {
  return fc
    .tuple(
      fc.record(required, { noNullPrototype: true }),
      fc.subarray(Object.keys(optional), { maxLength: Math.min(3, Object.keys(optional).length) }),
    )
    .chain(([always, keys]) =>
      fc
        .record(Object.fromEntries(keys.map((key) => [key, optional[key]!])), { noNullPrototype: true })
        .map((more) => ({ ...always, ...more })),
    );
}

export const list = (item: fc.Arbitrary<unknown>, maxLength = 2): fc.Arbitrary<unknown[]> =>
  fc.array(item, { minLength: 1, maxLength });

/** This, or nothing at all, as often as not. */
export const perhaps = (part: fc.Arbitrary<Part>): fc.Arbitrary<Part> => fc.oneof(fc.constant({}), part);

/** All parts in one: objects merge, lists are joined. */
export function together(...parts: fc.Arbitrary<Part>[]): fc.Arbitrary<Part> {
  return fc.tuple(...parts).map((all) => all.reduce(merge, {}));
}

export function merge(one: Part, other: Part): Part {
  const merged: Part = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const known = merged[key];
    if (Array.isArray(known) && Array.isArray(value)) merged[key] = [...known, ...value];
    else if (isObject(known) && isObject(value)) merged[key] = merge(known, value);
    else merged[key] = value;
  }
  return merged;
}

export const SWITCH = ["on", "off"] as const;
const YES_NO = ["yes", "no"] as const;
export const toggle = mostly(SWITCH, ["yes", "maybe"]);
export const yesNo = mostly(YES_NO, ["on", "true"]);

/** Settings of a virtio device's ring. */
export const VIRTIO_DRIVER: Values = {
  iommu: toggle,
  ats: toggle,
  packed: toggle,
  page_per_vq: toggle,
};

/** The places where character devices lead to. */
export const characterSource: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    { pty: { path: "" } },
    { null: true },
    { std_io: true },
    { vc: true },
    { file: { path: "/var/log/guest.log" } },
    { file: { path: "/var/log/guest.log", append: "on" } },
    { file: { path: "" } },
    { pipe: { path: "/run/guest" } },
    { dev: { path: "/dev/ttyS0" } },
    { unix: { mode: "bind", path: "/run/guest.sock" } },
    { unix: { mode: "connect", path: "/run/guest.sock", reconnect: { enabled: "yes", timeout: 3 } } },
    { unix: { mode: "bind", path: "/run/guest.sock", reconnect: { enabled: "yes", timeout: 3 } } },
    { unix: {} },
    { tcp: { mode: "bind", host: "127.0.0.1", service: "4555" } },
    { tcp: { mode: "connect", host: "127.0.0.1", service: "4555", tls: "no" } },
    { tcp: { mode: "connect", host: "127.0.0.1" } },
    { tcp: { mode: "connect", service: "4555" } },
    {
      udp: { bind_host: "0.0.0.0", bind_service: "4555", connect_host: "127.0.0.1", connect_service: "4556" },
    },
    { udp: { bind_host: "", bind_service: "", connect_host: "127.0.0.1", connect_service: "" } },
    { spice_vmc: true },
    { spice_port: { channel: "org.example.port" } },
    { dbus: { channel: "org.example.bus" } },
    { nmdm: { master: "/dev/nmdm0A", slave: "/dev/nmdm0B" } },
    { qemu_vd_agent: { clip_board: { copy_paste: "yes" }, mouse: { mode: "client" } } },
  ),
);
