import fc from "fast-check";
import { list, mostly, object, type Part, SWITCH, toggle, yesNo } from "./pieces";

/** The machine that the rest is built on; a guest that is refused for it alone says nothing of the rest. */
export const machine: fc.Arbitrary<Part> = fc
  .oneof(
    { weight: 30, arbitrary: fc.constantFrom("q35", "pc", "pc-q35-7.2", "pc-i440fx-7.2", "pc-q35-6.0") },
    { weight: 2, arbitrary: fc.constantFrom("isapc", "microvm", "none", "pc-q35-99.0", "virt") },
  )
  .map((type_machine) => ({ os: { type: "hvm", type_arch: "x86_64", type_machine } }));

const CODE = "/usr/share/OVMF/OVMF_CODE_4M.fd";
const VARS = "/usr/share/OVMF/OVMF_VARS_4M.fd";

export const firmware: fc.Arbitrary<Part> = fc
  .oneof(
    object(
      { firmware: mostly(["efi", "bios"], ["uefi", ""]) },
      {
        loader_secure: yesNo,
        loader_stateless: yesNo,
        loader_readonly: yesNo,
        loader_type: mostly(["pflash", "rom"], ["flash"]),
        nv_ram: mostly([{ nv_ram: "/var/tmp/vars.fd" }], [{ nv_ram: "/var/tmp/vars.fd", template: VARS }]),
        firmware_info: object({
          features: list(
            object({
              name: mostly(["secure-boot", "enrolled-keys"], ["sev"]),
              enabled: mostly(["yes", "no"], ["maybe"]),
            }),
            3,
          ),
        }),
      },
    ),
    object(
      { loader: mostly([CODE, "/usr/share/seabios/bios.bin"], ["OVMF.fd"]) },
      {
        loader_type: mostly(["pflash", "rom"], ["flash"]),
        loader_readonly: yesNo,
        loader_secure: yesNo,
        loader_stateless: yesNo,
        loader_format: mostly(["raw"], ["qcow2"]),
        nv_ram: mostly(
          [{ nv_ram: "/var/tmp/vars.fd" }, { nv_ram: "/var/tmp/vars.fd", template: VARS }],
          [{ nv_ram: "", template: VARS }, { nv_ram: "vars.fd" }],
        ),
      },
    ),
    object(
      {},
      { loader_type: mostly(["pflash", "rom"]), nv_ram: fc.constant({ nv_ram: "/var/tmp/vars.fd" }) },
    ),
  )
  .map((os) => ({ os }));

export const boot: fc.Arbitrary<Part> = object(
  {},
  {
    boot_devices: fc
      .uniqueArray(mostly(["hd", "cdrom", "network", "fd"], ["disk"]), { minLength: 1, maxLength: 4 })
      .map((devices) => devices.map((dev) => ({ dev }))),
    boot_menu: object(
      { enable: yesNo },
      { timeout: mostly(["3000", "0", "65535"], ["65536", "-1", "soon"]) },
    ),
    bios: object({}, { use_serial: yesNo, reboot_timeout: mostly([0, 5000, 65535, -1], [65536, -2]) }),
    sm_bios: object({ mode: mostly(["emulate", "host", "sysinfo"], ["none"]) }),
    kernel: mostly(["/boot/vmlinuz"], [""]),
    initrd: fc.constant("/boot/initrd.img"),
    cmdline: fc.constant("console=ttyS0"),
    dtb: fc.constant("/boot/board.dtb"),
    acpi: fc.constantFrom({ tables: [] }, {}),
    init: fc.constant("/sbin/init"),
  },
).map((os) => ({ os }));

const enlightenment = object({ state: toggle });
const state = (...usual: string[]) => object({ state: mostly(usual.length ? usual : SWITCH, ["yes"]) });

