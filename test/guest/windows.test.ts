import type { TerraformStack } from "cdktf";
import {
  Connection,
  GuestOs,
  HostFacts,
  Image,
  KvmGuest,
  type KvmGuestProps,
  KvmHost,
  Memory,
} from "../../lib";
import { KVM_EXAMPLE } from "../../lib/plan/example-facts";
import { only, run } from "../support/program";

/** A host whose domain capabilities list these interfaces of Hyper-V. */
function hostOffering(stack: TerraformStack, features: readonly string[] | undefined): KvmHost {
  const [q35] = KVM_EXAMPLE.domainCapabilities!;
  const hyperv = features && { hyperv: { supported: features.length > 0, enums: { features } } };
  const facts = HostFacts.fromJson({
    ...KVM_EXAMPLE,
    domainCapabilities: [{ ...q35, features: { ...hyperv } }],
  });
  return new KvmHost(stack, "kvm1", { connection: Connection.ssh("kvm1"), facts });
}

const domain = (features: readonly string[] | undefined, props: Partial<KvmGuestProps> = {}) =>
  only(
    run(
      (stack) =>
        new KvmGuest(stack, "win", {
          host: hostOffering(stack, features),
          os: GuestOs.WINDOWS_SERVER_2022,
          memory: Memory.gibibytes(4),
          image: Image.fromUrl("https://images.example.net/windows.qcow2"),
          nics: [],
          ...props,
        }),
    ),
    "libvirt_domain",
  );
const timers = (of: ReturnType<typeof domain>) => of.clock.timer.map(({ name }: { name: string }) => name);

describe("a Windows guest of KVM", () => {
  it("gets the recommended interfaces of Hyper-V that its host offers, and no other", () => {
    const { features } = domain(["relaxed", "spinlocks", "vpindex", "vendor_id", "evmcs"]);
    expect(features.hyper_v).toEqual({
      mode: "custom",
      relaxed: { state: "on" },
      spinlocks: { state: "on", retries: 8191 },
      vp_index: { state: "on" },
    });
  });

  it("gets none from a host that offers none, or of which nobody knows", () => {
    expect(domain([]).features).not.toHaveProperty("hyper_v");
    expect(domain(undefined).features).not.toHaveProperty("hyper_v");
  });

  it("gets none when it is emulated", () => {
    expect(domain(["relaxed"], { accelerator: "tcg" }).features).not.toHaveProperty("hyper_v");
  });

  it("reads Hyper-V's clock where the host has the timers that are built on it", () => {
    expect(timers(domain(["relaxed", "synic", "stimer"]))).toEqual(["rtc", "pit", "hpet", "hypervclock"]);
    expect(timers(domain(["relaxed"]))).toEqual(["rtc", "pit", "hpet"]);
  });

  it("is the only one that does", () => {
    const linux = domain(["relaxed", "synic", "stimer"], { os: GuestOs.DEBIAN_12 });
    expect(linux.features).not.toHaveProperty("hyper_v");
    expect(linux.clock).toEqual({ offset: "utc" });
  });
});

describe("a Solaris guest of KVM", () => {
  it("gets devices that it knows", () => {
    const { devices } = domain(undefined, { os: GuestOs.SOLARIS_11_4, nics: undefined });
    expect(devices.disks[0].target.bus).toBe("sata");
    expect(devices.interfaces[0].model).toEqual({ type: "e1000" });
  });
});
