import fc from "fast-check";
import { list, mostly, object, type Part, together, yesNo } from "./pieces";

const feature = object({
  policy: mostly(["require", "force", "optional", "disable", "forbid"], ["allow"]),
  name: mostly(["vmx", "pdpe1gb", "invtsc", "x2apic", "pcid"], ["warp", ""]),
});

export const model: fc.Arbitrary<Part> = object(
  { mode: mostly(["custom", "host-model", "maximum", "host-passthrough"], ["native"]) },
  {
    model: mostly(["qemu64", "kvm64", "Nehalem", "EPYC", "core2duo"], ["Zen9", "", "athlon64"]),
    model_fallback: mostly(["allow", "forbid"], ["maybe"]),
    model_vendor_id: mostly(["GenuineIntel", "123456789012"], ["short", "with,comma12"]),
    vendor: mostly(["Intel", "AMD"], ["Motorola"]),
    match: mostly(["exact", "minimum", "strict"], ["loose"]),
    check: mostly(["none", "partial", "full"], ["some"]),
    migratable: fc.boolean(),
    features: list(feature, 3),
    cache: fc.oneof(
      object(
        { mode: mostly(["emulate", "passthrough", "disable"], ["off"]) },
        { level: mostly([3], [1, 2, 4]) },
      ),
    ),
    max_phys_addr: object(
      { mode: mostly(["emulate", "passthrough"], ["host"]) },
      { bits: mostly([40, 42], [0, 31, 65]), limit: mostly([39], [0]) },
    ),
  },
).map((cpu) => ({ cpu }));

const cpuset = mostly(["0", "0-1", "0-3,^2", "1", "0,1"], ["", "x", "3-1", "0-", "1024", "-1", "^0", "0-1,"]);
const period = mostly([100_000, 1000, 1_000_000], [999, 1_000_001, 0]);
const quota = mostly([-1, 1000, 50_000], [999, 0, -2, 18_446_744_073_709_552]);
const scheduler = mostly(["batch", "idle", "fifo", "rr"], ["deadline"]);
const priority = mostly([1, 50, 99], [0, 100]);

export const vcpus: fc.Arbitrary<Part> = together(
  object({ vcpu: mostly([1, 2, 4, 8, 6, 16], [0, 240, 255, 256, 300, 1000]) }),
  fc.oneof(
    object(
      {},
      {
        vcpu_current: mostly([1, 2], [0, 5, 9]),
        vcpu_cpuset: cpuset,
        vcpu_placement: mostly(["static", "auto"], ["dynamic"]),
        cpu: object(
          {},
          {
            mode: mostly(["custom", "maximum"]),
            topology: object(
              {
                sockets: mostly([1, 2], [0, 3]),
                cores: mostly([1, 2, 4], [0, 5]),
                threads: mostly([1, 2], [0]),
              },
              { dies: mostly([1], [0, 2]), clusters: mostly([1], [2]) },
            ),
          },
        ),
      },
    ),
    object({
      vcpus: object({
        vcpu: fc.array(
          object(
            { id: mostly([0, 1, 2, 3], [4, 17]), enabled: yesNo },
            { hotpluggable: yesNo, order: mostly([1, 2, 3], [0, 9]) },
          ),
          { minLength: 1, maxLength: 4 },
        ),
      }),
    }),
  ),
);