export const features: fc.Arbitrary<Part> = object(
  {},
  {
    acpi: fc.boolean(),
    pae: fc.boolean(),
    apic: object({}, { eoi: toggle }),
    pmu: state(),
    vm_port: state(),
    ps2: state(),
    smm: object(
      { state: toggle },
      { tseg: mostly([16, 48], [0, 3, -1]), tseg_unit: mostly(["MiB", "KiB"], ["nonsense"]) },
    ),
    ioapic: object({ driver: mostly(["kvm", "qemu"], ["xen"]) }),
    hap: state(),
    viridian: fc.boolean(),
    priv_net: fc.boolean(),
    pv_spinlock: state(),
    vm_core_info: state(),
    htm: state(),
    nested_hv: state(),
    ccf_assist: state(),
    ras: state(),
    async_teardown: object({ enabled: yesNo }),
    gic: object({}, { version: mostly(["2", "3", "host"], ["5"]) }),
    hpt: object({}, { resizing: mostly(["enabled", "required"], ["on"]), max_page_size: fc.constant("64") }),
    cfpc: object({ value: mostly(["broken", "fixed"], ["on"]) }),
    sbbc: object({ value: mostly(["broken", "fixed"], ["on"]) }),
    ibs: object({ value: mostly(["broken", "fixed-ibs"], ["on"]) }),
    msrs: object({ unknown: mostly(["ignore", "fault"], ["drop"]) }),
    tcg: object({}, { tb_cache: mostly([128, 512], [0]), tb_cache_unit: mostly(["MiB", "GiB"], ["pages"]) }),
    xen: object(
      {},
      {
        e820host: state(),
        passthrough: object({ state: toggle }, { mode: mostly(["sync_pt", "share_pt"], ["none"]) }),
      },
    ),
    kvm: object(
      {},
      {
        hidden: state(),
        hint_dedicated: state(),
        poll_control: state(),
        pvipi: state(),
        dirty_ring: object({ state: toggle }, { size: mostly([1024, 4096, 65536], [1000, 512, 131072]) }),
      },
    ),
    hyper_v: object(
      {},
      {
        mode: mostly(["custom", "passthrough"], ["all"]),
        relaxed: enlightenment,
        vapic: enlightenment,
        vp_index: enlightenment,
        synic: enlightenment,
        stimer: object({ state: toggle }, { direct: enlightenment }),
        spinlocks: object({ state: toggle }, { retries: mostly([4096, 8191], [4095, 0]) }),
        vendor_id: object(
          { state: toggle },
          { value: mostly(["KVMKVMKVM", "123456789012"], ["1234567890123", "a,b", ""]) },
        ),
        runtime: enlightenment,
        reset: enlightenment,
        frequencies: enlightenment,
        tlb_flush: enlightenment,
        ipi: enlightenment,
        evmcs: enlightenment,
        avic: enlightenment,
        re_enlightenment: enlightenment,
      },
    ),
    capabilities: object({ policy: mostly(["default", "allow", "deny"], ["none"]) }, { sys_time: state() }),
  },
).map((some) => ({ features: some }));

const timer = object(
  {
    name: mostly(
      ["rtc", "pit", "hpet", "tsc", "kvmclock", "hypervclock"],
      ["platform", "armvtimer", "clock"],
    ),
  },
  {
    present: yesNo,
    tick_policy: mostly(["delay", "catchup", "merge", "discard"], ["drop"]),
    track: mostly(["guest", "wall", "boot"], ["host"]),
    frequency: mostly([3_000_000_000], [0]),
    mode: mostly(["auto", "native", "emulate", "paravirt", "smpsafe"], ["fast"]),
    catch_up: object({}, { threshold: fc.constant(123), slew: fc.constant(120), limit: fc.constant(10_000) }),
  },
);

export const clock: fc.Arbitrary<Part> = fc
  .oneof(
    object(
      { offset: mostly(["utc", "localtime"], ["gmt", ""]) },
      { adjustment: mostly(["reset", "3600", "-5"], ["soon"]) },
    ),
    object({ offset: fc.constant("timezone") }, { time_zone: mostly(["Europe/Berlin"], [""]) }),
    object(
      { offset: fc.constant("variable") },
      { adjustment: mostly(["3600"], ["reset", "x"]), basis: mostly(["utc", "localtime"], ["gmt"]) },
    ),
    object({ offset: fc.constant("absolute") }, { start: mostly([0, 1_700_000_000], [-1]) }),
    object({}),
  )
  .chain((base) =>
    fc.option(fc.array(timer, { maxLength: 3 }), { nil: undefined }).map((timers) => ({
      clock: { ...base, ...(timers && { timer: timers }) },
    })),
  );

