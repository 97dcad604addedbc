import { xmlText } from "../xml/text";
import { type Box, layoutOf, middleOf } from "./layout";
import type { Topology, TopologyGuest, TopologyHost, TopologyLink, TopologyNode } from "./topology";

/** The topology as an SVG picture, a file of its own. */
export function svgOf(topology: Topology): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${draw(topology, `<style>${TOPOLOGY_CSS}</style>`)}\n`;
}

/** The same as a part of a page, which has {@link TOPOLOGY_CSS}. */
export function svgFragment(topology: Topology): string {
  return draw(topology, "");
}

function draw(topology: Topology, style: string): string {
  const { hosts, leftOut } = topology;
  const { width, height, boxes } = layoutOf(topology);
  const at = (node: { readonly id: string }) => boxes.get(node.id)!;
  const room = leftOut.length * 20 + (leftOut.length > 0 ? 16 : 0);
  const size = [width, height + room].map(round);
  return [
    `<svg class="topology" xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="topology-title topology-desc" width="${size[0]}" height="${size[1]}" viewBox="0 0 ${size.join(" ")}">`,
    `<title id="topology-title">Topology</title>`,
    `<desc id="topology-desc">${xmlText(descriptionOf(topology))}</desc>`,
    ...(style === "" ? [] : [style, `<rect class="page" width="100%" height="100%"/>`]),
    ...hosts.map((host) => drawHost(host, at)),
    ...leftOut.map(
      (sentence, index) =>
        `<text class="detail" x="4" y="${round(height + 24 + index * 20)}">${xmlText(sentence)}</text>`,
    ),
    "</svg>",
  ].join("\n");
}

type At = (node: { readonly id: string }) => Box;

function drawHost(host: TopologyHost, at: At): string {
  const { x, y, width } = at(host);
  return [
    group(host, "host", [
      rect(at(host), 14),
      text("title", x + 24, y + 34, host.label, width / 2 - 48, 17),
      text("detail end", x + width - 24, y + 33, host.details.join(" · "), width / 2, 12.5),
    ]),
    ...host.pools
      .filter(({ isPool }) => isPool)
      .map((pool) => {
        const box = at(pool);
        return group(pool, "pool", [
          rect(box, 10),
          `<path class="can" d="${can(box.x + 16, box.y + 13, 15, 17, 3)}"/>`,
          text("name", box.x + 40, box.y + 26, pool.label, 150, 13),
          text("detail end", box.x + box.width - 16, box.y + 26, pool.details.join(" "), box.width - 216, 12),
        ]);
      }),
    ...host.links.map((link) => drawLink(link, at)),
    ...host.networks.map((network) => {
      const box = at(network);
      return group(network, network.kind, [rect(box, box.height / 2), ...twoLines(network, box, 20)]);
    }),
    ...host.guests.map((guest) => drawGuest(guest, at(guest))),
    ...(host.more
      ? [group(host.more, "more", [rect(at(host.more), 8), ...twoLines(host.more, at(host.more), 16)])]
      : []),
    ...host.pools.flatMap(({ volumes }) =>
      volumes.map((volume) => {
        const box = at(volume);
        const { x, y, width, height } = box;
        return group(volume, "volume", [
          `<path d="${can(x, y, width, height, 4)}"/>`,
          ...twoLines(volume, { ...box, y: y + 4 }, 12),
        ]);
      }),
    ),
  ].join("\n");
}

function drawGuest(guest: TopologyGuest, box: Box): string {
  const kind = guest.kind ?? "?";
  const badge = { x: box.x + 10, y: box.y + 12, width: 44, height: 28 };
  return group(guest, `guest ${kind === "?" ? "other" : kind.toLowerCase()}`, [
    rect(box, 8),
    rect(badge, 6, "badge"),
    `<text class="kind" x="${round(badge.x + 22)}" y="${round(badge.y + 18.5)}">${kind}</text>`,
    ...twoLines(guest, box, 66),
  ]);
}

function drawLink({ kind, from, to }: TopologyLink, at: At): string {
  // Networks stand to the left of guests.
  const [left, right] =
    kind === "nic" ? [at({ id: to }), at({ id: from })] : [at({ id: from }), at({ id: to })];
  const [x1, y1, x2, y2] = [left.x + left.width, middleOf(left), right.x, middleOf(right)];
  // Of a circle of images one link leads back.
  const bend = Math.max(30, (x2 - x1) / 2);
  const path = [
    `M${round(x1)} ${round(y1)}`,
    `C${round(x1 + bend)} ${round(y1)}`,
    `${round(x2 - bend)} ${round(y2)}`,
    `${round(x2)} ${round(y2)}`,
  ];
  return `<path class="link ${kind}" d="${path.join(" ")}"/>`;
}

function twoLines({ label, details }: TopologyNode, { x, y, width, height }: Box, indent: number): string[] {
  const room = width - indent - 12;
  const middle = y + height / 2;
  if (details.length === 0) return [text("name", x + indent, middle + 4.5, label, room, 14)];
  return [
    text("name", x + indent, middle - 3, label, room, 14),
    text("detail", x + indent, middle + 14, details.join(" · "), room, 12),
  ];
}

function group(node: TopologyNode, name: string, parts: readonly string[]): string {
  const whole = [node.label, ...node.details].join("\n");
  return `<g class="${name}"><title>${xmlText(whole)}</title>${parts.join("")}</g>`;
}

function rect({ x, y, width, height }: Box, radius: number, name?: string): string {
  const attributes = [x, y, width, height].map(round);
  return `<rect${name === undefined ? "" : ` class="${name}"`} x="${attributes[0]}" y="${attributes[1]}" width="${attributes[2]}" height="${attributes[3]}" rx="${round(radius)}"/>`;
}

/** A cylinder that stands upright. */
function can(x: number, y: number, width: number, height: number, lid: number): string {
  const [left, top, bottom, half] = [x, y + lid, y + height - lid, width / 2].map(round);
  return `M${left} ${top}a${half} ${lid} 0 0 1 ${round(width)} 0V${bottom}a${half} ${lid} 0 0 1 -${round(width)} 0ZM${left} ${top}a${half} ${lid} 0 0 0 ${round(width)} 0`;
}

function text(name: string, x: number, y: number, content: string, room: number, size: number): string {
  return `<text class="${name}" x="${round(x)}" y="${round(y)}">${xmlText(fitting(content, room, size))}</text>`;
}

/** As much of a text as fits, by the widths that letters have in common fonts. */
function fitting(content: string, room: number, size: number): string {
  const letters = [...content];
  const ends: number[] = [];
  let width = 0;
  for (const letter of letters) {
    width += widthOf(letter) * size;
    ends.push(width);
  }
  if (width <= room) return content;
  const kept = ends.filter((end) => end + size <= room).length;
  return `${letters.slice(0, kept).join("").trimEnd()}…`;
}

function widthOf(letter: string): number {
  if (letter >= "\u2e80") return 1.05;
  if (/[A-Z@%]/.test(letter)) return 0.7;
  return /[mwMW—]/.test(letter) ? 0.85 : /[ijlt.,:;|'!() -]/.test(letter) ? 0.36 : 0.58;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function descriptionOf({ hosts, leftOut }: Topology): string {
  const sentences = hosts.slice(0, 30).map(({ label, details, guests, networks }) => {
    const names = guests.slice(0, 20).map((guest) => guest.label);
    const nets = networks.slice(0, 20).map((network) => network.label);
    return `Host ${label} (${details.join(", ")})${names.length > 0 ? `; guests: ${names.join(", ")}` : ""}${nets.length > 0 ? `; networks: ${nets.join(", ")}` : ""}.`;
  });
  return [...sentences, ...leftOut.map((each) => `${each}.`)].join(" ");
}

/** Colours and letters of the picture, light and dark. */
export const TOPOLOGY_CSS = `
.topology{--page:#fff;--host:#f6f8fa;--card:#fff;--ink:#1f2328;--muted:#59636e;--line:#d0d7de;--net:#0969da;--net-fill:#ddf4ff;--disk:#8a5a00;--disk-fill:#fff6d6;--kvm:#116329;--tcg:#59636e;--pv:#953800;--pvh:#6639ba;--hvm:#0550ae;--on-badge:#fff;color:var(--ink);font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}
@media (prefers-color-scheme:dark){.topology{--page:#0d1117;--host:#151b23;--card:#0d1117;--ink:#f0f6fc;--muted:#9198a1;--line:#3d444d;--net:#58a6ff;--net-fill:#10243e;--disk:#d29922;--disk-fill:#2b2111;--kvm:#56d364;--tcg:#b1bac4;--pv:#ffa657;--pvh:#d2a8ff;--hvm:#79c0ff;--on-badge:#0d1117}}
@media print{.topology{--page:#fff;--host:#fff;--card:#fff;--ink:#000;--muted:#444;--line:#999;--net:#0550ae;--net-fill:#fff;--disk:#6b4500;--disk-fill:#fff;--kvm:#116329;--tcg:#444;--pv:#953800;--pvh:#6639ba;--hvm:#0550ae;--on-badge:#fff}}
.topology text{fill:currentColor;font-size:13px}
.topology .page{fill:var(--page)}
.topology .title{font-size:17px;font-weight:650}
.topology .name{font-weight:600}
.topology .detail{fill:var(--muted);font-size:12px}
.topology .end{text-anchor:end}
.topology .host>rect{fill:var(--host);stroke:var(--line)}
.topology .guest>rect,.topology .more>rect{fill:var(--card);stroke:var(--line)}
.topology .more>rect{stroke-dasharray:5 4}
.topology .kind{fill:var(--on-badge);font-size:11.5px;font-weight:700;text-anchor:middle;letter-spacing:.03em}
.topology .guest .badge{stroke:none;fill:var(--tcg)}
.topology .kvm .badge{fill:var(--kvm)}
.topology .pv .badge{fill:var(--pv)}
.topology .pvh .badge{fill:var(--pvh)}
.topology .hvm .badge{fill:var(--hvm)}
.topology .network>rect,.topology .bridge>rect,.topology .device>rect{fill:var(--net-fill);stroke:var(--net)}
.topology .bridge>rect,.topology .device>rect{stroke-dasharray:5 3}
.topology .pool>rect{fill:none;stroke:var(--disk);stroke-opacity:.6;stroke-dasharray:2 4}
.topology .volume path,.topology .can{fill:var(--disk-fill);stroke:var(--disk);stroke-width:1.1}
.topology .link{fill:none;stroke-width:1.5;stroke-opacity:.75}
.topology .nic{stroke:var(--net)}
.topology .disk,.topology .backing{stroke:var(--disk)}
.topology .backing{stroke-dasharray:5 4}
`.trim();
