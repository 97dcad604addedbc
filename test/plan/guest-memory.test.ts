import { examplePlan } from "../../lib/plan/example";
import { isLate } from "../../lib/plan/late";

const GIB = 2 ** 20;
const guestOf = (changes: Record<string, unknown>) => examplePlan((plan) => plan.kvm(changes)).guests[0]!;
const cells = (...gib: unknown[]) => ({
  numa: { cell: gib.map((memory, id) => ({ id, cpus: String(id), memory, unit: "GiB" })) },
});

describe("the memory of a guest", () => {
  it("is what the domain says", () => {
    expect(guestOf({ memory: 512, memory_unit: "MiB" }).memoryKiB).toBe(512 * 1024);
    expect(guestOf({ memory: 4096, memory_unit: null }).memoryKiB).toBe(4096);
    expect(guestOf({ memory: null }).memoryKiB).toBeUndefined();
  });

  it("is the sum of the NUMA cells and memory devices where there are cells", () => {
    expect(guestOf({ memory: 1, cpu: cells(2, 3) }).memoryKiB).toBe(5 * GIB);
    const devices = { memorydevs: [{ model: "dimm", target: { size: 512, size_unit: "MiB" } }] };
    expect(guestOf({ cpu: cells(2), devices }).memoryKiB).toBe(2.5 * GIB);
    expect(guestOf({ memory: 1, devices }).memoryKiB).toBe(GIB);
  });

  it("is late or unknown when a part of it is", () => {
    expect(isLate(guestOf({ cpu: cells(2, "${var.cell}") }).memoryKiB)).toBe(true);
    expect(isLate(guestOf({ cpu: { numa: "${var.numa}" } }).memoryKiB)).toBe(true);
    expect(guestOf({ cpu: { numa: { cell: [{ memory: 1, unit: "bushel" }] } } }).memoryKiB).toBeUndefined();
  });
});

describe("the current memory of a guest", () => {
  it("is all of its memory unless the balloon takes some", () => {
    expect(guestOf({ memory: 2 }).currentMemoryKiB).toBe(2 * GIB);
    expect(guestOf({ memory: 2, current_memory: 0 }).currentMemoryKiB).toBe(2 * GIB);
    expect(guestOf({ memory: 2, current_memory: 1, current_memory_unit: "GiB" }).currentMemoryKiB).toBe(GIB);
  });

  it("never exceeds its memory", () => {
    expect(guestOf({ memory: 2, current_memory: 3, current_memory_unit: "GiB" }).currentMemoryKiB).toBe(
      2 * GIB,
    );
    expect(guestOf({ memory: "${var.m}", current_memory: 3 }).currentMemoryKiB).toBe(3);
    expect(isLate(guestOf({ current_memory: "${var.m}" }).currentMemoryKiB)).toBe(true);
  });
});