export const lifecycle: fc.Arbitrary<Part> = object(
  {},
  {
    on_poweroff: mostly(["destroy", "restart", "preserve", "rename-restart"], ["coredump-destroy", "stop"]),
    on_reboot: mostly(["destroy", "restart", "preserve", "rename-restart"], ["coredump-restart", "reset"]),
    on_crash: mostly(
      ["destroy", "restart", "preserve", "rename-restart", "coredump-destroy", "coredump-restart"],
      ["ignore"],
    ),
    pm: object(
      {},
      { suspend_to_mem: object({ enabled: yesNo }), suspend_to_disk: object({ enabled: yesNo }) },
    ),
    gen_id: mostly(["43dc0cf8-809b-4adb-9bea-a9abb5f3d90e", ""], ["not-a-uuid"]),
    title: mostly(["A guest"], ["two\nlines", "x".repeat(300)]),
    description: fc.constant("For\nall"),
    perf: object({
      events: list(object({ name: mostly(["cmt", "cpu_cycles"], ["mood"]), enabled: yesNo }), 3),
    }),
    sys_info: list(
      object(
        {},
        {
          smbios: object(
            {},
            {
              bios: object({
                entry: list(
                  object({
                    name: mostly(["vendor", "version", "date"], ["colour"]),
                    value: mostly(["LENOVO", "02/02/2020"], ["", "2020-02-02"]),
                  }),
                ),
              }),
              system: object({
                entry: list(
                  object({
                    name: mostly(["manufacturer", "serial", "uuid"], ["size"]),
                    value: mostly(["QEMU", "1"], [""]),
                  }),
                ),
              }),
              oem_strings: object({ entry: list(mostly(["myappname:some data"], [""])) }),
            },
          ),
          fw_cfg: object({
            entry: list(
              object(
                {
                  name: mostly(
                    ["opt/com.example/name", "opt/org.test"],
                    ["etc/name", "opt/ovmf/x", "opt/org.qemu/x", ""],
                  ),
                  value: mostly(["data"], [""]),
                },
                { file: fc.constant("/etc/hosts") },
              ),
            ),
          }),
        },
      ),
    ),
    resource: object(
      {},
      {
        partition: mostly(["/virtualmachines"], ["machines"]),
        fibre_channel: object({ app_id: mostly(["userProvidedID"], ["", "x".repeat(129)]) }),
      },
    ),
    key_wrap: object({ ciphers: list(object({ name: mostly(["aes", "dea"], ["des"]), state: toggle })) }),
    bootloader: fc.constant("/usr/bin/pygrub"),
    launch_security: fc.constantFrom<unknown>(
      { sev: { policy: 1, cbit_pos: 47, reduced_phys_bits: 1, dh_cert: "A", session: "B" } },
      { sev: { cbit_pos: 47, dh_cert: "", session: "" } },
      { s390pv: true },
    ),
    sec_label: list(
      object(
        {},
        {
          type: mostly(["dynamic", "static", "none"], ["free"]),
          model: mostly(["dac", "selinux"], ["tomoyo"]),
          relabel: yesNo,
          label: mostly(["+0:+0"], [""]),
          base_label: fc.constant("+0:+0"),
        },
      ),
    ),
    qemu_commandline: object(
      { args: list(object({ value: mostly(["-s"], [""]) })) },
      { envs: list(object({ name: mostly(["A", "A_B"], ["", "1A", "A-B"]), value: fc.constant("b") })) },
    ),
    qemu_override: object({
      devices: list(
        object({
          alias: fc.constant("ua-disk"),
          frontend: object({
            properties: list(
              object({
                name: mostly(["a"], [""]),
                type: mostly(["string", "signed", "unsigned", "bool", "remove"], ["float"]),
                value: mostly(["1", "true"], ["x"]),
              }),
            ),
          }),
        }),
      ),
    }),
  },
);
