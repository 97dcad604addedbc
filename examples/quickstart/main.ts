import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { Connection, GuestOs, HostFacts, Image, KvmGuest, KvmHost, Memory } from "virt-constructs";

const app = new App();
const stack = new TerraformStack(app, "quickstart");
// Context values replace what differs on your machine: see the README of this example.
const { uri, image, accelerator } = app.node.getAllContext();

const host = new KvmHost(stack, "kvm1", {
  connection: uri ? Connection.uri(uri) : Connection.ssh("kvm1.example.net"),
  facts: HostFacts.fromDirectory(join(__dirname, "../../test/data/host-facts/kvm-debian12")),
});
new KvmGuest(stack, "web", {
  host,
  os: GuestOs.DEBIAN_12,
  memory: Memory.gibibytes(2),
  vcpus: 2,
  image: Image.fromUrl(
    image ?? "https://cloud.debian.org/images/cloud/bookworm/latest/debian-12-genericcloud-amd64.qcow2",
  ),
  accelerator,
});

app.synth();
