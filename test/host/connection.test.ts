import { TerraformVariable } from "cdktf";
import fc from "fast-check";
import { Connection, KvmHost } from "../../lib";
import { run } from "../support/program";

it.each([
  [Connection.local(), "qemu:///system", "xen:///system"],
  [Connection.local({ socket: "/run/s" }), "qemu:///system?socket=/run/s", "xen:///system?socket=/run/s"],
  [Connection.unix("/run/s"), "qemu:///system?socket=/run/s", "xen:///system?socket=/run/s"],
  [Connection.ssh("h1"), "qemu+ssh://h1/system", "xen+ssh://h1/system"],
  [
    Connection.ssh("h1", { user: "root", port: 2222 }),
    "qemu+ssh://root@h1:2222/system",
    "xen+ssh://root@h1:2222/system",
  ],
  [
    Connection.ssh("h1", { keyFile: "/k", knownHosts: "/n", socket: "/s" }),
    "qemu+ssh://h1/system?keyfile=/k&knownhosts=/n&socket=/s",
    "xen+ssh://h1/system?keyfile=/k&knownhosts=/n&socket=/s",
  ],
  [Connection.sshCommand("alias"), "qemu+sshcmd://alias/system", "xen+sshcmd://alias/system"],
  [
    Connection.tls("h1", { pkiPath: "/pki" }),
    "qemu+tls://h1/system?pkipath=/pki",
    "xen+tls://h1/system?pkipath=/pki",
  ],
  [Connection.tcp("h1", { port: 16510 }), "qemu+tcp://h1:16510/system", "xen+tcp://h1:16510/system"],
  [Connection.ssh("fd00::1"), "qemu+ssh://[fd00::1]/system", "xen+ssh://[fd00::1]/system"],
  [
    Connection.ssh("[fd00::1]", { port: 22 }),
    "qemu+ssh://[fd00::1]:22/system",
    "xen+ssh://[fd00::1]:22/system",
  ],
  [Connection.uri("test:///default"), "test:///default", "test:///default"],
])("%# is written as libvirt reads it: %s", (connection, qemu, xen) => {
  expect(connection.toUri("qemu")).toBe(qemu);
  expect(connection.toUri("xen")).toBe(xen);
  expect(connection.issues).toEqual([]);
});

it("keeps what is in a user name or a path, whatever it is", () => {
  const text = fc
    .string({ minLength: 1, unit: "grapheme" })
    .filter((each) => !/[\s/:]|[$%]\{|[\ud800-\udfff](?![\udc00-\udfff])/.test(each));
  fc.assert(
    fc.property(text, text, (user, keyFile) => {
      const connection = Connection.ssh("h1", { user, keyFile });
      expect(connection.issues).toEqual([]);
      const url = new URL(connection.toUri("qemu").replace("qemu+ssh", "http"));
      expect(decodeURIComponent(url.username)).toBe(user);
      expect(url.searchParams.get("keyfile")).toBe(keyFile);
      expect(url.host).toBe("h1");
    }),
  );
});

it.each<[string, Connection, string]>([
  ["a host with a user", Connection.ssh("root@h1"), "host"],
  ["a host with a port", Connection.ssh("h1:22"), "host"],
  ["a host with a path", Connection.ssh("h1/system"), "host"],
  ["no host", Connection.ssh(""), "host"],
  ["a port of 0", Connection.ssh("h1", { port: 0 }), "port"],
  ["a port of 65536", Connection.tcp("h1", { port: 65536 }), "port"],
  ["half a port", Connection.tcp("h1", { port: 1.5 }), "port"],
  ["a relative socket", Connection.unix("run/s"), "socket"],
  ["a user with a password", Connection.ssh("h1", { user: "root:secret" }), "user"],
  ["a transport that the provider lacks", Connection.uri("qemu+libssh2://h1/system"), "uri"],
  ["no URI", Connection.uri("h1"), "uri"],
  ["a URI without a path", Connection.uri("qemu+ssh://h1"), "uri"],
])("finds %s", (_, connection, prop) => {
  expect(connection.issues.map((issue) => issue.prop)).toEqual([prop]);
  expect(JSON.stringify(connection.issues)).not.toContain("hunter");
});

it("hides passwords in what it finds", () => {
  const [issue] = Connection.uri("qemu+ssh://root:hunter2@h1").issues;
  expect(issue!.message).toMatch(
    /^must be a URI of libvirt, such as qemu\+ssh:\/\/host\/system, not ".*\*\*\*@h1"$/,
  );
});

it("takes a token for every part", () => {
  const { json } = run((stack) => {
    const late = new TerraformVariable(stack, "late", {});
    const { stringValue, numberValue } = late;
    new KvmHost(stack, "a", {
      connection: Connection.ssh(stringValue, { user: stringValue, port: numberValue, keyFile: stringValue }),
    });
    new KvmHost(stack, "b", { connection: Connection.uri("${var.uri}") });
  });
  expect(json.provider.libvirt.map(({ uri }: { uri: string }) => uri)).toEqual([
    "qemu+ssh://${var.late}@${var.late}:${var.late}/system?keyfile=${var.late}",
    "${var.uri}",
  ]);
});
