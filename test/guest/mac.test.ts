import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { type TerraformStack, TerraformVariable } from "cdktf";
import fc from "fast-check";
import { Connection, KvmGuest, KvmHost, type KvmHostProps, Memory, Nic, type NicOptions } from "../../lib";
import { deriveMac } from "../../lib/guest/mac";
import { run } from "../support/program";

const memory = Memory.gibibytes(1);
const nic = (options: NicOptions = {}) => Nic.bridge("br0", options);

/** MAC addresses of a guest "web" on a host. */
function macs(
  nics: Nic[],
  props: Partial<KvmHostProps> = {},
  before: (stack: TerraformStack) => void = () => {},
) {
  let found: readonly string[] = [];
  run((stack) => {
    before(stack);
    const host = new KvmHost(stack, "h", { connection: Connection.ssh("h"), ...props });
    found = new KvmGuest(stack, "web", { host, memory, nics }).macAddresses;
  });
  return found;
}

it("is a locally administered unicast address, as libvirt writes it", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (seed, path, id) => {
      const mac = deriveMac(seed, path, id);
      expect(mac).toMatch(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/);
      const first = Number.parseInt(mac.slice(0, 2), 16);
      expect(first & 0b01).toBe(0);
      expect(first & 0b10).toBe(0b10);
    }),
  );
});

it("differs by seed, path and NIC", () => {
  const parts = fc.tuple(
    fc.stringMatching(/^[\w/]+$/),
    fc.stringMatching(/^[\w/]+$/),
    fc.stringMatching(/^\w+$/),
  );
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      expect(deriveMac(...one) === deriveMac(...other)).toBe(one.join("\n") === other.join("\n"));
    }),
  );
});

it("meets no other among ten thousand", () => {
  const all = Array.from({ length: 10_000 }, (_, index) =>
    deriveMac("qemu:///system", `s/g${index}`, "nic0"),
  );
  expect(new Set(all).size).toBe(all.length);
});

it("stays the same for ever: guests would get other addresses with another release", () => {
  expect(deriveMac("qemu+ssh://h/system", "stack/web", "nic0")).toBe("52:a0:ba:1a:5e:1d");
  expect(macs([nic()])).toEqual(["52:a0:ba:1a:5e:1d"]);
});

it("is the same in another process", () => {
  const file = join(__dirname, "../../lib/guest/mac.ts");
  const program = `console.log(require(${JSON.stringify(file)}).deriveMac("qemu+ssh://h/system", "stack/web", "nic0"))`;
  const { stdout } = spawnSync(process.execPath, ["--import", "tsx", "--eval", program], {
    encoding: "utf8",
  });
  expect(stdout.trim()).toBe(deriveMac("qemu+ssh://h/system", "stack/web", "nic0"));
});

it("differs from host to host, and by the seed that a user sets", () => {
  const seeds = [
    {},
    { connection: Connection.ssh("other") },
    { macSeed: "staging" },
    { macSeed: "production" },
  ];
  expect(new Set(seeds.map((props) => macs([nic()], props)[0])).size).toBe(seeds.length);
  const moved = { macSeed: "staging", connection: Connection.ssh("other") };
  expect(macs([nic()], moved)).toEqual(macs([nic()], { macSeed: "staging" }));
});

it("does not depend on the text of a token, which is another in each run", () => {
  const late = (ahead: number) =>
    run((stack) => {
      for (let index = 0; index < ahead; index++)
        String(new TerraformVariable(stack, `v${index}`, {}).stringValue);
      const uri = new TerraformVariable(stack, "uri", {});
      const connections = [
        Connection.uri(uri.stringValue),
        Connection.ssh(uri.stringValue),
        Connection.ssh("h", { port: uri.numberValue }),
        Connection.ssh("h", { user: uri.stringValue }),
      ];
      for (const [index, connection] of connections.entries()) {
        const host = new KvmHost(stack, `h${index}`, { connection });
        new KvmGuest(stack, `g${index}`, { host, memory, nics: [nic()] });
      }
    });
  const addresses = ({ json }: ReturnType<typeof run>) =>
    Object.values(json.resource.libvirt_domain!).map(({ devices }) => devices.interfaces[0].mac.address);
  expect(addresses(late(0))).toEqual(addresses(late(7)));
  expect(new Set(addresses(late(0))).size).toBe(4);
});

it("stays with a NIC that has an id, when NICs are added and reordered", () => {
  const front = nic({ id: "front" });
  const back = nic({ id: "back" });
  const [one, other] = macs([front, back]);
  expect(macs([back, front])).toEqual([other, one]);
  expect(macs([nic({ id: "new" }), front, back]).slice(1)).toEqual([one, other]);
});

it("goes by position otherwise", () => {
  const [first, second] = macs([nic(), nic()]);
  expect(first).not.toBe(second);
  expect(macs([nic(), nic(), nic()]).slice(0, 2)).toEqual([first, second]);
  expect(macs([nic({ id: "nic0" })])).toEqual([first]);
});

it("is what a user gives, in lower case", () => {
  expect(macs([nic({ mac: "52:54:00:AB:CD:EF" })])).toEqual(["52:54:00:ab:cd:ef"]);
});

it("is put into lower case by Terraform where only apply knows it", () => {
  const { json } = run((stack) => {
    const { stringValue } = new TerraformVariable(stack, "mac", {});
    const host = new KvmHost(stack, "h", { connection: Connection.ssh("h") });
    new KvmGuest(stack, "web", { host, memory, nics: [nic({ mac: stringValue })] });
  });
  const [domain] = Object.values(json.resource.libvirt_domain!);
  expect(domain.devices.interfaces[0].mac.address).toBe("${lower(var.mac)}");
});
