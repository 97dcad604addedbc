import type { PlanHost } from "../../plan/host";
import type { Plan } from "../../plan/plan";
import { plural } from "../../plan/plural";
import { formatKiB } from "../../plan/units";
import { capacityOf, type Share } from "../../rules/cap/capacity";
import { MOST_PER_CPU } from "../../rules/cap/too-many-vcpus-per-cpu";
import { html, type Markup } from "./markup";

const MOST_HOSTS = 100;
/** The bar is drawn in this many units. */
const WIDTH = 1000;

/** What each host has and what the plan asks of it, with the arithmetic. */
export function capacitySection(plan: Plan): Markup {
  const hosts = plan.hosts.filter((host) => plan.guestsOn(host).length > 0);
  const more = hosts.length - MOST_HOSTS;
  return html`<section id="capacity" aria-labelledby="capacity-title">
<h2 id="capacity-title">Host capacity</h2>
${hosts.length === 0 && html`<p>The plan has no guests.</p>`}
<div class="hosts">${hosts.slice(0, MOST_HOSTS).map((host) => hostCard(plan, host))}</div>
${more > 0 && html`<p class="more">${plural(more, "more host")} not shown here.</p>`}
</section>`;
}

function hostCard(plan: Plan, host: PlanHost): Markup {
  const { memory, vcpus } = capacityOf(plan, host);
  const reserve = host.hypervisor === "xen" ? "dom0" : "reserve";
  const kind = host.hypervisor === "xen" ? "Xen" : host.hypervisor === "kvm" ? "KVM" : undefined;
  return html`<article class="host"><header><h3>${host.label}</h3>
<p>${[kind, host.uri, plural(plan.guestsOn(host).length, "guest resource")].filter((each) => each !== undefined).join(" · ")}</p></header>
${memoryBar(memory, reserve)}
${cpuBar(vcpus, reserve)}
${host.facts === undefined && html`<p class="more">Its facts would tell what it has${host.uri !== undefined && html`: <code>virt-constructs facts capture ${host.uri}</code>`}</p>`}
</article>`;
}

function memoryBar(share: Share, reserve: string): Markup {
  const { total } = share;
  const free = (total ?? 0) - usedOf(share);
  const sum = partsOf(share, reserve, formatKiB);
  return bar(share, {
    name: "Memory",
    state:
      total === undefined
        ? NOT_KNOWN
        : free < 0
          ? `${formatKiB(-free)} more than there is`
          : `${formatKiB(free)} free`,
    over: total !== undefined && free < 0,
    arithmetic:
      total === undefined ? sum.join(" + ") : `${formatKiB(total)} - ${sum.join(" - ")} = ${formatKiB(free)}`,
  });
}

/** CPUs are shared in turns: more vCPUs than there are is no mistake up to a measure, which a rule knows. */
function cpuBar(share: Share, reserve: string): Markup {
  const { total } = share;
  const used = usedOf(share);
  const ratio = total === undefined ? 0 : Math.round((used / Math.max(total, 1)) * 10) / 10;
  const sum = partsOf(share, reserve, String).join(" + ");
  return bar(share, {
    name: "vCPUs",
    state:
      total === undefined
        ? NOT_KNOWN
        : used > total
          ? `${ratio} for each CPU`
          : `${total - used} of ${plural(total, "CPU")} free`,
    over: ratio > MOST_PER_CPU,
    arithmetic: total === undefined ? sum : `${sum} on ${plural(total, "CPU")}`,
  });
}

const NOT_KNOWN = "capacity not known";

function usedOf({ reserved, guests, overhead }: Share): number {
  return reserved + guests + overhead;
}

function partsOf(
  { reserved, guests, overhead }: Share,
  reserve: string,
  format: (amount: number) => string,
): string[] {
  return [
    ...(reserved > 0 ? [`${reserve} ${format(reserved)}`] : []),
    `guests ${format(guests)}`,
    ...(overhead > 0 ? [`overhead ${format(overhead)}`] : []),
  ];
}

interface Words {
  readonly name: string;
  readonly state: string;
  readonly over: boolean;
  readonly arithmetic: string;
}

function bar(share: Share, { name, state, over, arithmetic }: Words): Markup {
  const used = usedOf(share);
  const total = share.total ?? used;
  const scale = WIDTH / Math.max(total, used, 1);
  let x = 0;
  const rects = (["reserved", "guests", "overhead"] as const).map((kind) => {
    const width = share[kind] * scale;
    const rect =
      width > 0 && html`<rect class="${kind}" x="${round(x)}" width="${round(width)}" height="16"/>`;
    x += width;
    return rect;
  });
  const beyond =
    used > total &&
    html`<rect class="beyond${over && " over"}" x="${round(total * scale)}" width="${round(WIDTH - total * scale)}" height="16"/>`;
  return html`<div class="capacity"><p class="head"><strong>${name}</strong> <span class="${over ? "over" : "state"}">${state}</span></p>
<svg class="bar" viewBox="0 0 ${WIDTH} 16" preserveAspectRatio="none" aria-hidden="true"><rect class="free" width="${WIDTH}" height="16"/>${rects}${beyond}</svg>
<p class="arithmetic">${arithmetic}${share.late > 0 && `; ${plural(share.late, "guest")} known only at apply not counted`}</p></div>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
