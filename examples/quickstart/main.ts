import { App, TerraformStack } from "cdktf";
import { Connection, GuestOs, HostFacts, Image, KvmGuest, KvmHost, Memory } from "virt-constructs";

const app = new App();
const stack = new TerraformStack(app, "quickstart");

const host = new KvmHost(stack, "kvm1", {
  connection: Connection.ssh("kvm1.example.net"),
  facts: HostFacts.fromDirectory("hosts/kvm1"),
});
const image = Image.fromUrl(
  "https://cloud.debian.org/images/cloud/bookworm/latest/debian-12-genericcloud-amd64.qcow2",
);
new KvmGuest(stack, "web", { host, os: GuestOs.DEBIAN_12, memory: Memory.gibibytes(2), vcpus: 2, image });

app.synth();
