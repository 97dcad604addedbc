import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import {
  Connection,
  Disk,
  GuestOs,
  HostFacts,
  Image,
  KvmGuest,
  KvmHost,
  Memory,
  NatNetwork,
  Nic,
  StoragePool,
  XenBoot,
  XenHost,
  XenPvGuest,
} from "virt-constructs";

export const HOSTS = 10;
const GIB = 2 ** 20;

/** A captured host with memory for its share of the fleet. */
function facts(host: string): HostFacts {
  const captured = HostFacts.fromDirectory(join(__dirname, "../test/data/host-facts", host)).toJSON();
  return HostFacts.fromJson({
    ...captured,
    memoryKiB: 32768 * GIB,
    networks: [{ name: "default", active: true }],
    xen: captured.xen && { ...captured.xen, totalMemoryMiB: 32768 * 1024 },
  });
}

const kvmFacts = facts("kvm-debian12");
const xenFacts = facts("xen-hvm");

/** The fleet: 8 KVM and 2 Xen hosts; each guest with an overlay on a shared image, a data disk and a fixed address. */
export function fleet(stack: TerraformStack, guests: number): void {
  const image = Image.fromUrl("https://example.net/debian-12.qcow2");
  for (let number = 0; number < HOSTS; number++) {
    const xen = number >= 8;
    const connection = Connection.ssh(`host${number}.example.net`);
    const host = xen
      ? new XenHost(stack, `xen${number}`, { connection, facts: xenFacts })
      : new KvmHost(stack, `kvm${number}`, { connection, facts: kvmFacts });
    const pool = new StoragePool(stack, `pool${number}`, { host });
    const network = new NatNetwork(stack, `net${number}`, { host, subnet: `10.${number}.0.0/16` });
    for (let index = 0; index < guests / HOSTS; index++) {
      const ip = `10.${number}.${1 + Math.floor(index / 250)}.${1 + (index % 250)}`;
      const common = {
        os: GuestOs.DEBIAN_12,
        memory: Memory.gibibytes(2),
        vcpus: 2,
        disks: [
          Disk.image(image, { pool, size: Memory.gibibytes(20) }),
          Disk.empty(Memory.gibibytes(50), { pool }),
        ],
        nics: [Nic.network(network, { ip })],
      };
      if (host instanceof KvmHost) new KvmGuest(stack, `web${number}-${index}`, { ...common, host });
      else new XenPvGuest(stack, `web${number}-${index}`, { ...common, host, boot: XenBoot.pygrub() });
    }
  }
}
