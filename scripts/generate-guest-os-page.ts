import path from "node:path";
import { GuestOs, type GuestOsFamily, type MaximumResources, type Ternary } from "../lib/guest-os";
import { formatKiB } from "../lib/plan/units";

const PAGE = path.resolve(__dirname, "../docs/guest-os.md");

const FAMILIES: Readonly<Record<GuestOsFamily, string>> = {
  linux: "Linux",
  bsd: "BSD",
  solaris: "Solaris",
  illumos: "illumos",
  windows: "Windows",
  macos: "macOS",
};

const INTRODUCTION = `# Guest operating systems

What the catalogue \`GuestOs\` knows, and the rules check guests against. Each is a member of that class and can be
looked up by its id: \`GuestOs.DEBIAN_12\` is \`GuestOs.byId("debian-12")\`.

A question mark means that nobody has verified it: rules then answer "undetermined", neither yes nor no. PV, PVH and
HVM say what the stock x86-64 kernel can do on Xen, which is not always what the vendor supports. The firmware and the
numbers are those of the x86-64 build. Describe what is missing here, or differs for you, with \`GuestOs.of\`.`;

/** One column each: its heading and what stands in it. */
const COLUMNS: ReadonlyArray<readonly [heading: string, cell: (os: GuestOs) => string]> = [
  ["Name", (os) => os.name],
  ["Id", (os) => `\`${os.id}\``],
  ["Xen PV", (os) => ternary(os.xen.pv)],
  ["Xen PVH", (os) => ternary(os.xen.pvh)],
  ["Xen HVM", (os) => ternary(os.xen.hvm)],
  ["Xen drivers", (os) => ternary(os.xen.pvDriversInBox)],
  ["virtio drivers", (os) => ternary(os.virtioInBox)],
  ["Memory MiB", (os) => number(os.minimum.memoryMiB)],
  ["Disk GiB", (os) => number(os.minimum.diskGiB)],
  ["vCPUs", (os) => number(os.minimum.vcpus)],
  ["x86-64", (os) => os.x86Level ?? "?"],
  ["BIOS", (os) => ternary(os.firmware.bios)],
  ["UEFI", (os) => ternary(os.firmware.uefi)],
  ["Secure Boot", (os) => ternary(os.firmware.secureBoot)],
  ["TPM", (os) => (os.tpm === "none" ? "no" : (os.tpm ?? "?"))],
  ["Supported until", supportedUntil],
];

/** The page that shows the whole catalogue, by the absolute path where it stands. */
export function generateGuestOsPage(): ReadonlyMap<string, string> {
  const sections = Object.entries(FAMILIES).map(([family, title]) =>
    section(
      title,
      GuestOs.all().filter((os) => os.family === family),
    ),
  );
  return new Map([[PAGE, `${[INTRODUCTION, ...sections].join("\n\n")}\n`]]);
}

function section(title: string, members: readonly GuestOs[]): string {
  const table = [
    row(COLUMNS.map(([heading]) => heading)),
    row(COLUMNS.map(() => "---")),
    ...members.map((os) => row(COLUMNS.map(([, cell]) => cell(os)))),
  ];
  const sources = list(members, (os) => (os.xen.source ? [os.xen.source] : []));
  return [
    `## ${title}`,
    table.join("\n"),
    list(members, remarks),
    ...(sources ? ["Where PV and PVH were read:", sources] : []),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** What is true of several members is said once. */
function list(members: readonly GuestOs[], remarksOn: (os: GuestOs) => readonly string[]): string {
  const names = new Map<string, string[]>();
  for (const os of members)
    for (const remark of remarksOn(os)) names.set(remark, [...(names.get(remark) ?? []), os.name]);
  return [...names].map(([remark, of]) => `- ${of.join(", ")}: ${remark}`).join("\n");
}

/** What the table has no column for. */
function remarks(os: GuestOs): string[] {
  return [
    ...(os.xen.note ? [`on Xen: ${os.xen.note}`] : []),
    ...(os.minimum.strict ? ["the installer refuses less memory, disk or processors"] : []),
    ...maxima("uses or supports", os.maximum),
    ...Object.entries(os.maximumByArchitecture).flatMap(([arch, maximum]) => maxima(`on ${arch}`, maximum)),
    ...(os.cpuFeatures.length > 0 ? [`the CPU must have ${os.cpuFeatures.join(", ")}`] : []),
    ...(os.licence ? [`licence: ${os.licence}`] : []),
    ...os.notes,
  ];
}

/** `at most 4096 MiB of memory, 32 vCPUs`, after a word of what it is true of. */
function maxima(of: string, { memoryMiB, vcpus, sockets }: MaximumResources): string[] {
  const parts = [
    ...(memoryMiB === undefined ? [] : [`${formatKiB(memoryMiB * 1024)} of memory`]),
    ...(vcpus === undefined ? [] : [`${vcpus} vCPUs`]),
    ...(sockets === undefined ? [] : [`${sockets} sockets`]),
  ];
  return parts.length > 0 ? [`${of} at most ${parts.join(", ")}`] : [];
}

function supportedUntil({ support }: GuestOs): string {
  if (support.rolling) return "rolling";
  const extended = Object.entries(support.extended ?? {}).map(([name, day]) => `${name} ${day}`);
  return [support.endOfLife ?? "?", ...extended].join(", ");
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function ternary(value: Ternary): string {
  return value === undefined ? "?" : value ? "yes" : "no";
}

function number(value: number | undefined): string {
  return value === undefined ? "?" : String(value);
}
