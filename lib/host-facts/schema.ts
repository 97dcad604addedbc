import { z } from "zod";

const count = z.int().nonnegative();
const text = z.string();
const texts = z.array(text);

const cpu = z.strictObject({
  model: text.optional(),
  vendor: text.optional(),
  features: texts.describe("Features beyond those the model implies"),
  threads: count.optional().describe("Logical CPUs"),
  ids: z.array(count).optional().describe("Ids of the logical CPUs"),
  virtualizationFlag: z.enum(["vmx", "svm", "none"]).optional(),
});

const numaCell = z.strictObject({
  id: count,
  memoryKiB: count.optional(),
  cpus: z.array(count),
  pages: z.array(z.strictObject({ sizeKiB: count, count: count.optional() })),
});

const machine = z.strictObject({
  name: text,
  canonical: text.optional().describe("The versioned machine this alias stands for"),
  maxCpus: count.optional(),
  deprecated: z.boolean().optional(),
  domainType: text.optional().describe("Set when the machine is listed for one domain type alone"),
});

const guest = z.strictObject({
  osType: text.describe("hvm, xen (paravirtualized), xenpvh or exe"),
  arch: text,
  wordSize: count.optional(),
  emulator: text.optional(),
  loader: text.optional(),
  domainTypes: texts.describe("kvm, qemu, xen ..."),
  machines: z.array(machine),
  features: z
    .record(
      text,
      z.strictObject({ default: z.enum(["on", "off"]).optional(), toggle: z.boolean().optional() }),
    )
    .optional(),
});

const offer = z.strictObject({ supported: z.boolean(), enums: z.record(text, texts) });

const domainCapabilities = z.strictObject({
  virtType: text,
  arch: text,
  machine: text.optional(),
  emulator: text.optional(),
  maxVcpus: count.optional(),
  iothreads: z.boolean().optional(),
  firmware: texts.optional(),
  loaders: texts.optional(),
  secureLoader: z.boolean().optional(),
  cpuModes: z.record(text, z.boolean()),
  hostModel: z
    .strictObject({
      model: text.optional(),
      vendor: text.optional(),
      features: z.array(z.strictObject({ name: text, policy: text })),
    })
    .optional(),
  cpuModels: z.array(
    z.strictObject({
      name: text,
      usable: z.boolean().optional(),
      vendor: text.optional(),
      deprecated: z.boolean().optional(),
      canonical: text.optional(),
      blockers: texts.optional(),
    }),
  ),
  devices: z.record(text, offer),
  features: z.record(text, offer),
  memoryBacking: offer.optional(),
});

const pciAddress = z.string().regex(/^[\da-f]{4,8}:[\da-f]{2}:[\da-f]{2}\.[0-7]$/);

const nodeDevice = z.strictObject({
  name: text,
  parent: text.optional(),
  kind: z.enum(["pci", "usb", "net", "block", "scsi", "scsi_host", "mdev", "drm", "ccw"]).optional(),
  pciAddress: pciAddress.optional(),
  pciBridge: z.boolean().optional(),
  iommuGroup: count.optional(),
  driver: text.optional(),
  vendorId: text.optional(),
  productId: text.optional(),
  physicalFunction: pciAddress.optional(),
  virtualFunctions: z.array(pciAddress).optional(),
  usbAddress: z.strictObject({ bus: count, device: count }).optional(),
});

const cidr = z.string().regex(/^[\da-f.:]+\/\d{1,3}$/i);

const listed = { name: text, active: z.boolean(), autostart: z.boolean().optional() };

const xen = z.strictObject({
  version: text.optional(),
  capabilities: texts.describe("Words of xen_caps"),
  virtCaps: texts.describe("Words of virt_caps"),
  totalMemoryMiB: count.optional(),
  freeMemoryMiB: count.optional(),
  threads: count.optional(),
  scheduler: text.optional(),
  commandLine: text.optional(),
  dom0MemoryMiB: count.optional(),
  dom0Vcpus: count.optional(),
});

/** The shape of a file of host facts: what `HostFactsData` says in TypeScript. */
export const hostFactsSchema = z
  .strictObject({
    $schema: text.optional().describe("For editors; ignored"),
    source: text.optional().describe("The folder or file the facts come from, for messages"),
    hypervisor: z.enum(["qemu", "xen"]).optional(),
    arch: text.optional().describe("libvirt's name: x86_64, aarch64, s390x, ppc64le ..."),
    kernelRelease: text.optional(),
    libvirtVersion: text.optional(),
    hypervisorVersion: text.optional(),
    cpu: cpu.optional(),
    memoryKiB: count.optional().describe("Usable memory; on Xen that of the whole machine"),
    numaCells: z.array(numaCell).optional(),
    pageSizesKiB: z.array(count).optional(),
    iommu: z.boolean().optional(),
    powerManagement: texts.optional(),
    securityModels: texts.optional(),
    guests: z.array(guest).optional(),
    domainCapabilities: z.array(domainCapabilities).optional(),
    nodeDevices: z.array(nodeDevice).optional(),
    networks: z
      .array(z.strictObject({ ...listed, bridge: text.optional(), cidrs: z.array(cidr).optional() }))
      .optional(),
    pools: z
      .array(z.strictObject({ ...listed, path: text.optional(), capacityKiB: count.optional() }))
      .optional(),
    interfaces: z
      .array(
        z.strictObject({
          name: text,
          active: z.boolean().optional(),
          mac: text.optional(),
          cidrs: z.array(cidr).optional(),
        }),
      )
      .optional(),
    routes: z.array(cidr).optional(),
    xen: xen.optional(),
  })
  .describe("Facts of one host. An absent member is not known; it never means no.");

/** The JSON Schema of a file of host facts. */
export function hostFactsJsonSchema(): Record<string, unknown> {
  return { title: "Host facts of virt-constructs", ...z.toJSONSchema(hostFactsSchema) };
}
