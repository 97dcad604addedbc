import type { Topology, TopologyHost, TopologyNode } from "./topology";

/** The topology as a Mermaid flowchart, which GitHub and GitLab draw in Markdown. */
export function mermaidOf({ hosts, leftOut }: Topology): string {
  const lines = [
    "flowchart LR",
    ...leftOut.map((sentence) => `  %% ${sentence}`),
    ...hosts.flatMap(hostLines),
    ...hosts.flatMap(({ links }) =>
      links.map(({ kind, from, to }) =>
        // Networks stand to the left of the guests that are on them, volumes to the right.
        kind === "nic"
          ? `  ${to} --- ${from}`
          : kind === "disk"
            ? `  ${from} --- ${to}`
            : `  ${from} -.-> ${to}`,
      ),
    ),
    "  classDef guest stroke-width:2px",
    ...classLine(hosts, "guest"),
  ];
  return `${lines.join("\n")}\n`;
}

function hostLines(host: TopologyHost): string[] {
  const { id, networks, guests, more, pools } = host;
  return [
    `  subgraph ${id}[${label(host)}]`,
    "    direction LR",
    ...networks.map((network) => `    ${network.id}([${label(network)}])`),
    ...guests.map((guest) => `    ${guest.id}[${label(guest, guest.kind)}]`),
    ...(more ? [`    ${more.id}[${label(more)}]`] : []),
    ...pools.flatMap((pool) => {
      const volumes = pool.volumes.map((volume) => `      ${volume.id}[(${label(volume)})]`);
      return [
        `    subgraph ${pool.id}[${label(pool, pool.isPool ? "pool" : undefined)}]`,
        ...volumes,
        "    end",
      ];
    }),
    "  end",
  ];
}

function classLine(hosts: readonly TopologyHost[], name: string): string[] {
  const ids = hosts.flatMap(({ guests }) => guests.map(({ id }) => id));
  return ids.length === 0 ? [] : [`  class ${ids.join(",")} ${name}`];
}

function label({ label: name, details }: TopologyNode, kind?: string): string {
  const first = kind === undefined ? name : `${kind} ${name}`;
  return `"${[first, ...details].map(escaped).join("<br/>")}"`;
}

/** In a quoted label Mermaid reads HTML and its own codes: whatever could be a part of either is written as a code. */
function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{N} ,./:()×?-]/gu, (character) => `#${character.codePointAt(0)};`);
}
