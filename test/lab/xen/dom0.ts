import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";

/** What came of a command in dom0, or of virsh. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const TIMEOUT_MS = 1_000_000;
/** On a busy machine the handshake of SSH alone takes a minute. */
const ANSWER_MS = 100_000;

/** The host system of a machine, by SSH and by libvirt's own protocol, both through forwards on loopback. */
export class Dom0 {
  /** For virsh and the provider. */
  readonly uri: string;
  /** By SSH, as an administrator would. */
  readonly sshUri: string;
  private readonly ssh: readonly string[];

  constructor(
    private readonly at: { readonly sshPort: number; readonly libvirtPort: number; readonly key: string },
    folder: string,
  ) {
    this.uri = `xen+tcp://127.0.0.1:${at.libvirtPort}/system`;
    this.sshUri = `xen+ssh://root@127.0.0.1:${at.sshPort}/system?keyfile=${at.key}&no_verify=1`;
    this.ssh = [
      ...["-i", at.key, "-p", String(at.sshPort)],
      ...["-o", "BatchMode=yes", "-o", "ConnectTimeout=90", "-o", "LogLevel=ERROR"],
      ...["-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"],
      // A handshake costs an emulated CPU a second.
      ...["-o", "ControlMaster=auto", "-o", "ControlPersist=600", "-o", `ControlPath=${join(folder, "ssh")}`],
      "root@127.0.0.1",
    ];
  }

  /** The command of a user who wants to look around. */
  get login(): string {
    const { sshPort, key } = this.at;
    return `ssh -i ${key} -p ${sshPort} -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null root@127.0.0.1`;
  }

  /** Runs a script of sh in dom0. */
  sh(script: string, timeout = TIMEOUT_MS): Ran {
    return run("ssh", [...this.ssh, "sh -s"], timeout, script);
  }

  /** Runs virsh here. */
  virsh(...args: string[]): Ran {
    return run("virsh", ["-q", "-c", this.uri, ...args], TIMEOUT_MS);
  }

  /** Without blocking, so that whoever waits can be interrupted. */
  answersSsh(): Promise<boolean> {
    return succeeds("ssh", [...this.ssh, "true"]);
  }

  answersLibvirt(): Promise<boolean> {
    return succeeds("virsh", ["-q", "-c", this.uri, "list"]);
  }

  disconnect(): void {
    run("ssh", ["-O", "exit", ...this.ssh], 10_000);
  }
}

function run(program: string, args: readonly string[], timeout: number, input = ""): Ran {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C" },
    input,
    timeout,
    maxBuffer: 2 ** 26,
  });
  return { status, stdout: stdout ?? "", stderr: error ? `${stderr ?? ""}${error.message}` : stderr };
}

function succeeds(program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { timeout: ANSWER_MS }, (error) => resolve(error === null));
    child.stdin?.end();
  });
}