export const tuning: fc.Arbitrary<Part> = object(
  { vcpu: fc.constantFrom(2, 4) },
  {
    cpu_tune: object(
      {},
      {
        shares: mostly([1024, 2, 262_144], [0, 1, 300_000]),
        period,
        quota,
        global_period: period,
        global_quota: quota,
        emulator_period: period,
        emulator_quota: quota,
        io_thread_period: period,
        io_thread_quota: quota,
        vcpu_pin: fc.array(object({ vcpu: mostly([0, 1], [2, 9, -1]), cpu_set: cpuset }), {
          minLength: 1,
          maxLength: 3,
        }),
        emulator_pin: object({ cpu_set: cpuset }),
        io_thread_pin: list(object({ io_thread: mostly([1], [0, 2, 9]), cpu_set: cpuset })),
        vcpu_sched: list(
          object({ vcpus: mostly(["0", "0-1", "1"], ["5", "", "x"]), scheduler }, { priority }),
        ),
        io_thread_sched: list(object({ io_threads: mostly(["1"], ["2", "", "0"]), scheduler }, { priority })),
        emulator_sched: object({ scheduler }, { priority }),
        cache_tune: list(
          object({
            vcpus: mostly(["0", "1", "0-1"], ["5", "x"]),
            cache: list(
              object({
                id: fc.constant(0),
                level: mostly([3], [2, 1]),
                type: mostly(["both", "code", "data"], ["all"]),
                size: mostly([3], [0]),
                unit: mostly(["MiB", "KiB"], ["x"]),
              }),
            ),
          }),
        ),
        memory_tune: list(
          object({
            vcpus: mostly(["0", "1", "0-1"], ["5"]),
            nodes: list(object({ id: mostly([0, 1], []), bandwidth: mostly([20, 50], [0, 101]) })),
          }),
        ),
      },
    ),
    io_threads: mostly([1, 2, 4], [0, -1]),
    io_thread_i_ds: object({
      io_threads: fc.array(
        object(
          { id: mostly([1, 2, 3], [0]) },
          { pool_min: mostly([1, 8], [0, 64]), pool_max: mostly([8, 32], [0, 4]) },
        ),
        { minLength: 1, maxLength: 3 },
      ),
    }),
    default_io_thread: object({}, { pool_min: mostly([1, 8], [64]), pool_max: mostly([8, 32], [0]) }),
    memory_tune: object(
      {},
      {
        hard_limit: mostly([2, 8], [0]),
        hard_limit_unit: mostly(["GiB"], ["parsec"]),
        soft_limit: mostly([1], [16]),
        soft_limit_unit: fc.constant("GiB"),
        swap_hard_limit: mostly([4], [1]),
        swap_hard_limit_unit: fc.constant("GiB"),
        min_guarantee: fc.constant(1024),
      },
    ),
    block_io_tune: object(
      {},
      {
        weight: mostly([100, 500, 1000], [0, 1, 5000, 10_001]),
        device: list(
          object(
            { path: mostly(["/dev/vda", "/dev/sdb"], [""]) },
            {
              weight: mostly([200], [0, 99, 1001]),
              read_bytes_sec: fc.constant(10_000),
              write_iops_sec: fc.constant(20),
            },
          ),
        ),
      },
    ),
  },
);

export const memory: fc.Arbitrary<Part> = object(
  {},
  {
    memory: mostly([1, 2, 4], [0]),
    memory_unit: mostly(
      ["GiB", "MiB", "KiB", "G", "bytes", "b", "GB", "M"],
      ["gib", "GiBi", "pages", "g", ""],
    ),
    current_memory: mostly([1, 512], [0, 64]),
    current_memory_unit: mostly(["GiB", "MiB"], ["x"]),
    maximum_memory: mostly([16, 8], [1, 0]),
    maximum_memory_unit: fc.constant("GiB"),
    maximum_memory_slots: mostly([4, 16], [0, 300]),
    memory_dump_core: mostly(["on", "off"], ["yes"]),
    memory_backing: object(
      {},
      {
        memory_huge_pages: fc.oneof(
          fc.constant({}),
          object({
            hugepages: fc.array(
              object(
                { size: mostly([2, 1], [3, 0]), unit: mostly(["MiB", "GiB"], ["x", "KiB"]) },
                { nodeset: mostly(["0", "1", "0-1"], ["5", "x", ""]) },
              ),
              { minLength: 1, maxLength: 2 },
            ),
          }),
        ),
        memory_locked: fc.boolean(),
        memory_nosharepages: fc.boolean(),
        memory_discard: fc.boolean(),
        memory_source: object({ type: mostly(["file", "anonymous", "memfd"], ["disk"]) }),
        memory_access: object({ mode: mostly(["shared", "private"], ["public"]) }),
        memory_allocation: object(
          { mode: mostly(["immediate", "ondemand"], ["lazy"]) },
          { threads: mostly([2, 8], [0]) },
        ),
      },
    ),
  },
);

