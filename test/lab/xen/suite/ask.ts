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
const CRASHES = 2;
const CRASHED =
  /Disconnected from|End of file while reading|Connection reset|client socket is closed|Cannot recv data/;
const ANSWER_SECONDS = 300;

/** Defines guests and starts them, paused, up to the first refusal; nothing of them is left. */
export async function ask(guests: readonly LabGuest[]): Promise<Answer> {
  for (let crashes = 0; ; ) {
    await clean(guests);
    const answer = attempt(guests);
    if (answer.kind !== "crash") {
      await clean(guests);
      return answer;
    }
    crashes++;
    await libvirtAnswers();
    if (crashes === CRASHES) {
      await clean(guests);
      return answer;
    }
    say(`libvirt's daemon died of ${guests.map(({ name }) => name).join(", ")}: asking again`);
  }
}

function attempt(guests: readonly LabGuest[]): Answer {
  for (const at of ["define", "start"] as const) {
    for (const guest of guests) {
      const log = at === "start" ? logSize() : 0;
      const { status, stderr } =
        at === "define" ? define(guest) : dom0.virsh("start", "--paused", guest.name);
      if (status === 0) continue;
      if (CRASHED.test(stderr)) return { kind: "crash", at };
      return {
        kind: "refused",
        at,
        words: [words(stderr), ...(at === "start" ? libxlWords(log) : [])].join(" | "),
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

/** Takes away guests of these names, also those that a new daemon does not know, and makes their images anew. */
export async function clean(guests: readonly LabGuest[]): Promise<void> {
  for (const { name } of guests) {
    dom0.virsh(`destroy ${name}; undefine ${name}`);
  }
  const lines = guests.flatMap(({ name, images }) => [
    `xl list ${name} > /dev/null 2>&1 && xl destroy ${name}`,
    ...images.flatMap(({ path, format }) => [
      `mkdir -p "$(dirname ${path})"`,
      format === "qcow2" ? `qemu-img create -q -f qcow2 ${path} 16M` : `truncate -s 16M ${path}`,
    ]),
  ]);
  dom0.sh(`${lines.join("\n")}\ntrue`);
}

async function libvirtAnswers(): Promise<void> {
  for (const end = Date.now() + ANSWER_SECONDS * 1000; Date.now() < end; await sleep(1000)) {
    if (dom0.answersLibvirt()) return;
  }
  throw new Error(`libvirt has not answered for ${ANSWER_SECONDS} s after its daemon died`);
}

/** The last of virsh's lines, which says why. */
function words(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.startsWith("error: "));
  return (lines.at(-1) ?? stderr).replace("error: ", "").trim();
}

const LOG = "/var/log/libvirt/libxl/libxl-driver.log";

function logSize(): number {
  return Number(dom0.sh(`stat -c %s ${LOG}`).stdout) || 0;
}

/** What Xen's toolstack said since: libvirt only passes on that it failed. */
function libxlWords(from: number): string[] {
  const { stdout } = dom0.sh(`tail -c +${from + 1} ${LOG}`);
  return stdout
    .split("\n")
    .map((line) =>
      /(?:libxl|xc): (?:\w+\.c:\d+:\w+: |panic: )?(.*)$/.exec(line)?.[1]?.replace(/Domain \d+:/, ""),
    )
    .filter((line) => line !== undefined)
    .slice(0, 2);
}
