import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, having, notApplicable, pass, qemuGuests, undetermined } from "../../rule";
import { allOf } from "../hyp/offers";
import { isAtLeast } from "../versions";

/** A device that another process serves works only where that process sees the guest's memory. */
export const vhostUserNeedsSharedMemory = defineRule({
  code: "VIRT-MEM-016",
  slug: "vhost-user-needs-shared-memory",
  severity: "error",
  stage: "define",
  title: "virtiofs and vhost-user devices need shared memory",
  why: "virtiofsd, SPDK, Open vSwitch with DPDK and their like read and write the guest's memory directly, so it must be shared: as a whole, or in each NUMA cell. libvirt refuses filesystems and disks without. Older versions accept network interfaces, which then carry no packet.",
  fix: "Share the guest's memory: memoryBacking with access mode shared, from memfd or from huge pages.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDefVhostUserRequireSharedMemory; 9.0 qemu_process.c qemuProcessStartWarnShmem only logs for interfaces, 11.3 refuses them",
    "tried: libvirt 9.0.0, define without access shared, with source memfd alone, with one of two cells shared, with a private cell: 'virtiofs' requires shared memory, 'vhostuser' requires shared memory; with access shared and with all cells shared it starts; a vhost-user interface is accepted",
  ],
  needs: ["guest"],
  on: having(
    qemuGuests,
    "devices.filesystems",
    "devices.disks[].source.vhostUser",
    "devices.disks[].source.vhostVdpa",
    "devices.interfaces[].source.vhostUser",
  ),
  check: (guest) => {
    const served = [...servedDevices(guest)];
    if (served.length === 0) return notApplicable;
    const access = guest.domain.memoryBacking?.memoryAccess?.mode;
    const cells = guest.domain.cpu?.numa?.cell ?? [];
    // A guest without cells has its memory in one piece.
    const pieces = cells.length > 0 ? cells.map((cell) => cell.memAccess ?? access) : [access];
    const apart = pieces.findIndex((piece) => piece !== "shared" && !isLate(piece));
    if (apart < 0)
      return pieces.some(isLate) ? undetermined("the access of memory is known only at apply") : pass;
    const devices = served.filter((device) => device !== "late");
    if (devices.length === 0) return undetermined("the kind of a device is known only at apply");
    const refused = devices.some((device) => device.refused);
    const ofCell = cells[apart]?.memAccess !== undefined;
    return fail({
      severity: refused ? "error" : "warning",
      at: ofCell ? `cpu.numa.cell[${apart}].memAccess` : "memoryBacking.memoryAccess.mode",
      message: `${allOf(devices.map(({ name }) => name))} of "${guest.label}" ${devices.length > 1 ? "need" : "needs"} shared memory, but ${
        ofCell ? `that of NUMA cell ${apart} is ${pieces[apart]}` : `its access is ${access ?? "not set"}`
      }.${refused ? "" : " The guest starts without a working network interface."}`,
      fix: ofCell
        ? `set cpu.numa.cell[${apart}].memAccess to "shared"`
        : 'set sharedMemory: true, which is memoryBacking { memorySource: { type: "memfd" }, memoryAccess: { mode: "shared" } }',
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { filesystems: [SHARE] } }),
    good: (plan) =>
      plan.kvm({
        memory_backing: { memory_source: { type: "memfd" }, memory_access: { mode: "shared" } },
        devices: { filesystems: [SHARE] },
      }),
  },
});

const SHARE = {
  driver: { type: "virtiofs" },
  source: { mount: { dir: "/srv/share" } },
  target: { dir: "share" },
};

/** A device that another process serves. */
interface Served {
  readonly name: string;
  /** Whether libvirt refuses it without shared memory; else it lets the device fail. */
  readonly refused: boolean;
}

function* servedDevices({ domain: { devices }, host }: PlanGuest): Iterable<Served | "late"> {
  for (const [index, { driver }] of (devices?.filesystems ?? []).entries()) {
    if (isLate(driver?.type)) yield "late";
    else if (driver?.type === "virtiofs")
      yield { name: `devices.filesystems[${index}] (virtiofs)`, refused: true };
  }
  for (const [index, { source }] of (devices?.disks ?? []).entries()) {
    if (isLate(source?.vhostUser) || isLate(source?.vhostVdpa)) yield "late";
    else if (source?.vhostUser) yield { name: `devices.disks[${index}] (vhost-user)`, refused: true };
    else if (source?.vhostVdpa) yield { name: `devices.disks[${index}] (vhost-vdpa)`, refused: true };
  }
  const refused = isAtLeast(host.facts?.data.libvirtVersion, "11.3.0") === true;
  for (const [index, { source }] of (devices?.interfaces ?? []).entries()) {
    if (isLate(source?.vhostUser)) yield "late";
    else if (source?.vhostUser) yield { name: `devices.interfaces[${index}] (vhost-user)`, refused };
  }
}
