import { App, TerraformStack } from "cdktf";
import { Acknowledgements, Connection, Gate, GuestOs, KvmGuest, KvmHost, Memory } from "virt-constructs";
import { acmeRules } from "./rules";

const app = new App();
Gate.of(app).configure({ pack: ["hardening", "performance"], rules: acmeRules });

const stack = new TerraformStack(app, "rule-pack");
const host = new KvmHost(stack, "kvm1", { connection: Connection.ssh("kvm1.example.net") });
const guest = { host, os: GuestOs.DEBIAN_12, memory: Memory.gibibytes(2), vcpus: 2 };
new KvmGuest(stack, "prod-web", guest);

const legacy = new KvmGuest(stack, "wiki", guest);
Acknowledgements.of(legacy).add({
  code: "ACME-NAME-001",
  reason: "links to the wiki are everywhere; it moves to prod-wiki with the new hosts",
});

app.synth();
