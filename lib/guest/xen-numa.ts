import { z } from "zod";
import type { Memory } from "../memory";
import type { PropIssue } from "../plan/intent";
import { isLate } from "../plan/late";
import { late, literal, memory } from "../props";
import type { DomainCpu } from "../provider/domain";

/** A NUMA node that a guest sees. */
export interface XenNumaNode {
  /** Its memory: that of all nodes is the guest's. */
  readonly memory: Memory;
  /** Its vCPUs, such as `0-3`: each vCPU is in one node. */
  readonly vcpus: string;
  /** Distance to each node in order, itself included: 10 is the same node, 11 to 254 another. @default - 10 and 20 */
  readonly distances?: readonly number[];
}

const set = { error: 'must be vCPUs, such as "0-3" or "0,2"' };
const distance = { error: "must be a whole number from 10 to 254" };

export const xenNuma = literal(
  z.array(
    z.strictObject({
      memory,
      vcpus: late(z.string(set).regex(/^\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*$/, set)),
      distances: z.array(late(z.int(distance).min(10, distance).max(254, distance))).optional(),
    }),
    { error: "must be a list" },
  ),
  "each node is an element of its own",
);

/** The nodes in the provider's words; it keeps no other unit than KiB in them. */
export function xenNumaConfig(nodes: readonly XenNumaNode[] | undefined): DomainCpu | undefined {
  if (nodes === undefined || nodes.length === 0) return undefined;
  return {
    numa: {
      cell: nodes.map(({ memory: size, vcpus, distances }, id) => {
        const siblings = distances?.map((value, sibling) => ({ id: sibling, value }));
        return { id, cpus: vcpus, ...sizeOf(size), ...(siblings && { distances: { siblings } }) };
      }),
    },
  };
}

function sizeOf(size: Memory): { readonly memory: number; readonly unit: string } {
  const kib = size.toKiB();
  if (!isLate(kib)) return { memory: kib as number, unit: "KiB" };
  const { amount, unit } = size.toWhole();
  return { memory: amount, unit };
}

/** What is wrong with the nodes of a guest beside each other. */
export function numaIssues(nodes: readonly XenNumaNode[], all: Memory | undefined): PropIssue[] {
  const issues = nodes.flatMap(({ distances }, index): PropIssue[] =>
    distances === undefined || distances.length === nodes.length
      ? []
      : [
          {
            prop: `numa[${index}].distances`,
            message: `has ${distances.length} distances, and there are ${nodes.length} nodes`,
            fix: "give the distance to each node in order, itself included",
          },
        ],
  );
  const sizes = nodes.map(({ memory: size }) => size.toKiB());
  const whole = all?.toKiB();
  if (whole === undefined || isLate(whole) || sizes.some(isLate)) return issues;
  const sum = (sizes as number[]).reduce((total, size) => total + size, 0);
  if (sum === whole || nodes.length === 0) return issues;
  return [
    ...issues,
    {
      prop: "numa",
      message: `has nodes of ${sum / 1024} MiB together, and the guest has ${whole / 1024} MiB`,
      fix: "make memory the sum of the nodes: libvirt takes that of the nodes",
    },
  ];
}
