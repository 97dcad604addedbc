import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ran } from "../dom0";
import { say, sleep } from "../tools";
import type { LabGuest } from "./guests";
import { dom0 } from "./subject";
import { type Extra, readView, type View } from "./view";

/** What libvirt and Xen made of guests. */
export type Answer =
  | { readonly kind: "starts"; readonly views: readonly View[] }
  | { readonly kind: "refused"; readonly at: "define" | "start"; readonly words: string }
  /** libvirt's daemon died of it, each time that it was asked. */
  | { readonly kind: "crash"; readonly at: "define" | "start" };

/** libvirtd 9.0.0 dies now and then of nothing in particular; a guest that it dies of twice is to blame. */
const TIMES = 2;
const CRASHED =
  /Disconnected from|End of file while reading|Connection reset|client socket is closed|Cannot recv data/;
/** Xen's toolstack waits seconds for what takes an emulated machine minutes when others use the cores. */
const TOO_SLOW = /\brc=-9\b|did not start: -9|timed out|because of timeout/i;
const ANSWER_SECONDS = 300;

interface Asked {
  /** Let the guests run, and leave them where they start. */
  readonly run?: boolean;
  /** Look at what started, and at this of it. @default - nobody looks */
  readonly look?: readonly Extra[];
}

/** Defines guests and starts them, paused, up to the first refusal; nothing of them is left. */
export async function ask(guests: readonly LabGuest[], asked: Asked = {}): Promise<Answer> {
  cleanOnce();
  makeImages(guests);
  for (let times = 1; ; times++) {
    const answer = attempt(guests, asked);
    if (answer.kind === "crash") {
      await libvirtAnswers();
      destroyLost(guests);
    }
    if (asked.run && answer.kind === "starts") return answer;
    if (answer.kind !== "refused" || answer.at !== "define" || guests.length > 1) clean(guests);
    const tooSlow = answer.kind === "refused" && TOO_SLOW.test(answer.words);
    if (answer.kind !== "crash" && !tooSlow) return answer;
    if (times === TIMES) {
      if (tooSlow) throw new Error(`this machine is too busy for Xen's own time limits: ${answer.words}`);
      return answer;
    }
    say(`${tooSlow ? "Xen gave up waiting" : "libvirt's daemon died"} for ${guests[0]?.name}: asking again`);
  }
}

/** All by one connection: each takes an emulated machine seconds. */
function attempt(guests: readonly LabGuest[], { run = false, look }: Asked): Answer {
  const folder = mkdtempSync(join(tmpdir(), "xen-lab-"));
  const files = guests.map(({ xml }, index) => {
    writeFileSync(join(folder, `${index}.xml`), xml);
    return `define ${join(folder, `${index}.xml`)}`;
  });
  const starts = guests.map(({ name }) => `start ${run ? "" : "--paused "}${name}`);
  const { status, stderr } = dom0.virsh([...files, ...starts].join("; "));
  rmSync(folder, { recursive: true });
  const first = stderr.split("\n").find((line) => /Failed to (?:define|start)/.test(line));
  const at = first?.includes("Failed to start") ? "start" : "define";
  if (CRASHED.test(stderr)) return { kind: "crash", at };
  if (first === undefined && status === 0) {
    return { kind: "starts", views: look ? guests.map(({ name }) => readView(name, look)) : [] };
  }
  const failed = guests.find(({ name }) => first?.includes(`'${name}'`)) ?? guests[0]!;
  return {
    kind: "refused",
    at,
    words: [words(stderr), ...(at === "start" ? libxlWords(failed.name) : [])].map(withoutId).join("; "),
  };
}

export const define = (guest: LabGuest): Ran => withXml(guest, (file) => dom0.virsh("define", file));

/** The xl configuration that libvirt makes of a guest. */
export const domxmlToNative = (guest: LabGuest): Ran =>
  withXml(guest, (file) => dom0.virsh("domxml-to-native", "xen-xl", file));

