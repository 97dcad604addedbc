import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { virtConstructs } from "../cli/command-line";
import { temporaryFolder } from "../support/temporary-folder";
import { describeWithTerraform, plan } from "./terraform";

const newFolder = temporaryFolder();

const XEN = `terraform {
  required_providers {
    libvirt = { source = "dmacvicar/libvirt" }
  }
}
resource "libvirt_domain" "guest" {
  count       = 2
  name        = "guest\${count.index}"
  type        = "xen"
  memory      = 1
  memory_unit = "GiB"
  os          = { type = "xen", type_arch = "x86_64", type_machine = "xenpv", kernel = "/boot/vmlinuz" }
}
`;

/** Removes the guests with virsh when it is destroyed. */
const TEARDOWN = `
resource "terraform_data" "teardown" {
  count = 2
  input = { uuid = libvirt_domain.guest[count.index].uuid }
  provisioner "local-exec" {
    when    = destroy
    command = "virsh destroy \${self.output.uuid}; virsh undefine \${self.output.uuid}"
  }
}
`;

const MAIN = `terraform {
  required_providers {
    libvirt = { source = "dmacvicar/libvirt" }
  }
}
provider "libvirt" {
  uri = "xen+ssh://xen1/system"
}
module "kept" {
  source = "./kept"
}
module "guarded" {
  source = "./guarded"
}
`;

describeWithTerraform("Xen guests of modules in HCL, as Terraform shows them", () => {
  test("are told apart by what removes them", async () => {
    const folder = join(newFolder(), "rack");
    for (const [module, text] of Object.entries({ kept: XEN, guarded: XEN + TEARDOWN })) {
      mkdirSync(join(folder, module), { recursive: true });
      writeFileSync(join(folder, module, "main.tf"), text.replaceAll("guest$", `${module}$`));
    }
    writeFileSync(join(folder, "main.tf"), MAIN);
    const stdin = JSON.stringify(plan(folder).plan);
    const { stdout } = await virtConstructs(["check", "-", "--format", "json"], { stdin });
    const found = (JSON.parse(stdout).findings as { code: string; address: string; severity: string }[])
      .filter(({ code }) => code === "VIRT-PRV-006")
      .map(({ address, severity }) => `${severity} ${address}`);
    expect(found).toEqual([
      "warning module.kept.libvirt_domain.guest[0]",
      "warning module.kept.libvirt_domain.guest[1]",
    ]);
  });
});
