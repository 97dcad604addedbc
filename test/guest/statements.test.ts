import { Connection, KvmGuest, KvmHost, Memory, XenHost, XenHvmGuest } from "../../lib";
import { type GuestIntent, type HostIntent, intentOf } from "../../lib/plan/intent";
import { propErrors, run } from "../support/program";

/* What a user states of guests and hosts that no attribute says; rules read it beside the domain. */

const memory = Memory.gibibytes(1);
const kvm1 = { connection: Connection.ssh("kvm1") };

function intentOfGuest(props: Record<string, unknown>): GuestIntent | undefined {
  let guest: KvmGuest | undefined;
  run((stack) => {
    const host = new KvmHost(stack, "kvm1", kvm1);
    const other = new KvmHost(stack, "kvm2", { connection: Connection.ssh("kvm2") });
    guest = new KvmGuest(stack, "web", {
      host,
      memory,
      nics: [],
      ...props,
      ...(props.migratesTo === true && { migratesTo: [other] }),
    });
  });
  return intentOf<GuestIntent>(guest!.domain);
}

it("hosts to move to are known by their constructs, and make a guest migratable", () => {
  expect(intentOfGuest({ migratesTo: true })).toMatchObject({ migratable: true, migratesTo: ["stack/kvm2"] });
  expect(intentOfGuest({ migratable: true })).toMatchObject({ migratable: true, migratesTo: undefined });
  expect(intentOfGuest({})).toMatchObject({ migratable: false, trusted: undefined });
});

it("trust is stated", () => {
  expect(intentOfGuest({ trusted: false })).toMatchObject({ trusted: false });
});

it("drivers in a Xen image are stated, and so is a host that sleeps", () => {
  run((stack) => {
    const host = new XenHost(stack, "xen1", { connection: Connection.tls("xen1"), sleeps: true });
    const guest = new XenHvmGuest(stack, "erp", { host, memory, nics: [], xenDrivers: "in-image" });
    expect(intentOf<GuestIntent>(guest.domain)).toMatchObject({ xenDrivers: "in-image" });
    expect(intentOf<HostIntent>(host.provider)).toMatchObject({ sleeps: true });
  });
});

it("what is no statement is refused", () => {
  const result = run((stack) => {
    const host = new KvmHost(stack, "kvm1", { ...kvm1, sleeps: "no" as never });
    new KvmGuest(stack, "web", {
      host,
      memory,
      nics: [],
      trusted: "yes" as never,
      migratesTo: "kvm2" as never,
    });
  });
  expect(propErrors(result).join("\n")).toMatch(/sleeps[\s\S]*must be true or false/);
  expect(propErrors(result).join("\n")).toMatch(/trusted[\s\S]*must be true or false/);
  expect(propErrors(result).join("\n")).toMatch(/migratesTo[\s\S]*must be a list of hosts/);
});
