import type { Topology, TopologyHost, TopologyVolume } from "./topology";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where everything of a topology is drawn. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** By the id of a node. */
  readonly boxes: ReadonlyMap<string, Box>;
}

const NETWORK = { width: 196, height: 44 };
const GUEST = { width: 288, height: 52 };
const VOLUME = { width: 220, height: 52 };
const PAD = 24;
const GAP = 14;
/** Room for links between columns. */
const AISLE = 80;
const HOST_HEAD = 58;
const POOL_HEAD = 44;
const POOL_PAD = 16;
const EMPTY_POOL = 12;

const GUESTS_AT = PAD + NETWORK.width + AISLE;
const POOLS_AT = GUESTS_AT + GUEST.width + AISLE;

/**
 * Hosts stand below each other; in each, networks are to the left of its guests and volumes to the right, images
 * further right than their overlays. What a guest has is as near to its height as there is room.
 */
export function layoutOf({ hosts }: Topology): Layout {
  const boxes = new Map<string, Box>();
  const deepest = Math.max(
    0,
    ...hosts.flatMap(({ pools }) => pools.flatMap(({ volumes }) => volumes.map(depthOf))),
  );
  const poolWidth = 2 * POOL_PAD + VOLUME.width + deepest * (VOLUME.width + AISLE);
  const width = POOLS_AT + poolWidth + 2 * PAD;
  let top = 0;
  for (const host of hosts) {
    const bottom = placeHost(host, top + HOST_HEAD, poolWidth, boxes) + PAD;
    boxes.set(host.id, { x: 0.5, y: top + 0.5, width: width - 1, height: bottom - top - 1 });
    top = bottom + PAD;
  }
  return { width, height: Math.max(top - PAD, 1), boxes };
}

/** Returns where the last thing on the host ends. */
function placeHost(host: TopologyHost, top: number, poolWidth: number, boxes: Map<string, Box>): number {
  const networksOf = neighbours(host, "nic", (link) => [link.from, link.to]);
  const disksOf = neighbours(host, "disk", (link) => [link.from, link.to]);
  const order = new Map(host.networks.map(({ id }, index) => [id, index]));
  const rank = new Map(
    host.guests.map(({ id }) => [
      id,
      mean((networksOf.get(id) ?? []).map((each) => order.get(each)!)) ?? order.size,
    ]),
  );
  // Guests of one network stand together, which keeps links apart.
  const guests = [...host.guests].sort((a, b) => rank.get(a.id)! - rank.get(b.id)!);

  const wanted = new Map<string, number>();
  let y = top;
  for (const { id } of guests) {
    const disks = disksOf.get(id) ?? [];
    const height = Math.max(GUEST.height, disks.length * (VOLUME.height + GAP) - GAP);
    const middle = y + height / 2;
    boxes.set(id, { x: GUESTS_AT, y: middle - GUEST.height / 2, ...GUEST });
    disks.forEach((disk, index) => {
      if (!wanted.has(disk))
        wanted.set(disk, middle + (index - (disks.length - 1) / 2) * (VOLUME.height + GAP));
    });
    y += height + GAP;
  }
  if (host.more) {
    boxes.set(host.more.id, { x: GUESTS_AT, y, ...GUEST });
    y += GUEST.height + GAP;
  }
  const guestsEnd = y > top ? y - GAP : top;
  const networksEnd = placeNetworks(host, top, guestsEnd, boxes);
  const poolsEnd = placePools(host, top, poolWidth, wanted, boxes);
  return Math.max(guestsEnd, networksEnd, poolsEnd);
}

function placeNetworks(host: TopologyHost, top: number, bottom: number, boxes: Map<string, Box>): number {
  const guestsOf = neighbours(host, "nic", (link) => [link.to, link.from]);
  const wished = host.networks
    .map(({ id }) => ({ id, at: mean((guestsOf.get(id) ?? []).map((each) => middleOf(boxes.get(each)!))) }))
    .sort((a, b) => (a.at ?? Number.MAX_VALUE) - (b.at ?? Number.MAX_VALUE));
  const height = NETWORK.height + GAP;
  const end = Math.max(bottom, top + wished.length * height - GAP);
  let y = top;
  wished.forEach(({ id, at = 0 }, index) => {
    // Neither above the one before, nor so low that the ones after it find no room.
    const lowest = end - (wished.length - index) * height + GAP;
    y = Math.min(Math.max(y, at - NETWORK.height / 2), lowest);
    boxes.set(id, { x: PAD, y, ...NETWORK });
    y += height;
  });
  return wished.length === 0 ? top : y - GAP;
}

function placePools(
  host: TopologyHost,
  top: number,
  width: number,
  wanted: Map<string, number>,
  boxes: Map<string, Box>,
): number {
  const usersOf = neighbours(host, "backing", (link) => [link.to, link.from]);
  const volumes = host.pools.flatMap((pool) => pool.volumes).sort((a, b) => a.depth - b.depth);
  for (const { id } of volumes) {
    if (wanted.has(id)) continue;
    const at = mean((usersOf.get(id) ?? []).flatMap((each) => wanted.get(each) ?? []));
    if (at !== undefined) wanted.set(id, at);
  }
  let y = top;
  for (const pool of host.pools) {
    const ends: number[] = [];
    const sorted = [...pool.volumes].sort(
      (a, b) => (wanted.get(a.id) ?? Number.MAX_VALUE) - (wanted.get(b.id) ?? Number.MAX_VALUE),
    );
    for (const { id, depth } of sorted) {
      const at = Math.max(ends[depth] ?? y + POOL_HEAD, (wanted.get(id) ?? 0) - VOLUME.height / 2);
      const x = POOLS_AT + POOL_PAD + depth * (VOLUME.width + AISLE);
      boxes.set(id, { x, y: at, ...VOLUME });
      ends[depth] = at + VOLUME.height + GAP;
    }
    const first = Math.min(...sorted.map(({ id }) => boxes.get(id)!.y));
    const start = sorted.length === 0 ? y : Math.max(y, first - POOL_HEAD);
    const end =
      sorted.length === 0
        ? y + POOL_HEAD + EMPTY_POOL - GAP
        : Math.max(...ends.filter(Boolean)) - GAP + POOL_PAD;
    boxes.set(pool.id, { x: POOLS_AT, y: start, width, height: end - start });
    y = end + GAP;
  }
  return host.pools.length === 0 ? top : y - GAP;
}

function neighbours(
  { links }: TopologyHost,
  kind: "nic" | "disk" | "backing",
  ends: (link: TopologyHost["links"][number]) => [from: string, to: string],
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const link of links) {
    if (link.kind !== kind) continue;
    const [from, to] = ends(link);
    const there = found.get(from);
    if (there) there.push(to);
    else found.set(from, [to]);
  }
  return found;
}

function depthOf({ depth }: TopologyVolume): number {
  return depth;
}

export function middleOf({ y, height }: Box): number {
  return y + height / 2;
}

function mean(numbers: readonly number[]): number | undefined {
  return numbers.length === 0 ? undefined : numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}
