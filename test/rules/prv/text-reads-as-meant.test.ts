import { textKinds } from "../../../lib/rules/prv/text-kinds";
import { textReadsAsMeant } from "../../../lib/rules/prv/text-reads-as-meant";
import { RuleTester } from "../../../lib/testing";

test("every example is what it is an example of", () => {
  for (const { example, isOne } of textKinds().values()) expect(isOne(example)).toBe(true);
});

const guest = (gen_id: unknown) => ({ name: "web", gen_id });
const env = (name: string) => ({ qemu_commandline: { envs: [{ name, value: "1" }] } });
const permissions = (more: object) => ({ target: { permissions: more } });
const port = (interface_id: string) => ({ virtual_port: { params: { open_v_switch: { interface_id } } } });

RuleTester.run(textReadsAsMeant, {
  fails: {
    "a word instead of a UUID": {
      plan: (t) => t.kvm(guest("web1")),
      message: '"web": genId is "web1", which is not a UUID.',
      fix: "write it as in 09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f, or remove it",
      at: "genId",
    },
    "31 and 33 digits": (t) => t.kvm(guest("0".repeat(31))),
    "a UUID of a network": { plan: (t) => t.network("lan", port("x")), message: "is not a UUID" },
    "a MAC address that is none": (t) => t.network("lan", { mac: { address: "52:54:00" } }),
    "a MAC address of many": {
      plan: (t) => t.network("lan", { mac: { address: "01:00:5e:00:00:01" } }),
      message: "is not the MAC address of one interface",
    },
    "a delay in words": {
      plan: (t) => t.network("lan", { bridge: { delay: "soon" } }),
      message: "a whole number",
    },
    "an address that is none": (t) =>
      t.kvm({
        devices: { interfaces: [{ source: { user: {} }, port_forward: [{ proto: "tcp", address: "x" }] }] },
      }),
    "a variable that begins with a digit": {
      plan: (t) => t.kvm(env("1A")),
      at: "qemuCommandline.envs[0].name",
    },
    "a variable without name": (t) => t.kvm(env("")),
    "a variable with a hyphen": (t) => t.kvm(env("A-B")),
    "a mode that is not octal": (t) => t.volume("data", permissions({ mode: "0999" })),
    "a mode beyond permissions": (t) => t.volume("data", permissions({ mode: "1777" })),
    "a name as the owner": {
      plan: (t) => t.pool("p", permissions({ owner: "root" })),
      message: "number of a user",
    },
    "a group beyond 32 bits": (t) => t.volume("data", permissions({ group: "4294967296" })),
    "a format's version": (t) => t.volume("data", { target: { compat: "v3" } }),
  },
  passes: {
    UUIDs: (t) =>
      t
        .kvm(guest("43dc0cf8-809b-4adb-9bea-a9abb5f3d90e"))
        .kvm(guest("43DC0CF8809B4ADB9BEAA9ABB5F3D90E"))
        .kvm(guest(" 43dc0cf8 809b-4adb--9bea-a9abb5f3d90e ")),
    "an empty text, which the provider leaves out": (t) => t.kvm(guest("")).network("lan", port("")),
    numbers: (t) =>
      t
        .volume("a", permissions({ mode: "0644", owner: "-1", group: "107" }))
        .volume("b", permissions({ mode: "00755" }))
        .network("lan", { bridge: { delay: "0" } }),
    "names of variables": (t) => t.kvm(env("_A1")),
  },
  undetermined: {
    "a late text": { plan: (t) => t.kvm(guest("${var.id}")), reason: "genId is known only at apply" },
  },
});