function withXml({ xml }: LabGuest, use: (file: string) => Ran): Ran {
  const folder = mkdtempSync(join(tmpdir(), "xen-lab-"));
  try {
    const file = join(folder, "guest.xml");
    writeFileSync(file, xml);
    return use(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

let isClean = false;

/** An interrupted run leaves what it was asking about. */
function cleanOnce(): void {
  if (isClean) return;
  const { stdout } = dom0.virsh("list", "--all", "--name");
  clean(stdout.split("\n").flatMap((name) => (name.startsWith("lab-") ? { name } : [])));
  isClean = true;
}

/** Takes away guests, also one that a daemon's successor does not know. */
export function clean(guests: readonly Pick<LabGuest, "name">[]): void {
  for (const { name } of guests) {
    // One connection for all; the status is that of the last.
    const isThere = dom0.virsh(`destroy ${name}; undefine ${name}; domid ${name}`).status === 0;
    if (isThere) throw new Error(`"${name}" cannot be removed`);
  }
}

/** Xen's view, for guests that libvirt lost. */
function destroyLost(guests: readonly LabGuest[]): void {
  dom0.sh(guests.map(({ name }) => `xl destroy ${name}`).join("\n"));
}

/** What stands in dom0 from an earlier question, by path. */
const images = new Map<string, string>();

export function makeImages(guests: readonly LabGuest[]): void {
  const missing = guests
    .flatMap((guest) => guest.images)
    .filter(({ path, format }) => images.get(path) !== format);
  if (missing.length === 0) return;
  const lines = missing.map(({ path, format }) =>
    format === "qcow2" ? `qemu-img create -q -f qcow2 ${path} 16M` : `rm -f ${path}; truncate -s 16M ${path}`,
  );
  dom0.sh(lines.join("\n"));
  for (const { path, format } of missing) images.set(path, format);
}

async function libvirtAnswers(): Promise<void> {
  for (const end = Date.now() + ANSWER_SECONDS * 1000; Date.now() < end; await sleep(1000)) {
    if (await dom0.answersLibvirt()) return;
  }
  throw new Error(`libvirt has not answered for ${ANSWER_SECONDS} s after its daemon died`);
}

/** After the first of virsh's lines that says what failed comes why. */
function words(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.startsWith("error: "));
  return (lines[1] ?? lines[0] ?? stderr).replace("error: ", "").trim();
}

/** Numbers of domains differ from run to run. */
const withoutId = (text: string) =>
  text.replace(/\bdomain \d+ /gi, "domain ").replace(/(\/backend\/\w+)\/\d+\b/g, "$1/ID");

const LOG = "/var/log/libvirt/libxl/libxl-driver.log";

/**
 * What Xen's toolstack and the device model said: libvirt only passes on that they failed. Read once, so that the next
 * is told apart.
 */
function libxlWords(name: string): string[] {
  const dm = `/var/log/xen/qemu-dm-${name}.log`;
  const { stdout } = dom0.sh(`cat ${LOG}; : > ${LOG}; echo @@; cat ${dm}; rm -f ${dm}`);
  const [toolstack = "", deviceModel = ""] = stdout.split("@@\n");
  const died = deviceModel
    .split("\n")
    .flatMap((line) => /^(?:\S*qemu\S*: )(?!-serial|terminating|warning)(.*)/.exec(line)?.[1] ?? []);
  return [...wordsOf(toolstack), ...died.slice(-1)];
}

function wordsOf(log: string): string[] {
  // What was said of guests that started stands there as well.
  const last = /.*Domain (\d+):/s.exec(log)?.[1];
  return log
    .split("\n")
    .filter((line) => [undefined, last].includes(/Domain (\d+):/.exec(line)?.[1]))
    .map((line) =>
      /(?:libxl|xc): (?:\w+\.c:\d+:\w+: |panic: )?(.*)$/.exec(line)?.[1]?.replace(/Domain \d+:/, ""),
    )
    .filter((line) => line !== undefined)
    .slice(0, 2);
}
