/** Checked by the compiler (`npm run types`): what a program with generated bindings writes is valid here too. */
import { Domain, type DomainConfig, type DomainDevicesDisks, domain, Volume } from "../../lib/provider";
import { Domain as DomainOfSubpath } from "../../lib/provider/domain";
import { newStack } from "./sample";

jest.mock("../../lib/gate/gate", () => ({ Gate: { guard: () => {} } }));

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const equal = <A, B>(_: Equal<A, B>) => {};

test("one class under its flat name, its namespace, and its subpath", () => {
  expect(domain.Domain).toBe(Domain);
  expect(DomainOfSubpath).toBe(Domain);
  equal<domain.DomainConfig, DomainConfig>(true);
});

test("types of configuration", () => {
  equal<DomainConfig["name"], string>(true);
  equal<DomainDevicesDisks["device"], string | undefined>(true);
  const config: DomainConfig = { name: "web", type: "kvm" };
  expect(config).toBeDefined();
  // @ts-expect-error: a nested key that does not exist
  const unknown: DomainConfig = { ...config, os: { kernelArgs: "quiet" } };
  // @ts-expect-error: read-only
  const readOnly: DomainConfig = { ...config, id: 1 };
  // @ts-expect-error: required
  const incomplete: DomainConfig = { name: "web" };
  expect([unknown, readOnly, incomplete]).toHaveLength(3);
});

test("types of references", () => {
  const stack = newStack();
  const web = new Domain(stack, "web", { name: "web", type: "kvm" });
  const volume = new Volume(stack, "root", { name: "root", pool: "default" });

  const mac: string = web.devices.interfaces.get(0).mac.address;
  const port: number = web.devices.graphics.get(0).vnc.port;
  const id: number = web.id;
  const args: string[] = web.os.initArgs;
  const path: string = volume.target.path;
  const format: string = volume.target.format.type;
  expect([mac, port, id, args, path, format]).toHaveLength(6);

  // A reference to an object is a configuration of that type.
  web.putOs(web.os);
  web.putDevices({ disks: web.devices.disks, interfaces: [web.devices.interfaces.get(0)] });
  web.autostart = true;
  web.autostart = web.running;
  equal<typeof web.nameInput, string | undefined>(true);

  const readOnly = () => {
    // @ts-expect-error: set by the provider
    web.id = 2;
  };
  const nested = () => {
    // @ts-expect-error: a nested object is put
    web.os = { type: "hvm" };
  };
  expect(readOnly).toThrow(TypeError);
  expect(nested).toThrow(TypeError);
  // @ts-expect-error: no such attribute
  expect(web.devices.diskz).toBeUndefined();
  // @ts-expect-error: a required attribute cannot be reset
  expect(web.resetName).toBeUndefined();
});
