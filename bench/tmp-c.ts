import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
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
} from "virt-constructs";

const f = HostFacts.fromDirectory(join(__dirname, "../test/data/host-facts/kvm-debian12"));
for (let r = 0; r < 6; r++) {
  const app = new App({ outdir: "/tmp/benchc" });
  const stack = new TerraformStack(app, "s");
  const host = new KvmHost(stack, "h", { connection: Connection.ssh("h"), facts: f });
  const pool = new StoragePool(stack, "p", { host });
  const network = new NatNetwork(stack, "n", { host, subnet: "10.1.0.0/16" });
  const image = Image.fromUrl("https://example.net/debian-12.qcow2");
  const t = process.hrtime.bigint();
  for (let i = 0; i < 2000; i++) {
    new KvmGuest(stack, `web${i}`, {
      host,
      os: GuestOs.DEBIAN_12,
      memory: Memory.gibibytes(2),
      vcpus: 2,
      disks: [
        Disk.image(image, { pool, size: Memory.gibibytes(20) }),
        Disk.empty(Memory.gibibytes(50), { pool }),
      ],
      nics: [Nic.network(network, { ip: `10.1.${1 + Math.floor(i / 250)}.${1 + (i % 250)}` })],
    });
  }
  console.log(Number(process.hrtime.bigint() - t) / 2000e3, "us per guest");
}
