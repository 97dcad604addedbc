import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeXml } from "../../lib/domain-xml";
import { places } from "../../lib/domain-xml/words.generated";
import { numberRanges } from "../../lib/rules/prv/number-ranges";
import { textKinds } from "../../lib/rules/prv/text-kinds";
import { enumeratedValues } from "../../scripts/libvirt-values";
import { configOf, kindOf, readVectors, type Vector } from "../domain-xml/xml-helpers";
import { around } from "./contexts";
import { ask, describeWithLibvirt, type Question, say } from "./virsh";

jest.setTimeout(600_000);

const NO_WORD = "nosuchword";

/** Attributes that this libvirt, or this QEMU, does not let a domain come to. */
const OUT_OF_REACH: readonly (readonly [RegExp, string])[] = [
  [/\.(?:backingStore|nvRam)\.source\./, "read by the same code as the source of a disk"],
  [/\.channels\.|\.parallels\.|\.rngs\.backend\.egd\./, "read by the same code as a serial port"],
  [/\.graphics\.rdp\./, "this QEMU has no RDP"],
  [/\.pipeWire\.|\.sevsnp\./, "libvirt 9.0.0 has neither"],
  [/\.iscsi\.auth\./, "read by the same code as that of a disk"],
  [/\.os\.(?:loaderFormat|nvRam\.)/, "libvirt 9.0.0 has no formats of firmware"],
  [/\.portGroups\.default$/, "libvirt looks at the VLAN before"],
];

/** Refusals that do not repeat the word. */
const NAMELESS =
  /^\S+ (?:configuration: )?Invalid (?:CPU feature policy|fallback attribute|persistent_state value)/;

/** Attributes that came after libvirt 9.0.0, which does not look at what it does not know. */
const places9 = enumeratedValues(["/usr/share/libvirt/schemas"]);

/** How the provider's own spelling reaches an attribute: its vector, with what it needs beside. */
function vectors(): ReadonlyMap<string, Vector> {
  const all = [...readVectors("vectors.jsonl"), ...readVectors("siblings.jsonl")];
  return new Map(
    all.map((vector) => {
      const [kind, path] = [kindOf(vector.resource), configOf(vector.resource, { [vector.path]: NO_WORD })];
      return [`${kind}.${keysTo(path)}`, vector];
    }),
  );
}

function keysTo(config: unknown): string {
  if (Array.isArray(config)) return keysTo(config[0]);
  if (typeof config !== "object" || config === null) return "";
  const [[key, value]] = Object.entries(config) as [[string, unknown]];
  return [key, keysTo(value)].filter(Boolean).join(".");
}

describeWithLibvirt("words of a fixed list, numbers and texts", () => {
  const pool = `vc-words-${process.pid}`;
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "words-"));
    const volumes = join(folder, "volumes");
    const [answer] = ask([
      { commands: [`pool-create-as ${pool} dir --target ${volumes} --build`], undo: [] },
    ]);
    if (answer) throw new Error(answer.error);
  });
  afterAll(() => {
    ask([{ commands: [], undo: [`pool-destroy ${pool}`] }]);
    rmSync(folder, { recursive: true });
  });

  let questions = 0;
  function question(place: string, vector: Vector, value: unknown): Question {
    const name = `${pool}-${++questions}`;
    const kind = kindOf(vector.resource);
    const own = configOf(vector.resource, { ...vector.siblings, [vector.path]: value });
    const file = join(folder, `${questions}.xml`);
    writeFileSync(
      file,
      writeXml(kind, { ...around(place, own), name: place === "domain.name" ? NO_WORD : name }),
    );
    if (kind === "volume")
      return { commands: [`vol-create ${pool} ${file}`], undo: [`vol-delete ${name} ${pool}`] };
    const verb = kind === "domain" ? "" : kind === "network" ? "net-" : "pool-";
    const undo = `${verb}undefine ${name}${kind === "domain" ? " --nvram" : ""}`;
    return { commands: [`${verb}define ${file}`], undo: [undo] };
  }

  test("are the only ones that libvirt takes", () => {
    const known = vectors();
    const asked = Object.keys(places).filter(
      (place) => places9.has(place) && !OUT_OF_REACH.some(([pattern]) => pattern.test(place)),
    );
    const answers = ask(asked.map((place) => question(place, known.get(place)!, NO_WORD)));
    const accepted = asked.filter((_, index) => answers[index] === undefined);
    const refused = asked.flatMap((place, index) => {
      const error = answers[index]?.error ?? NO_WORD;
      return error.includes(NO_WORD) || NAMELESS.test(error) ? [] : [`${place}: ${error}`];
    });
    say(`a word of no list: ${asked.length} attributes, ${accepted.length} where libvirt takes it`);
    expect({ accepted, refused }).toEqual({ accepted: [], refused: [] });
    expect(asked.length).toBeGreaterThan(400);
  });

  test("and what the rules say of numbers and other texts is what libvirt says", () => {
    const known = vectors();
    const asked = [
      ...[...textKinds().keys()].map((place) => [place, "no such word"] as const),
      ...[...numberRanges()].flatMap(([place, { least, most }]) => {
        // So many threads bring libvirt 9.0.0 down.
        const beyond = most === Infinity || place === "domain.ioThreads" ? [] : [most + 1];
        return [least - 1, ...beyond].map((value) => [place, value] as const);
      }),
    ];
    const answers = ask(asked.map(([place, value]) => question(place, known.get(place)!, value)));
    const accepted = asked.filter((_, index) => answers[index] === undefined);
    say(
      `numbers out of range and texts that are nothing: ${asked.length}, ${accepted.length} that libvirt takes`,
    );
    expect(accepted).toEqual([]);
  });
});
