import type { PlanGuest } from "../../plan/guest";
import { isLate, known, type Late } from "../../plan/late";
import {
  defineRule,
  fail,
  having,
  notApplicable,
  type Outcome,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";

/** I/O threads have numbers of their own and a pool of helpers whose size has two ends. */
export const iothreadPools = defineRule({
  code: "VIRT-CPU-016",
  slug: "iothread-pools",
  severity: "error",
  stage: "define",
  title: "I/O threads have different ids from 1 on, and pools with a maximum that is not below their minimum",
  why: "Disks and pins name an I/O thread by its id. poolMin and poolMax say how many helpers it keeps and may start; libvirt compares them as they are written, so that poolMin alone is refused as well: it counts a missing maximum as less than any minimum.",
  fix: "Number the I/O threads 1, 2, 3 and so on, and give poolMax with poolMin.",
  sources: [
    "libvirt domain_conf.c virDomainIOThreadIDDefParseXML, virDomainDefParseIOThreads; domain_validate.c virDomainDefValidateIOThreads",
    "tried: libvirt 9.0.0, define of id 1 twice: duplicate iothread id '1' found; of id 0: Zero is not permitted; of poolMin 8 with poolMax 4, of poolMin alone, 0 and 1 included: thread_pool_min must be smaller or equal to thread_pool_max; of poolMax 0: must be a positive integer; the same for the default; equal sizes and poolMax alone start",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "ioThreadIDs", "defaultIoThread"),
  *check(guest): Iterable<Outcome> {
    const { defaultIoThread, ioThreadIDs } = guest.domain;
    const threads = ioThreadIDs?.ioThreads ?? [];
    if (threads.length === 0 && defaultIoThread === undefined) return yield notApplicable;
    const seen = new Map<number, number>();
    for (const [index, thread] of threads.entries()) {
      const at = `ioThreadIDs.ioThreads[${index}]`;
      const id = known(thread.id);
      yield checkId(guest, thread.id, at, id === undefined ? undefined : seen.get(id));
      if (id !== undefined && !seen.has(id)) seen.set(id, index);
      yield checkPool(guest, at, thread);
    }
    if (defaultIoThread) yield checkPool(guest, "defaultIoThread", defaultIoThread);
  },
  examples: {
    bad: (plan) => plan.kvm({ io_thread_i_ds: { io_threads: [{ id: 1, pool_min: 8, pool_max: 4 }] } }),
    good: (plan) => plan.kvm({ io_thread_i_ds: { io_threads: [{ id: 1, pool_min: 4, pool_max: 8 }] } }),
  },
});

function checkId({ label }: PlanGuest, id: number | Late, at: string, first: number | undefined): Outcome {
  if (isLate(id)) return undetermined("the id of an I/O thread is known only at apply");
  if (!id || id < 0) {
    return fail({
      at: `${at}.id`,
      message: `${at}.id of "${label}" is ${id ?? "missing"}; ids start at 1.`,
      fix: "number the I/O threads 1, 2, 3 and so on",
    });
  }
  if (first === undefined) return pass;
  return fail({
    at: `${at}.id`,
    message: `I/O thread ${id} of "${label}" is listed twice, in ioThreadIDs.ioThreads[${first}] and ${at}.`,
    fix: "give each its own id",
  });
}

interface Pool {
  readonly poolMin?: number | Late;
  readonly poolMax?: number | Late;
}

function checkPool({ label }: PlanGuest, at: string, { poolMin, poolMax }: Pool): Outcome {
  if (isLate(poolMin) || isLate(poolMax))
    return undetermined("the pool of an I/O thread is known only at apply");
  if (poolMax !== undefined && poolMax <= 0) {
    return fail({
      at: `${at}.poolMax`,
      message: `${at}.poolMax of "${label}" is ${poolMax}; a pool has room for 1 at least.`,
      fix: "set it to 1 or more, or remove it",
    });
  }
  if (poolMin === undefined || (poolMax !== undefined && poolMin <= poolMax && poolMin >= 0)) return pass;
  return fail({
    at: `${at}.poolMin`,
    message:
      poolMin < 0
        ? `${at}.poolMin of "${label}" is ${poolMin}.`
        : poolMax === undefined
          ? `${at} of "${label}" gives poolMin ${poolMin} without poolMax, which libvirt takes for a maximum below it.`
          : `${at} of "${label}" keeps ${poolMin} helpers (poolMin) and may have ${poolMax} (poolMax).`,
    fix: `set poolMax to ${Math.max(1, poolMin)} or more${poolMax === undefined ? ", or remove poolMin" : ", or lower poolMin"}`,
  });
}
