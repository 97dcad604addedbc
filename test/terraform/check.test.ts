import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { virtConstructs } from "../cli/command-line";
import { temporaryFolder } from "../support/temporary-folder";
import { describeWithTerraform, plan } from "./terraform";

const newFolder = temporaryFolder();
const FACTS = join(__dirname, "../data/host-facts");

const REQUIRED = `terraform {
  required_providers {
    libvirt = { source = "dmacvicar/libvirt" }
  }
}
`;

const RACK = `${REQUIRED}
variable "kvm" {
  default = "qemu+ssh://kvm1.example.net/system"
}
provider "libvirt" {
  uri = var.kvm
}
provider "libvirt" {
  alias = "xen1"
  uri   = "xen+tls://xen1.example.net/system"
}
resource "libvirt_volume" "root" {
  name     = "root.img"
  pool     = "default"
  capacity = 1073741824
  target   = { format = { type = "raw" } }
}
resource "libvirt_domain" "web" {
  count       = 2
  name        = "web"
  type        = "kvm"
  memory      = 1
  memory_unit = "GiB"
  vcpu        = 0
  running     = true
  os          = { type = "hvm", type_arch = "x86_64", type_machine = "q35", kernel_args = "quiet" }
  devices = {
    disks = [{
      source = { file = { file = libvirt_volume.root.path } }
      target = { dev = "vda", bus = "virtio" }
      driver = { name = "qemu", type = "qcow2" }
    }]
  }
}
module "xen" {
  source    = "./xen"
  providers = { libvirt = libvirt.xen1 }
  for_each  = toset(["erp"])
  name      = each.key
}
`;

const XEN = `${REQUIRED}
variable "name" {}
resource "libvirt_domain" "guest" {
  name        = var.name
  type        = "xen"
  memory      = 1
  memory_unit = "GiB"
  vcpu        = 200
  os          = { type = "hvm", type_arch = "x86_64", type_machine = "xenfv" }
}
`;

describeWithTerraform("a plan in HCL with planted faults, as Terraform shows it", () => {
  const folder = join(newFolder(), "rack");
  mkdirSync(join(folder, "xen"), { recursive: true });
  writeFileSync(join(folder, "main.tf"), RACK);
  writeFileSync(join(folder, "xen/main.tf"), XEN);
  let shown: string;
  beforeAll(() => {
    shown = JSON.stringify(plan(folder).plan);
  });

  const check = async (...options: string[]) => {
    const { code, stdout } = await virtConstructs(["check", "-", "--format", "json", ...options], {
      stdin: shown,
    });
    const found = (JSON.parse(stdout).findings as { code: string; address: string; severity: string }[])
      .filter(({ severity }) => severity === "error")
      .map(({ code: rule, address }) => `${rule} ${address}`);
    return { code, found };
  };

  test("is refused, each fault at its address", async () => {
    const { code, found } = await check();
    expect(code).toBe(1);
    expect(found).toEqual(
      expect.arrayContaining([
        "VIRT-CPU-001 libvirt_domain.web[0]",
        "VIRT-CPU-001 libvirt_domain.web[1]",
        "VIRT-DSK-028 libvirt_domain.web[0]",
        "VIRT-DSK-028 libvirt_domain.web[1]",
        "VIRT-PRV-003 libvirt_domain.web[0]",
        "VIRT-PRV-003 libvirt_domain.web[1]",
        "VIRT-UNQ-001 libvirt_domain.web[0]",
        "VIRT-UNQ-005 libvirt_domain.web[0]",
        'VIRT-XEN-008 module.xen["erp"].libvirt_domain.guest',
      ]),
    );
  });

  test("facts decide more", async () => {
    const { found } = await check("--facts", `xen1=${join(FACTS, "xen-pv-only")}`);
    expect(found).toContain('VIRT-XEN-001 module.xen["erp"].libvirt_domain.guest');
  });

  test("the host of the variable is known by its URI", async () => {
    const { found } = await check(
      "--facts",
      `qemu+ssh://kvm1.example.net/system=${join(FACTS, "qemu-only-debian12")}`,
    );
    expect(found.some((each) => each.startsWith("VIRT-HYP-001 libvirt_domain.web[0]"))).toBe(true);
  });
});
