import { Readable } from "node:stream";
import type { Io } from "../../lib/cli/context";
import { run } from "../../lib/cli/main";

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Given {
  /** What standard input holds. */
  readonly stdin?: string;
  /** Whether standard output and error are a terminal. */
  readonly terminal?: boolean;
  readonly env?: Io["env"];
}

/** Runs a command line in this process. */
export async function virtConstructs(args: readonly string[], given: Given = {}): Promise<Outcome> {
  const { stdin = "", terminal = false, env = {} } = given;
  let [stdout, stderr] = ["", ""];
  const stream = (write: (text: string) => void) => ({
    write,
    isTTY: terminal,
    columns: terminal ? 100 : undefined,
  });
  const code = await run(args, {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: stream((text) => {
      stdout += text;
    }),
    stderr: stream((text) => {
      stderr += text;
    }),
    env,
  });
  return { code, stdout, stderr };
}

/** A domain as Terraform shows it in a plan. */
export function shownDomain(name: string, values: object = {}, address = `libvirt_domain.${name}`) {
  return {
    ...{ address, mode: "managed", type: "libvirt_domain", name },
    values: {
      name,
      type: "kvm",
      memory: 1048576,
      vcpu: 1,
      os: { type: "hvm", type_arch: "x86_64", kernel: "/boot/vmlinuz" },
      ...values,
    },
  };
}

/** What `terraform show -json` prints of a plan with these resources. */
export function shownPlan(...resources: object[]) {
  const config = {
    name: "libvirt",
    alias: "kvm1",
    expressions: { uri: { constant_value: "qemu+ssh://kvm1/system" } },
  };
  return {
    ...{ format_version: "1.2", terraform_version: "1.11.4", planned_values: { root_module: { resources } } },
    configuration: {
      provider_config: { "libvirt.kvm1": config },
      root_module: {
        resources: resources.map((resource) => ({
          address: (resource as { address: string }).address.replace(/\[.*\]$/, ""),
          provider_config_key: "libvirt.kvm1",
        })),
      },
    },
  };
}
