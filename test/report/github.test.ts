import fc from "fast-check";
import { githubReport } from "../../lib/report/github";
import type { ReportInput } from "../../lib/report/report";
import { everything, finding, hostileReport, input, place, written } from "./sample";

interface Command {
  readonly kind: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** As the runner reads it: a command is a line that begins with two colons. */
function commands(report: ReportInput): Command[] {
  const lines = githubReport(report).split(/\r\n|\r|\n/);
  expect(lines.pop()).toBe("");
  return lines.map((line) => {
    const [, kind, properties, message] = /^::(\w+) ([^:]*)::(.*)$/s.exec(line)!;
    return {
      kind: kind!,
      properties: Object.fromEntries(
        properties!.split(",").map((each) => {
          const [name, value] = each.split("=", 2) as [string, string];
          return [name, readBack(each.slice(name.length + 1) || value)];
        }),
      ),
      message: readBack(message!),
    };
  });
}

function readBack(text: string): string {
  return text
    .replaceAll("%2C", ",")
    .replaceAll("%3A", ":")
    .replaceAll("%0A", "\n")
    .replaceAll("%0D", "\r")
    .replaceAll("%25", "%");
}

test("errors and warnings annotate the lines of the program", () => {
  const [note, error, warning, accepted, ...unchecked] = commands(everything);
  expect(note).toEqual({
    kind: "warning",
    properties: { title: "virt-constructs" },
    message: everything.notes![0],
  });
  expect(error).toEqual({
    kind: "error",
    properties: { file: "infra/main.ts", line: "12", title: "VIRT-CPU-002 topology-matches-vcpus" },
    message: 'The CPU topology of "db1" has room for 8 vCPUs, but the guest has 6.\nfix: set vcpu to 8',
  });
  expect(warning!.kind).toBe("warning");
  expect(accepted!.kind).toBe("notice");
  expect(accepted!.message).toMatch(/\nacknowledged until 2027-03-31: old cluster, gone in spring$/);
  expect(unchecked.map(({ kind, message }) => [kind, message.slice(0, 11)])).toEqual([
    ["notice", "not checked"],
    ["notice", "not checked"],
  ]);
});

test("where no line is known, the message says where", () => {
  const [command] = commands(input([finding({ places: [place("web")], place: place("web") })]));
  expect(command!.properties).toEqual({ title: "VIRT-CPU-002 topology-matches-vcpus" });
  expect(command!.message).toMatch(/\nat: rack\/web$/);
});

test("is empty for a clean plan", () => {
  expect(githubReport(input())).toBe("");
});

test("no text breaks out of its command, and each is read back", () => {
  fc.assert(
    fc.property(hostileReport, (report) => {
      const { message, fix, place } = report.verdict.findings[0]!;
      const all = commands(report);
      expect(all).toHaveLength(4);
      expect(all[1]!.message).toBe(written(`${message}\nfix: ${fix}`));
      expect(`/srv/rack/${all[1]!.properties.file}`).toBe(written(place.source!.file));
    }),
  );
});
