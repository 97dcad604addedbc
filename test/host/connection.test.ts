import { Connection } from "../../lib";

describe("the URI of a connection", () => {
  /** Each opened, or refused for what lies behind it and not for its form, by provider 0.9.7. */
  test.each([
    [Connection.local(), "qemu:///system"],
    [Connection.local({ socket: "/run/x/sock" }), "qemu:///system?socket=/run/x/sock"],
    // The provider has no transport "unix".
    [Connection.unix("/run/x/sock"), "qemu:///system?socket=/run/x/sock"],
    [Connection.ssh("h1"), "qemu+ssh://h1/system"],
    [
      Connection.ssh("h1", {
        user: "ops",
        port: 2222,
        keyFile: "~/.ssh/id a",
        knownHosts: "/k",
        socket: "/s",
      }),
      "qemu+ssh://ops@h1:2222/system?keyfile=~/.ssh/id%20a&knownhosts=/k&socket=/s",
    ],
    [Connection.sshCommand("h1"), "qemu+sshcmd://h1/system"],
    [Connection.tls("fd00::1", { pkiPath: "/etc/pki/x" }), "qemu+tls://[fd00::1]/system?pkipath=/etc/pki/x"],
    [Connection.tcp("h1", { port: 16510 }), "qemu+tcp://h1:16510/system"],
    [Connection.uri("qemu+ssh://h1/session"), "qemu+ssh://h1/session"],
  ])("%#", (connection, uri) => {
    expect(connection.issues).toEqual([]);
    expect(connection.toUri("qemu")).toBe(uri);
  });

  test("has the hypervisor's scheme", () => {
    expect(Connection.tls("h1").toUri("xen")).toBe("xen+tls://h1/system");
  });

  test.each(["qemu+unix:///system", "qemu+libssh2://h1/system", "qemu+ext://h1/system"])(
    "is refused where the provider has no such transport: %s",
    (uri) => {
      expect(Connection.uri(uri).issues).toMatchObject([
        { message: expect.stringContaining("that the provider can open") },
      ]);
    },
  );
});
