import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { withoutKeys } from "../../plan/life-cycle";
import type { Plan } from "../../plan/plan";
import {
  defineRule,
  fail,
  having,
  notApplicable,
  type Outcome,
  pass,
  undetermined,
  xenGuests,
} from "../../rule";

/** Xen looks the driver domain up when it starts the guest, and waits for nobody. */
export const driverDomainRunsFirst = defineRule({
  code: "VIRT-XEN-062",
  slug: "driver-domain-runs-first",
  severity: "error",
  stage: "start",
  title: "A driver domain runs before the guests that it serves",
  why: "backendDomain names the guest that serves a disk or a network interface in place of dom0. Xen's toolstack looks for that guest when it starts the other one, and refuses the start where it does not run. Terraform makes domains side by side unless one depends on the other.",
  fix: "Give the driver domain itself to backendDomain, or name its domain in depends_on; and let it run.",
  sources: [
    "xl-network-configuration(5) backend, xl-disk-configuration(5) backend; libxl_domain.c libxl__resolve_domid",
    "tried: Xen 4.17, libvirt 9.0.0: a disk or an interface of a guest that does not run is refused at start (Unable to set disk defaults for disk 0, Unable to set nic defaults for nic 0); of a PV guest that runs, with xen-netback and xen-blkback, it starts, and xenstore has both backends in that guest",
  ],
  needs: ["plan"],
  on: having(xenGuests, "devices.disks[].backendDomain", "devices.interfaces[].backendDomain"),
  *check(guest, plan) {
    const { running } = guest.domain;
    if (guest.existing || (!running && !isLate(running))) return yield notApplicable;
    for (const kind of ["disks", "interfaces"] as const) {
      for (const [index, { backendDomain }] of guest[kind].entries()) {
        const name = backendDomain?.name;
        yield name === undefined
          ? notApplicable
          : verdict(guest, plan, name, `devices.${kind}[${index}].backendDomain.name`);
      }
    }
  },
  examples: {
    bad: (plan) => plan.xenPv({ name: "net", running: false }).xenPv({ devices: { interfaces: [SERVED] } }),
    good: (plan) =>
      plan
        .xenPv({ name: "net" })
        .xenPv({ devices: { interfaces: [SERVED] }, lifeCycle: { dependsOn: ["libvirt_domain.net"] } }),
  },
});

const SERVED = {
  mac: { address: "52:54:00:00:00:10" },
  source: { bridge: { bridge: "xenbr0" } },
  backend_domain: { name: "net" },
};

function verdict(guest: PlanGuest, plan: Plan, name: string, at: string): Outcome {
  if (isLate(name)) return undetermined("the name of a driver domain is known only at apply");
  const [backend] = plan.guestsNamed(guest.host, name);
  // Any other guest of the host, which no plan shows.
  if (backend === undefined) return pass;
  if (backend === guest) {
    return fail({
      at,
      message: `"${guest.label}" would be served by itself: when it starts, it does not run yet.`,
      fix: "name another guest, or remove backendDomain: dom0 serves it then",
    });
  }
  const { running } = backend.domain;
  if (isLate(running)) return undetermined("whether a driver domain runs is known only at apply");
  if (!running) {
    return fail({
      at,
      message: `"${guest.label}" is served by "${name}", which this plan leaves switched off: Xen refuses to start "${guest.label}".`,
      fix: `set running of "${name}" to true`,
    });
  }
  if (isOrdered(guest, backend)) return pass;
  return fail({
    severity: "warning",
    at,
    message: `"${guest.label}" is served by "${name}", and nothing makes Terraform start "${name}" first: it starts both at once, and Xen refuses "${guest.label}" until "${name}" runs.`,
    fix: `give the guest itself: backendDomain: ${name}; in HCL, depends_on = [${withoutKeys(backend.address)}]`,
  });
}

/** Whether Terraform makes the one after the other, as far as anybody can see. */
function isOrdered(guest: PlanGuest, backend: PlanGuest): boolean {
  const { dependsOn } = guest.raw.lifeCycle ?? {};
  if (dependsOn === undefined) return true;
  const refersTo = [...guest.references.values()].some(
    ({ resource: { unit, address } }) => unit === backend.unit && address === backend.address,
  );
  if (refersTo) return true;
  const address = withoutKeys(backend.address);
  return dependsOn.map(withoutKeys).some(
    (each) =>
      address === each ||
      address.endsWith(`.${each}`) ||
      // Something else, such as a pause, or a module, may wait for it.
      !each.startsWith("libvirt_"),
  );
}
