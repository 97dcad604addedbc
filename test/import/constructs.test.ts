import type { TerraformStack } from "cdktf";
import fc from "fast-check";
import {
  Connection,
  Cpu,
  Disk,
  Graphics,
  GuestOs,
  KvmGuest,
  KvmHost,
  Memory,
  Nic,
  XenBoot,
  XenHost,
  XenPvGuest,
} from "../../lib";
import { readXmlDocuments, writeXml } from "../../lib/domain-xml";
import { programOf, resourcesOfXml } from "../../lib/import";
import { differences, withoutDefaults } from "../../lib/import/defaults";
import { buildPlan } from "../../lib/plan/build";
import { readTerraformJson } from "../../lib/plan/terraform-json";
import { run, silently } from "../support/program";
import { synthesized, unguarded } from "./run-program";

const RUNS = 25;

const { record, constantFrom, integer, array, option, boolean, constant } = fc;
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => option(arbitrary, { nil: undefined });
const mac = integer({ min: 0, max: 255 }).map(
  (last) => `52:54:00:00:00:${last.toString(16).padStart(2, "0")}`,
);

/** Props that people state, of guests whose disks and networks are there already. */
const common = {
  os: maybe(constantFrom(GuestOs.DEBIAN_12, GuestOs.ALMALINUX_9, GuestOs.UBUNTU_24_04)),
  memory: integer({ min: 1, max: 64 }).map(Memory.gibibytes),
  vcpus: maybe(integer({ min: 1, max: 16 })),
  description: maybe(constantFrom("the shop", 'says "hello" & <more>')),
  autostart: maybe(boolean()),
};

const kvmProps = record({
  ...common,
  cpu: maybe(
    constantFrom(Cpu.hostModel(), Cpu.hostPassthrough(), Cpu.model("EPYC", { features: { svm: "disable" } })),
  ),
  accelerator: maybe(constantFrom("kvm", "tcg")),
  machine: maybe(constantFrom("q35", "pc")),
  graphics: maybe(constantFrom(Graphics.none(), Graphics.vnc(), Graphics.spice())),
  video: maybe(constantFrom("vga", "qxl")),
  sound: maybe(constantFrom("ich9", "ac97")),
  tpm: maybe(boolean()),
  hugePages: maybe(constant(Memory.mebibytes(2))),
  sharedMemory: maybe(boolean()),
  disks: array(
    record({
      format: constantFrom("qcow2", "raw"),
      bus: maybe(constantFrom("virtio", "scsi")),
      cache: maybe(constantFrom("none", "writeback")),
      discard: maybe(constant("unmap")),
      serial: maybe(constantFrom("A1", "B2")),
      readOnly: maybe(boolean()),
    }),
    { maxLength: 4 },
  ),
  nics: array(
    record({ mac: maybe(mac), model: maybe(constantFrom("virtio", "e1000e")), mtu: maybe(constant(9000)) }),
    {
      maxLength: 3,
    },
  ),
});

const xenProps = record({
  ...common,
  boot: constantFrom(
    XenBoot.pygrub(),
    XenBoot.pvGrub(),
    XenBoot.kernel({ kernel: "/boot/vmlinuz", initrd: "/boot/initrd.img", cmdline: "root=/dev/xvda1 ro" }),
  ),
  cpuWeight: maybe(integer({ min: 1, max: 1000 })),
  disks: array(record({ format: constantFrom("qcow2", "raw"), readOnly: maybe(boolean()) }), {
    maxLength: 3,
  }),
  nics: array(record({ mac: maybe(mac) }), { maxLength: 2 }),
});

/** Without what is not stated, which a prop may not be. */
const stated = <T extends object>(props: T) =>
  Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as T;
const disksOf = (disks: readonly { readonly format: "qcow2" | "raw" }[]) =>
  disks.map((options, index) => Disk.file(`/srv/disk${index}.${options.format}`, stated(options)));
const nicsOf = (nics: readonly object[]) => nics.map((options) => Nic.bridge("br0", stated(options)));

/** The domain of a program, as libvirt would be told of it. */
function domainOf(json: unknown): object {
  const plan = buildPlan(
    readTerraformJson([{ unit: "stack", documents: [json as Record<string, unknown>] }]),
  );
  const [document] = readXmlDocuments([
    { file: "x.xml", text: writeXml("domain", plan.guests[0]!.domain as object) },
  ]).documents;
  return document!.config;
}

/** Imports the guest of a program, and compares what the imported program makes with it. */
function expectToComeBack(
  construct: string,
  hypervisor: "kvm" | "xen",
  build: (stack: TerraformStack) => void,
): void {
  const given = domainOf(run(build).json);
  const { documents } = readXmlDocuments([{ file: "web.xml", text: writeXml("domain", given) }]);
  const resources = resourcesOfXml(documents).map(({ importId, exists, ...resource }) => resource);
  const program = programOf(resources, { name: "host", hypervisor });
  expect(program.resources.map((each) => [each.construct, each.differs])).toEqual([[construct, []]]);
  const [one, other] = [given, domainOf(silently(() => synthesized(unguarded(program.files))))].map((each) =>
    withoutDefaults("domain", each as never),
  );
  expect(differences(one!, other!)).toEqual([]);
}

const connection = Connection.ssh("host");

test("KVM guests come back as the constructs that they were", () => {
  fc.assert(
    fc.property(kvmProps, ({ disks, nics, ...props }) => {
      expectToComeBack("KvmGuest", "kvm", (stack) => {
        const host = new KvmHost(stack, "host", { connection });
        const { accelerator } = props as { accelerator?: "kvm" | "tcg" };
        new KvmGuest(stack, "web", {
          ...stated(props),
          accelerator,
          host,
          disks: disksOf(disks),
          nics: nicsOf(nics),
        });
      });
    }),
    { numRuns: RUNS },
  );
});

test("Xen guests come back as the constructs that they were", () => {
  fc.assert(
    fc.property(xenProps, ({ disks, nics, ...props }) => {
      expectToComeBack("XenPvGuest", "xen", (stack) => {
        const host = new XenHost(stack, "host", { connection });
        new XenPvGuest(stack, "web", {
          ...stated(props),
          host,
          disks: disksOf(disks),
          nics: nicsOf(nics),
        } as never);
      });
    }),
    { numRuns: RUNS },
  );
});
