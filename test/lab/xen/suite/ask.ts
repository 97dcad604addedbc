import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { say, sleep } from "../tools";
import type { LabGuest } from "./guests";
import { dom0 } from "./subject";
import { readView, type View } from "./view";

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
const TOO_SLOW = /\brc=-9\b|did not start: -9|timed out/i;
const ANSWER_SECONDS = 300;

/** Defines guests and starts them, paused, up to the first refusal; nothing of them is left. */
export async function ask(guests: readonly LabGuest[]): Promise<Answer> {
  // An interrupted run leaves what it was asking about.
  clean(guests);
  makeImages(guests);
  for (let times = 1; ; times++) {
    const answer = attempt(guests);
    if (answer.kind === "crash") {
      await libvirtAnswers();
      destroyLost(guests);
    }
    clean(guests);
    const tooSlow = answer.kind === "refused" && TOO_SLOW.test(answer.words);
    if (answer.kind !== "crash" && !tooSlow) return answer;
    if (times === TIMES) {
      if (tooSlow) throw new Error(`this machine is too busy for Xen's own time limits: ${answer.words}`);
      return answer;
    }
    say(`${tooSlow ? "Xen gave up waiting" : "libvirt's daemon died"} for ${guests[0]?.name}: asking again`);
  }
}

function attempt(guests: readonly LabGuest[]): Answer {
  for (const at of ["define", "start"] as const) {
    for (const guest of guests) {
      const { status, stderr } =
        at === "define" ? define(guest) : dom0.virsh("start", "--paused", guest.name);
      if (status === 0) continue;
      if (CRASHED.test(stderr)) return { kind: "crash", at };
      return {
        kind: "refused",
        at,
        words: [words(stderr), ...(at === "start" ? libxlWords() : [])].join("; "),
      };
    }
  }
  return { kind: "starts", views: guests.map(({ name }) => readView(name)) };
}

export function define({ xml }: LabGuest) {
  const folder = mkdtempSync(join(tmpdir(), "xen-lab-"));
  try {
    const file = join(folder, "guest.xml");
    writeFileSync(file, xml);
    return dom0.virsh("define", file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Takes away guests, also one that a daemon's successor does not know. */
export function clean(guests: readonly LabGuest[]): void {
  for (const { name } of guests) {
    dom0.virsh(`destroy ${name}; undefine ${name}`);
    if (dom0.virsh("domid", name).status === 0) throw new Error(`"${name}" cannot be removed`);
  }
}

/** Xen's view, for guests that libvirt lost. */
function destroyLost(guests: readonly LabGuest[]): void {
  dom0.sh(guests.map(({ name }) => `xl destroy ${name}`).join("\n"));
}

export function makeImages(guests: readonly LabGuest[]): void {
  const lines = guests.flatMap(({ images }) =>
    images.map(({ path, format }) =>
      format === "qcow2" ? `qemu-img create -q -f qcow2 ${path} 16M` : `truncate -s 16M ${path}`,
    ),
  );
  if (lines.length > 0) dom0.sh(`cd /; ${lines.join("\n")}`);
}

async function libvirtAnswers(): Promise<void> {
  for (const end = Date.now() + ANSWER_SECONDS * 1000; Date.now() < end; await sleep(1000)) {
    if (await dom0.answersLibvirt()) return;
  }
  throw new Error(`libvirt has not answered for ${ANSWER_SECONDS} s after its daemon died`);
}

/** The last of virsh's lines, which says why. */
function words(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.startsWith("error: "));
  return (lines.at(-1) ?? stderr).replace("error: ", "").trim();
}

const LOG = "/var/log/libvirt/libxl/libxl-driver.log";

/** What Xen's toolstack said: libvirt only passes on that it failed. Read once, so that the next is told apart. */
function libxlWords(): string[] {
  const { stdout } = dom0.sh(`cat ${LOG}; : > ${LOG}`);
  return stdout
    .split("\n")
    .map((line) =>
      /(?:libxl|xc): (?:\w+\.c:\d+:\w+: |panic: )?(.*)$/.exec(line)?.[1]?.replace(/Domain \d+:/, ""),
    )
    .filter((line) => line !== undefined)
    .slice(0, 2);
}
