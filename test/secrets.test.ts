import { inspect } from "node:util";
import { App, TerraformStack } from "cdktf";
import fc from "fast-check";
import {
  CloudInit,
  Connection,
  Disk,
  Gate,
  Image,
  isVirtConstructsError,
  KvmGuest,
  KvmHost,
  Memory,
  Volume,
} from "../lib";
import { canonicalUri } from "../lib/plan/host";
import { maskPasswords } from "../lib/plan/secrets";
import { LibvirtProvider } from "../lib/provider/provider";
import { emptyFolder, PlainProvider, PlainResource, report } from "./gate/fleet";

const SECRET = "s3cr3t-pAssw0rd";

/** Everything that people or machines may read of a plan. */
function everythingOf(build: (stack: TerraformStack) => void): string {
  const app = new App({ outdir: emptyFolder() });
  const stack = new TerraformStack(app, "rack");
  build(stack);
  const verdict = Gate.of(app).evaluate();
  const said = verdict.findings.map(({ message, fix, title, fingerprint }) => [
    message,
    fix,
    title,
    fingerprint,
  ]);
  const undecided = verdict.undetermined.map(({ reason, host }) => [reason, host?.label, host?.uri]);
  let error = "";
  try {
    app.synth();
  } catch (thrown) {
    if (!isVirtConstructsError(thrown)) throw thrown;
    error = `${thrown.message}\n${thrown.stack}\n${inspect(thrown)}\n${JSON.stringify(thrown)}`;
  }
  return [JSON.stringify([said, undecided]), report(), error].join("\n");
}

const onHost = (stack: TerraformStack, connection: Connection) => {
  const host = new KvmHost(stack, "kvm1", { connection });
  new KvmGuest(stack, "web", { host, memory: Memory.gibibytes(1), vpcus: 2 } as never);
};

describe("a password is in no finding, no report and no error", () => {
  const cases: Record<string, (stack: TerraformStack) => void> = {
    "of a URI": (stack) => onHost(stack, Connection.uri(`qemu+tcp://user:${SECRET}@h/system`)),
    "of a URI that is none": (stack) => onHost(stack, Connection.uri(`qemu+tcp://user:${SECRET}@h`)),
    "of a URI with a slash in it": (stack) =>
      onHost(stack, Connection.uri(`qemu+tcp://u:a/${SECRET}@h/system`)),
    "of a URI with an at sign in it": (stack) =>
      onHost(stack, Connection.uri(`qemu+tcp://u:a@${SECRET}@h/system`)),
    "of a URI in the place of a connection": (stack) =>
      onHost(stack, `qemu+tcp://u:${SECRET}@h/system` as never),
    "of a long URI in the place of a connection": (stack) =>
      onHost(stack, `qemu+tcp://user:${SECRET}${"x".repeat(60)}@h/system` as never),
    "in the place of a user": (stack) => onHost(stack, Connection.ssh("h", { user: `root:${SECRET}` })),
    "in the place of a host": (stack) => onHost(stack, Connection.ssh(`root:${SECRET}@h`)),
    "of a provider": (stack) => {
      const provider = new LibvirtProvider(stack, "kvm", { uri: `qemu+tcp://user:${SECRET}@h/system` });
      new PlainResource(stack, "web", "libvirt_domain", { name: "web", type: "kvm", no_such: 1 });
      expect(provider.uri).toContain(SECRET);
    },
    "of a plain provider": (stack) => {
      new PlainProvider(stack, "kvm", { uri: `qemu+tcp://user:${SECRET}@h/system` });
      new PlainResource(stack, "web", "libvirt_domain", { name: "web", type: "kvm", no_such: 1 });
    },
    "of an image's URL": (stack) => {
      const host = new KvmHost(stack, "kvm1", { connection: Connection.ssh("h") });
      const image = Image.fromUrl(`https://user:${SECRET}@example.org/debian.qcow2`);
      new Volume(stack, "root", { host, image, size: Memory.gibibytes(1) } as never);
      new KvmGuest(stack, "web", { host, memory: Memory.gibibytes(1), disks: [Disk.image(image)], image });
    },
    "of first-boot configuration": (stack) => {
      const host = new KvmHost(stack, "kvm1", { connection: Connection.ssh("h") });
      const cloudInit = new CloudInit({
        config: { password: SECRET, chpasswd: { list: `root:${SECRET}` } },
        users: [{ name: "ops", sudo: SECRET, passwd: SECRET } as never],
      });
      new KvmGuest(stack, "web", { host, memory: Memory.gibibytes(1), cloudInit, vpcus: 2 } as never);
    },
    "of first-boot text": (stack) => {
      const host = new KvmHost(stack, "kvm1", { connection: Connection.ssh("h") });
      const cloudInit = CloudInit.fromText(`#cloud-config\npassword: ${SECRET}\n`);
      new KvmGuest(stack, "web", { host, memory: Memory.gibibytes(1), cloudInit, vpcus: 2 } as never);
    },
    "of first-boot text in an override": (stack) => {
      const data = { name: "seed", user_data: [SECRET], meta_data: { [SECRET.slice(0, 1)]: SECRET } };
      new PlainProvider(stack, "kvm", {});
      new PlainResource(stack, "seed", "libvirt_cloudinit_disk", data);
    },
  };

  it.each(Object.entries(cases))("%s", (_, build) => {
    const everything = everythingOf(build);
    expect(everything).toContain("VIRT-");
    expect(everything).not.toContain(SECRET);
    // Not even a part of it.
    expect(everything).not.toContain(SECRET.slice(0, 8));
  });
});

