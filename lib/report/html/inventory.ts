import { fleetOf, type Machine } from "../../plan/fleet";
import { diskDevice } from "../../plan/guest";
import { isLate, known } from "../../plan/late";
import type { Plan } from "../../plan/plan";
import { plural } from "../../plan/plural";
import { formatKiB } from "../../plan/units";
import { fileLine } from "../file-line";
import { shorten } from "../layout";
import { html, type Markup } from "./markup";

const MOST = 1000;

const KINDS = {
  kvm: "KVM",
  tcg: "QEMU (TCG)",
  "xen-pv": "Xen PV",
  "xen-pvh": "Xen PVH",
  "xen-hvm": "Xen HVM",
};

interface Cell {
  readonly text: string;
  /** What rows are sorted by, where it is not the text. */
  readonly value?: number;
}

interface Column {
  readonly heading: string;
  readonly numeric?: true;
  cell(machine: Machine): Cell;
}

/** Every virtual machine that there will be, in a table that the script makes sortable. */
export function inventorySection(plan: Plan, root: string): Markup {
  const machines = fleetOf(plan);
  const shown = machines.slice(0, MOST);
  const more = machines.length - shown.length;
  const columns = columnsOf(root);
  return html`<section id="inventory" aria-labelledby="inventory-title">
<h2 id="inventory-title">Inventory</h2>
<div class="scroll" role="region" aria-label="Table of guests" tabindex="0">
<table id="guests"><caption>${plural(machines.length, "guest")} on ${plural(new Set(machines.map(({ guest }) => guest.host)).size, "host")}</caption>
<thead><tr>${columns.map(({ heading, numeric }) => html`<th scope="col"${numeric && html` class="number"`}>${heading}</th>`)}</tr></thead>
<tbody>
${shown.map((machine) => row(machine, columns))}</tbody></table></div>
${more > 0 && html`<p class="more">${plural(more, "more guest")} not shown here: <code>virt-constructs inventory</code> lists all.</p>`}
</section>`;
}

function row(machine: Machine, columns: readonly Column[]): Markup {
  const cells = columns.map(({ cell, numeric }, index) => {
    const { text, value } = cell(machine);
    const attributes = html`${numeric && html` class="number"`}${value !== undefined && html` data-value="${value}"`}`;
    return index === 0
      ? html`<th scope="row"${attributes}>${text}</th>`
      : html`<td${attributes}>${text}</td>`;
  });
  return html`<tr>${cells}</tr>
`;
}

function columnsOf(root: string): Column[] {
  return [
    {
      heading: "Guest",
      cell: ({ name, guest }) => ({ text: shorten(isLate(name) ? guest.label : name, 80) }),
    },
    { heading: "Host", cell: ({ guest }) => ({ text: shorten(guest.host.label, 60) }) },
    { heading: "Kind", cell: ({ guest }) => ({ text: guest.mode === undefined ? "?" : KINDS[guest.mode] }) },
    { heading: "vCPUs", numeric: true, cell: ({ guest }) => amount(known(guest.vcpus), String) },
    { heading: "Memory", numeric: true, cell: ({ guest }) => amount(known(guest.memoryKiB), formatKiB) },
    {
      heading: "Disks",
      numeric: true,
      cell: ({ guest }) => amount(guest.disks.filter((disk) => diskDevice(disk) === "disk").length, String),
    },
    { heading: "NICs", numeric: true, cell: ({ guest }) => amount(guest.interfaces.length, String) },
    { heading: "Address", cell: ({ ip }) => ({ text: ip ?? "" }) },
    { heading: "System", cell: ({ guest }) => ({ text: guest.os?.name ?? "" }) },
    {
      heading: "Source",
      cell: ({ guest }) => {
        const line = guest.source && fileLine(guest.source, root);
        return { text: line ? `${line.file}:${line.line}` : guest.address };
      },
    },
  ];
}

function amount(value: number | undefined, format: (value: number) => string): Cell {
  return value === undefined ? { text: "?", value: -1 } : { text: format(value), value };
}
