import { dom0 } from "./subject";

/** What a running guest really has, by section, as lines that two guests alike have in common. */
export type View = Readonly<Record<string, readonly string[]>>;

/** What else would tell two guests apart: numbers of domains, and the progress of drivers. */
const OF_THE_RUN =
  /\/(state|ring-ref|port|tty|vnc-port|device-model-pid|hotplug-status|event-channel|vm|target|online) = |^Name /;

/** What is asked of a guest beside its configuration, its device model and xenstore, where a rule is about it. */
export type Extra = "scheduler" | "network" | "CPU";

const EXTRAS: Readonly<Record<Extra, (name: string) => string>> = {
  scheduler: (name) => `xl sched-credit2 -d ${name}; xl vcpu-list ${name}`,
  network: (name) => `for card in /sys/class/net/vif$(xl domid ${name}).*; do
  [ -e $card ] && ip -d -o link show \${card##*/} && tc qdisc show dev \${card##*/}
done`,
  CPU: (name) => `/usr/lib/xen-4.17/bin/xen-cpuid -p $(xl domid ${name}) 2>&1`,
};

/** Forks are what an emulated Xen is slowest at: the script has few. */
const script = (name: string, extras: readonly Extra[]) => `
echo "@@ xl"; xl list -l ${name}
for process in /proc/[0-9]*; do
  read -r program < $process/comm
  case $program in xen-qemu-syst*) echo "@@ device model"; tr '\\0' '\\n' < $process/cmdline;; esac
done 2> /dev/null
echo "@@ xenstore"; xenstore-ls -f
${extras.map((extra) => `echo "@@ ${extra}"; ${EXTRAS[extra](name)}`).join("\n")}
`;

export function readView(name: string, extras: readonly Extra[] = []): View {
  const { stdout, stderr } = dom0.sh(script(name, extras));
  const sections = stdout
    .split(/^@@ /m)
    .slice(1)
    .map((part) => part.split("\n").map((line) => line.trim()));
  const of = (title: string, has: (lines: readonly string[]) => boolean = () => true) =>
    sections
      .find(([first, ...lines]) => first === title && has(lines))
      ?.slice(1)
      .filter((line) => line !== "") ?? [];
  const xl = of("xl");
  const id = /"domid": (\d+)/.exec(xl.join("\n"))?.[1];
  if (id === undefined) throw new Error(`"${name}" does not run, although libvirt started it: ${stderr}`);
  const own = new RegExp(`^/local/domain/(${id}|0/backend/[^/]+/${id})/`);
  return {
    xl: xl.filter((line) => !/^"(domid|uuid)": /.test(line)),
    "device model": of("device model", (lines) => lines[lines.indexOf("-xen-domid") + 1] === id)
      .filter((_, at, lines) => lines[at - 1] !== "-xen-domid")
      .map((line) => line.replace(new RegExp(`(libxl|libxenstat|vif)-?${id}\\b`, "g"), "$1")),
    xenstore: of("xenstore")
      .filter((line) => own.test(line) && !OF_THE_RUN.test(line))
      .map((line) => line.replaceAll(new RegExp(`/${id}(?=/|")`, "g"), "/ID").replace(`"${id}"`, '"ID"'))
      // As they came to be, which differs from run to run.
      .sort(),
    // Where a vCPU runs at the moment, and for how long it has, says nothing.
    scheduler: of("scheduler")
      .filter((line) => !OF_THE_RUN.test(line))
      .map((line) =>
        line
          .replace(/\s+/g, " ")
          .replace(` ${id} `, " ID ")
          .replace(/(\d+|-) \S{3} +[\d.]+ /, ""),
      ),
    network: of("network").map((line) =>
      line
        .replace(/^\d+: /, "")
        .replaceAll(`vif${id}.`, "vif.")
        .replaceAll(`vif-${id}-`, "vif-")
        .replace(/ \w+_timer +[\d.]+/g, ""),
    ),
    CPU: of("CPU").filter((line) => !line.startsWith("Domain ")),
  };
}