test("a MAC address is not derived from the password, which may change", () => {
  const macOf = (uri: string) => {
    const stack = new TerraformStack(new App({ outdir: emptyFolder() }), "rack");
    const host = new KvmHost(stack, "kvm1", { connection: Connection.uri(uri) });
    return new KvmGuest(stack, "web", { host, memory: Memory.gibibytes(1) }).macAddresses;
  };
  const mac = macOf("qemu+tcp://user:one@h/system");
  expect(macOf("qemu+tcp://user:two@h/system")).toEqual(mac);
  expect(macOf("qemu+tcp://user:one@i/system")).not.toEqual(mac);
});

describe("masking", () => {
  it.each([
    ["qemu+tcp://user:secret@h/system", "qemu+tcp://user:***@h/system"],
    ['connection "qemu+tcp://user:sec ret@h"', 'connection "qemu+tcp://user:***@h"'],
    ["two: xen+ssh://a:b@h, https://c:d@i.", "two: xen+ssh://a:***@h, https://c:***@i."],
    ["qemu+tcp://:secret@h/system", "qemu+tcp://:***@h/system"],
    ["qemu+ssh://root@h:22/system", "qemu+ssh://root@h:22/system"],
    ["qemu+tls://h:16514/system", "qemu+tls://h:16514/system"],
    [
      "qemu+ssh://[::1]:22/system, qemu+ssh://a@b/system",
      "qemu+ssh://[::1]:22/system, qemu+ssh://a@b/system",
    ],
    ["no URI: a:b@c", "no URI: a:b@c"],
  ])("%s", (text, masked) => {
    expect(maskPasswords(text)).toBe(masked);
  });

  it("hides every password without blanks", () => {
    const password = fc.string({ minLength: 1, unit: "grapheme-ascii" }).filter((text) => !/\s/.test(text));
    fc.assert(
      fc.property(password, (secret) => {
        const marked = `<<${secret}>>`;
        expect(maskPasswords(`at qemu+tcp://user:${marked}@h/system end`)).toBe(
          "at qemu+tcp://user:***@h/system end",
        );
      }),
    );
  });

  it("of a host's URI leaves the user, and tells no two hosts apart by password", () => {
    expect(canonicalUri("qemu+tcp://User:secret@H/system/")).toBe("qemu+tcp://User@h/system");
    expect(canonicalUri("qemu+tcp://u:a/b@h/system")).toBe("qemu+tcp://u@h/system");
    expect(canonicalUri("qemu+tcp://u:a?b@h/system")).toBe("qemu+tcp://u@h/system");
    expect(canonicalUri("qemu+ssh://h/system?keyfile=/k/a:b@c")).toBe("qemu+ssh://h/system?keyfile=/k/a:b@c");
  });
});