// Without distances: while it refuses some of them, libvirt 9.0.0 was seen to corrupt its memory and die.
const cell = (ids: readonly unknown[], cpus: readonly unknown[]) =>
  object(
    {
      id: mostly(ids, [7]),
      cpus: mostly(cpus, ["0-3", "9", "", "x"]),
      memory: mostly([1, 2], [0]),
      unit: mostly(["GiB"], ["x"]),
    },
    {
      mem_access: mostly(["shared", "private"], ["public"]),
      discard: yesNo,
    },
  );

export const numa: fc.Arbitrary<Part> = together(
  fc.constantFrom<Part>({ vcpu: 4 }, { vcpu: 2 }, { vcpu: 4, memory: 2 }),
  object(
    {
      cpu: fc.oneof(
        {
          weight: 8,
          arbitrary: fc
            .tuple(cell([0], ["0-1", "0"]), cell([1], ["2-3", "1"]))
            .map((cells) => ({ numa: { cell: cells } })),
        },
        { weight: 2, arbitrary: cell([0], ["0-3", "0-1"]).map((one) => ({ numa: { cell: [one] } })) },
        { weight: 1, arbitrary: fc.constant({}) },
      ),
    },
    {
      numa_tune: object(
        {},
        {
          memory: object(
            {},
            {
              mode: mostly(["strict", "preferred", "interleave", "restrictive"], ["loose"]),
              nodeset: mostly(["0"], ["7", "x", ""]),
              placement: mostly(["static", "auto"], ["dynamic"]),
            },
          ),
          mem_nodes: list(
            object({
              cell_id: mostly([0, 1], [4]),
              mode: mostly(["strict", "preferred", "interleave", "restrictive"], ["loose"]),
              nodeset: mostly(["0"], ["x", "", "7"]),
            }),
          ),
        },
      ),
      maximum_memory: fc.constant(16),
      maximum_memory_unit: fc.constant("GiB"),
      maximum_memory_slots: fc.constant(4),
      devices: object({ memorydevs: list(memoryDevice()) }),
      memory_backing: object(
        {},
        {
          memory_source: object({ type: mostly(["file", "memfd"]) }),
          memory_huge_pages: fc.constantFrom(
            {},
            { hugepages: [{ size: 2, unit: "MiB", nodeset: "0" }] },
            {
              hugepages: [
                { size: 2, unit: "MiB", nodeset: "1" },
                { size: 1, unit: "GiB", nodeset: "0" },
              ],
            },
          ),
        },
      ),
    },
  ),
);

function memoryDevice(): fc.Arbitrary<Part> {
  return object(
    {
      model: mostly(["dimm", "nvdimm", "virtio-mem", "virtio-pmem"], ["sgx-epc", "ram"]),
      target: object(
        { size: mostly([512, 1024], [0, 3]), size_unit: mostly(["MiB"], ["x"]) },
        {
          node: mostly([0, 1], [5]),
          block: mostly([2], [3]),
          block_unit: fc.constant("MiB"),
          requested: mostly([256], [2048]),
          requested_unit: fc.constant("MiB"),
          read_only: fc.boolean(),
          label: object({ size: mostly([128], [1]), size_unit: fc.constant("KiB") }),
        },
      ),
    },
    {
      access: mostly(["shared", "private"], ["public"]),
      discard: yesNo,
      uuid: mostly(["f76d3ba9-7a5f-4b0c-a7c7-1a6a0b4b5d2c"], ["x"]),
      source: object(
        {},
        {
          path: mostly(["/tmp/nvdimm"], [""]),
          page_size: mostly([2048], [3]),
          page_size_unit: fc.constant("KiB"),
          node_mask: mostly(["0"], ["x", "5"]),
          align_size: fc.constant(2048),
          align_size_unit: fc.constant("KiB"),
          pmem: fc.boolean(),
        },
      ),
    },
  );
}
