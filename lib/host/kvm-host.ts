import type { Construct } from "constructs";
import { z } from "zod";
import { check } from "../props";
import { Host, type HostProps, hostShape } from "./host";

/** Props of a KVM host. */
export interface KvmHostProps extends HostProps {}

const schema = z.strictObject(hostShape);

/**
 * A Linux host with KVM and libvirt's QEMU driver.
 *
 * KVM is part of the Linux kernel. It runs on x86, s390x and PowerPC; beyond the architectures of its beginnings
 * also on ARM, RISC-V and LoongArch. IA64 is refused: Linux has removed KVM for it.
 */
export class KvmHost extends Host {
  readonly hypervisor = "kvm";

  constructor(scope: Construct, id: string, props: KvmHostProps) {
    super(scope, id, check(schema, props), "kvm");
  }
}
