import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { XMLValidator } from "fast-xml-parser";
import { examplePlan } from "../../lib/plan/example";
import { dotOf } from "../../lib/topology/dot";
import { layoutOf } from "../../lib/topology/layout";
import { mermaidOf } from "../../lib/topology/mermaid";
import { shown } from "../../lib/topology/shown";
import { svgOf } from "../../lib/topology/svg";
import { type Topology, topologyOf } from "../../lib/topology/topology";
import { hostile } from "../report/sample";
import { describeWithTool } from "../support/tool";

/** One of everything, with these names. */
function named(names: readonly string[]): Topology {
  const plan = examplePlan((example) => {
    example.kvmHost(names[0]);
    names.forEach((name, index) => {
      example
        .network(`net${index}`, { name: `${name} net` }, names[0])
        .pool(`pool${index}`, { name: `${name} pool`, target: { path: `/${name}` } }, names[0])
        .volume(`base${index}`, { name: `${name} base`, pool: `${name} pool` }, names[0])
        .volume(
          `disk${index}`,
          { name, pool: `${name} pool`, backing_store: { path: `\${libvirt_volume.base${index}.path}` } },
          names[0],
        )
        .kvm({
          name,
          host: names[0],
          devices: {
            disks: [
              {
                source: { volume: { pool: `${name} pool`, volume: `\${libvirt_volume.disk${index}.name}` } },
              },
            ],
            interfaces: [{ source: { network: { network: `\${libvirt_network.net${index}.name}` } } }],
          },
        });
    });
  });
  return topologyOf(plan, { guestsPerHost: 100 });
}

function labels({ hosts }: Topology): string[] {
  return hosts.flatMap(({ label, networks, guests, pools }) => [
    label,
    ...[...networks, ...guests, ...pools, ...pools.flatMap(({ volumes }) => volumes)].map(
      (node) => node.label,
    ),
  ]);
}

const names = fc.array(hostile, { minLength: 1, maxLength: 3 });
const plain = named(["web", "db"]);

test("texts are one line of bounded length without what hides or turns letters", () => {
  expect(shown("a\u202eb\n\u0000c\ud800")).toBe("a b c");
  expect(shown("x".repeat(1000))).toHaveLength(200);
});

describe("Mermaid", () => {
  /** All that may stand in a label: letters, digits, a few marks, and codes of all else. */
  const LABEL = /"((?:[\p{L}\p{N} ,./:()×?-]|#\d+;|<br\/>)*)"/u;
  const LINE = new RegExp(
    `^(?:flowchart LR|  %% .*| *subgraph \\w+\\[${LABEL.source}\\]| *direction LR| *end|` +
      ` *\\w+(?:\\[|\\(\\[|\\[\\()${LABEL.source}(?:\\]|\\]\\)|\\)\\])|  \\w+ (?:---|-\\.->) \\w+|  classDef .*|  class [\\w,]+ guest)$`,
    "u",
  );
  const decoded = (text: string) => text.replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));

  test("keeps every name within its label, to be read back as it is", () => {
    fc.assert(
      fc.property(names, (given) => {
        const topology = named(given);
        const text = mermaidOf(topology);
        for (const line of text.trimEnd().split("\n")) expect(line).toMatch(LINE);
        const read = text
          .split("\n")
          .flatMap((line) => LABEL.exec(line)?.[1] ?? [])
          .map((label) => decoded(label.split("<br/>")[0]!).replace(/^(?:KVM|pool) /, ""));
        expect([...read].sort()).toEqual(
          labels(topology)
            .map((label) => label.replace(/^(?:KVM|pool) /, ""))
            .sort(),
        );
      }),
    );
  });

  test("draws networks to the left of guests and volumes to the right", () => {
    const text = mermaidOf(plain);
    expect(text).toContain("h0n0 --- h0g0");
    expect(text).toContain("h0g0 --- h0v0");
    expect(text).toContain("h0v0 -.-> h0v1");
  });
});

