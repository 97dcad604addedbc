import { readFileSync } from "node:fs";
import { join } from "node:path";
import { captureHost } from "../../lib/cli/capture/capture";
import type { Ran, Run } from "../../lib/cli/capture/shell";
import { targetOf } from "../../lib/cli/capture/target";
import { differences } from "../../lib/cli/differences";
import { virtConstructs } from "./command-line";

const DATA = join(__dirname, "../data/host-facts");
const KVM = join(DATA, "kvm-debian12");
const answer = (host: string, file: string) => ({ stdout: readFileSync(join(DATA, host, file), "utf8") });

/** A host that answers from recorded captures, and fails for what was not recorded. */
function recorded(
  host: string,
  answers: Readonly<Record<string, string | Ran>>,
): { run: Run; asked: string[][] } {
  const asked: string[][] = [];
  const run: Run = async (program, args) => {
    asked.push([program, ...args]);
    const command = [program, ...args].join(" ");
    const found = Object.entries(answers).find(([part]) => command.includes(part))?.[1];
    if (found === undefined) return { failed: "not recorded: qemu://user:s3cr3t@host/" };
    return typeof found === "string" ? answer(host, found) : found;
  };
  return { run, asked };
}

const capture = (uri: string, run: Run) => captureHost(targetOf(uri), run, () => {});

describe("capture", () => {
  test("asks for what the rules need, and says what it could not read, without passwords", async () => {
    const { run, asked } = recorded("kvm-debian12", {
      "virsh -r -c qemu:///system capabilities": "capabilities.xml",
      "--virttype kvm --arch x86_64 --machine q35": "domcaps-kvm-q35.xml",
      "net-list --all --name": { stdout: "default\nlab's\n\n" },
      "net-list --all": "net-list.txt",
      "net-dumpxml 'default'": {
        stdout:
          "<network><name>default</name></network>\n==== virt-constructs ====\n\n==== virt-constructs ====\n",
      },
      "pool-list --all --name": { stdout: "iscsi\n" },
      "pool-list --all": "pool-list.txt",
      "pool-dumpxml": {
        stdout:
          '<pool type="iscsi">\n<source>\n<auth type="chap" username="s3cr3t"><secret usage="u"/></auth></source></pool>',
      },
      uname: { stdout: "6.1.0\n" },
    });
    const { files, unread } = await capture("qemu:///system", run);
    expect([...files.keys()].sort()).toEqual(
      [
        "capabilities.xml",
        "domcaps-kvm-q35.xml",
        "net-default.xml",
        "net-list.txt",
        "pool-iscsi.xml",
        "pool-list.txt",
        "uname.txt",
      ].sort(),
    );
    expect(unread).toContain("nodeinfo.txt: not recorded: qemu://user:***@host/");
    expect(unread).toContain('net-lab_s.xml: net "lab\'s" could not be dumped');
    expect(JSON.stringify([...files, unread])).not.toContain("s3cr3t");
    expect(asked.some(([program]) => program === "xl" || program === "ssh")).toBe(false);
  });

  test("reads only", async () => {
    const { run, asked } = recorded("xen-hvm", {
      capabilities: "capabilities.xml",
      "-list": { stdout: "x\n" },
    });
    await capture("xen+ssh://root@xen1:2222/system", run);
    const commands = asked.map(([program, ...args]) =>
      program === "virsh" ? args.slice(3).join(" ") : args.join(" "),
    );
    for (const command of commands) {
      expect(command).toMatch(
        /^(capabilities|domcapabilities|nodeinfo|version|(nodedev|net|pool|iface)-(list|dumpxml)|-o BatchMode=yes -p 2222 -- root@xen1 LC_ALL=C (ip -j|cat \/proc|uname|xl (info|list)))/,
      );
    }
    expect(commands.filter((command) => /xl (info|list)$/.test(command))).toHaveLength(2);
  });

  test("says that no shell leads to a host behind TLS", async () => {
    const { run } = recorded("kvm-debian12", { capabilities: "capabilities.xml" });
    const { unread } = await capture("qemu+tls://kvm1/system", run);
    expect(unread).toContain('cpuinfo.txt: no shell leads there: run "cat /proc/cpuinfo" on the host');
  });

  test("of a host that does not answer", async () => {
    const run: Run = async () => ({ failed: "Connection refused" });
    await expect(capture("qemu+tcp://u:s3cr3t@kvm1/system", run)).rejects.toThrow(
      "qemu+tcp://u:***@kvm1/system does not answer: Connection refused",
    );
  });

  test.each(["", "kvm1", "qemu:/system", "/var/run"])("of %j, which is no URI", async (uri) => {
    expect(() => targetOf(uri)).toThrow("is no URI of libvirt");
  });

  test("a transport of the provider alone is one that virsh knows", () => {
    expect(targetOf("qemu+sshcmd://me@[::1]/system")).toEqual({
      uri: "qemu+ssh://me@[::1]/system",
      ssh: ["-o", "BatchMode=yes", "--", "me@::1"],
    });
  });

  test("a shell on the host takes the key and the known hosts of the URI", () => {
    const { ssh } = targetOf(
      "xen+ssh://root@xen1:2222/system?keyfile=/k/my%20key&knownhosts=/k/hosts&no_verify=1",
    );
    expect(ssh).toEqual(
      [
        ["-o", "BatchMode=yes", "-p", "2222", "-i", "/k/my key", "-o", 'UserKnownHostsFile="/k/hosts"'],
        ["-o", "StrictHostKeyChecking=no", "--", "root@xen1"],
      ].flat(),
    );
  });
});

describe("show, diff and schema", () => {
  test("show", async () => {
    const { stdout, code } = await virtConstructs(["facts", "show", KVM]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^hypervisor +qemu 7\.2/);
    const json = await virtConstructs(["facts", "show", KVM, "--format", "json"]);
    expect(JSON.parse(json.stdout).arch).toBe("x86_64");
  });

  test("diff", async () => {
    const other = join(DATA, "qemu-only-debian12");
    const same = await virtConstructs(["facts", "diff", KVM, KVM, "--exit-code"]);
    expect(same).toMatchObject({ code: 0, stdout: "", stderr: "nothing has changed\n" });
    const { code, stdout } = await virtConstructs(["facts", "diff", KVM, other, "--exit-code"]);
    expect(code).toBe(1);
    expect(stdout).toContain("- guests.hvm/x86_64.domainTypes.kvm\n");
    expect((await virtConstructs(["facts", "diff", KVM, other])).code).toBe(0);
  });

  test("schema", async () => {
    const { stdout } = await virtConstructs(["facts", "schema"]);
    const published = readFileSync(join(__dirname, "../../docs/schemas/host-facts.schema.json"), "utf8");
    expect(JSON.parse(stdout)).toEqual(JSON.parse(published));
  });

  test("of a folder that is none of facts", async () => {
    expect(await virtConstructs(["facts", "show", __dirname])).toMatchObject({ code: 2, stdout: "" });
  });
});

test("differences tell entries of lists apart by name, whatever their order", () => {
  const before = { memoryKiB: 1, networks: [{ name: "a", active: true }, { name: "b" }], routes: ["x", "y"] };
  const after = {
    memoryKiB: 2,
    networks: [{ name: "b" }, { name: "a", active: false }, { name: "c" }],
    routes: ["y"],
    arch: "x",
  };
  expect(differences(before, after)).toEqual([
    "~ memoryKiB: 1 -> 2",
    "~ networks.a.active: true -> false",
    "+ networks.c",
    "- routes.x",
    "+ arch: x",
  ]);
});
