import { dom0 } from "./subject";

/** What a running guest really has, by section, as lines that two guests alike have in common. */
export type View = Readonly<Record<string, readonly string[]>>;

/** Each section is printed by one command; the guest is $id and its device model $pid. */
const SECTIONS = {
  // The configuration that Xen's toolstack works with.
  xl: "xl list -l $id",
  // The device model's command line, which an HVM guest's emulated devices come from.
  "device model": 'tr "\\0" "\\n" < /proc/$pid/cmdline',
  // Devices that guest and dom0 share.
  xenstore:
    "xenstore-ls -f /local/domain/$id; xenstore-ls -f /local/domain/0/backend | grep -E '^/local/domain/0/backend/[^/]*/'$id/",
  scheduler: "xl sched-credit2 -d $id; xl vcpu-list $id",
} as const;

export function readView(name: string): View {
  const script = [
    `id=$(xl domid ${name})`,
    "pid=$(xenstore-read /local/domain/$id/image/device-model-pid 2>/dev/null)",
    ...Object.entries(SECTIONS).map(([section, command]) => `echo "@@ ${section}"; ${command} 2>/dev/null`),
    'echo "@@ id $id"',
  ];
  const { stdout } = dom0.sh(script.join("\n"));
  const id = /^@@ id (\d+)$/m.exec(stdout)?.[1];
  if (id === undefined) throw new Error(`"${name}" does not run, although libvirt started it:\n${stdout}`);
  const parts = stdout.split(/^@@ /m).slice(1, -1);
  return Object.fromEntries(
    parts.map((part) => {
      const [section = "", ...lines] = part.split("\n");
      return [section, lines.filter((line) => line.trim() !== "").map((line) => alike(line, id))];
    }),
  );
}

function alike(line: string, _id: string): string {
  return line;
}