describe("SVG", () => {
  test("is well-formed XML that names everything, whatever the names are", () => {
    fc.assert(
      fc.property(names, (given) => {
        const topology = named(given);
        const text = svgOf(topology);
        expect(XMLValidator.validate(text)).toBe(true);
        // The first line of each tooltip.
        const titles = [...text.matchAll(/<g class="[\w ]+"><title>([^<]*)<\/title>/g)].map(([, title]) =>
          unescaped(title!.split("&#10;")[0]!),
        );
        const drawn = labels(topology).filter((label) => label !== "in no pool");
        expect(titles.sort()).toEqual(drawn.sort());
      }),
    );
  });

  test("is the same for the same plan, and says what it shows", () => {
    expect(svgOf(plain)).toBe(svgOf(named(["web", "db"])));
    expect(svgOf(plain)).toContain('role="img" aria-labelledby="topology-title topology-desc"');
    expect(svgOf(plain)).toMatch(/<desc [^>]*>Host web \(KVM, .*guests: web, db/);
  });

  test("draws no two things over each other, and everything within its host", () => {
    const shape = fc.record({
      guests: fc.integer({ min: 0, max: 12 }),
      networks: fc.integer({ min: 0, max: 9 }),
      pools: fc.integer({ min: 0, max: 3 }),
      links: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { maxLength: 30 }),
    });
    fc.assert(
      fc.property(shape, ({ guests, networks, pools, links }) => {
        const node = (id: string) => ({ id, label: id, details: [] });
        const many = (count: number, prefix: string) =>
          Array.from({ length: count }, (_, index) => node(`${prefix}${index}`));
        const volumes = many(pools, "p").map((pool, index) => ({
          ...pool,
          isPool: true,
          volumes: many(index * 2, `${pool.id}v`).map((volume, at) => ({ ...volume, depth: at % 3 })),
        }));
        const flat = volumes.flatMap((pool) => pool.volumes);
        const topology: Topology = {
          hosts: [
            {
              ...node("h"),
              guests: many(guests, "g"),
              networks: many(networks, "n").map((each) => ({ ...each, kind: "network" })),
              pools: volumes,
              more: node("more"),
              links: links.flatMap(([guest, network, volume]) => [
                ...(guests * networks > 0
                  ? [{ kind: "nic" as const, from: `g${guest % guests}`, to: `n${network % networks}` }]
                  : []),
                ...(guests * flat.length > 0
                  ? [
                      {
                        kind: "disk" as const,
                        from: `g${guest % guests}`,
                        to: flat[volume % flat.length]!.id,
                      },
                    ]
                  : []),
              ]),
            },
          ],
          leftOut: [],
        };
        const { boxes, width, height } = layoutOf(topology);
        const pictured = [...boxes].filter(([id]) => id !== "h");
        for (const [id, box] of pictured) {
          expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height).toBe(
            true,
          );
          for (const [otherId, other] of pictured) {
            if (id >= otherId || id.startsWith(otherId) || otherId.startsWith(id)) continue;
            const apart =
              box.x + box.width <= other.x ||
              other.x + other.width <= box.x ||
              box.y + box.height <= other.y + 0.01 ||
              other.y + other.height <= box.y + 0.01;
            expect([id, otherId, apart]).toEqual([id, otherId, true]);
          }
        }
      }),
    );
  });
});

describeWithTool("dot", "Graphviz", () => {
  test("reads the graph, and every name as it is", () => {
    const given = fc.sample(hostile, { numRuns: 40, seed: 7 });
    const topology = named(["\\N", 'a"b', "&lt;", "<b>x</b>", "\\", ...given]);
    const { stdout, stderr, status } = spawnSync("dot", ["-Tsvg"], {
      input: dotOf(topology),
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const texts = [...stdout.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => unescaped(text!));
    const read = new Set(texts.flatMap((text) => [text, text.replace(/^(?:KVM|pool) /, "")]));
    expect(labels(topology).filter((label) => label !== "" && !read.has(label))).toEqual([]);
  });
});

/** What a reader of XML makes of a text. */
function unescaped(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&#x([0-9a-f]+);/g, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll("\u00a0", " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .trim();
}
