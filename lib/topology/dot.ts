import type { Topology, TopologyHost, TopologyNode } from "./topology";

/** The topology in the language of Graphviz: `virt-constructs graph … --format dot | dot -Tsvg`. */
export function dotOf({ hosts, leftOut }: Topology): string {
  const lines = [
    "graph topology {",
    `  graph [rankdir=LR, compound=true, fontname="sans-serif", newrank=true${leftOut.length > 0 ? `, label=${quoted(leftOut)}` : ""}];`,
    '  node [fontname="sans-serif", fontsize=11];',
    ...hosts.flatMap(hostLines),
    ...hosts.flatMap(({ links }) =>
      links.map(({ kind, from, to }) =>
        kind === "nic"
          ? `  ${to} -- ${from};`
          : `  ${from} -- ${to}${kind === "backing" ? " [style=dashed, dir=forward]" : ""};`,
      ),
    ),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

function hostLines(host: TopologyHost): string[] {
  const { id, networks, guests, more, pools } = host;
  return [
    `  subgraph cluster_${id} {`,
    `    graph [label=${label(host)}, style=rounded];`,
    // A cluster without a node is not drawn.
    ...(networks.length + guests.length + pools.length === 0 ? [`    ${id} [style=invis];`] : []),
    ...networks.map((network) => `    ${network.id} [shape=box, style=rounded, label=${label(network)}];`),
    ...guests.map((guest) => `    ${guest.id} [shape=box, label=${label(guest, guest.kind)}];`),
    ...(more ? [`    ${more.id} [shape=box, style=dashed, label=${label(more)}];`] : []),
    ...pools.flatMap((pool) => [
      `    subgraph cluster_${pool.id} {`,
      `      graph [label=${label(pool, pool.isPool ? "pool" : undefined)}, style=dotted];`,
      ...pool.volumes.map((volume) => `      ${volume.id} [shape=cylinder, label=${label(volume)}];`),
      ...(pool.volumes.length === 0 ? [`      ${pool.id} [shape=plaintext, label="empty"];`] : []),
      "    }",
    ]),
    "  }",
  ];
}

function label({ label: name, details }: TopologyNode, kind?: string): string {
  return quoted([kind === undefined ? name : `${kind} ${name}`, ...details]);
}

/**
 * Lines between quotes. A backslash begins an escape sequence of Graphviz (`\N` is the node's name), and an ampersand
 * one of HTML.
 */
function quoted(lines: readonly string[]): string {
  const escaped = lines.map((line) => line.replace(/[\\"]/g, "\\$&").replace(/&/g, "&amp;"));
  return `"${escaped.join("\\n")}"`;
}
