import type { XlType } from "./type";

/** Options whose loss says something of its own; what is at its default is none. */
const WHY: Readonly<Record<string, string>> = {
  uuid: "the provider lets no configuration set the UUID: libvirt gives the domain a new one",
  cap: "libvirt's Xen driver hands on the weight alone: set it with virsh schedinfo, or xl sched-credit2 -c",
  period: "libvirt's Xen driver drops it: RTDS is set with xl sched-rtds in dom0",
  budget: "libvirt's Xen driver drops it: RTDS is set with xl sched-rtds in dom0",
  pool: "libvirt knows no CPU pools: move the guest with xl cpupool-migrate",
  cpus_soft: "libvirt knows hard affinity alone",
  viridian: "libvirt's Xen driver drops it",
  device_model_stubdomain_override: "libvirt's Xen driver starts no stub domains",
  driver_domain:
    "libvirt's Xen driver cannot mark a guest as a driver domain; disks and interfaces can name one as their backend",
  device_model: "xl ignores it, as device_model_override took its place",
  device_model_version: "libvirt's Xen driver asks the emulator itself",
  memory_dynamic_max: "xl does not know it, and ignores it",
  vif2: "xl ignores it",
};

/** Values that ask for nothing: what Xen does anyway, and what libvirt cannot change. */
const DEFAULTS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    [
      ..."viridian altp2m altp2mhvm nestedhvm oos gfx_passthru nomigrate dm_restrict driver_domain opengl sdl".split(
        " ",
      ),
      ..."device_model_stubdomain_override shadow_memory cap pvshim spiceusbredirection vpmu xen_extended_power_mgmt".split(
        " ",
      ),
      ..."acpi_laptop_slate msr_relaxed xend_suspend_evtchn_compat vmtrace_buf_kb usb e820_host".split(" "),
    ].map((name) => [name, ["0"]]),
  ),
  ...Object.fromEntries(
    "acpi_s3 acpi_s4 nx xen_platform_pci vpt_align claim_mode vkb_device"
      .split(" ")
      .map((name) => [name, ["1"]]),
  ),
  device_model_version: ["qemu-xen"],
  ms_vm_genid: ["none"],
  hdtype: ["ide"],
  vendor_device: ["none"],
  pool: ["Pool-0"],
};

/** Whether a value of an option that no converter took asks for nothing. */
export function asksForNothing(option: string, value: string): boolean {
  return value === "" || (DEFAULTS[option]?.includes(value) ?? false);
}

/** Everything that xl 4.17 reads, beside what is converted. */
const KNOWN = new Set(
  (
    "acpi_laptop_slate acpi_s3 acpi_s4 altp2m altp2mhvm bios_path_override claim_mode device_model_args_hvm " +
    "device_model_args_pv device_model_stubdomain_seclabel device_model_user device_tree dm_restrict dtdev e820_host " +
    "extratime firmware_override gfx_passthru gic_version hdtype init_seclabel iomem ioports irqs latency " +
    "llc_colors max_grant_version max_maptrack_frames mca_caps mmio_hole ms_vm_genid msr_relaxed nestedhvm nomigrate " +
    "nx oos opengl p9 pae pvcalls pvshim pvshim_cmdline pvshim_extra pvshim_path rdm rdm_mem_boundary shadow_memory " +
    "slice smbios_firmware spice_image_compression spice_streaming_video spiceusbredirection stubdomain_cmdline " +
    "stubdomain_kernel stubdomain_memory stubdomain_ramdisk tee timer_mode trap_unmapped_accesses usbversion vcpus " +
    "vdispl vendor_device virtio vkb vkb_device vmtrace_buf_kb vpmu vpt_align vsnd vtpm vuart xen_platform_pci " +
    "xend_suspend_evtchn_compat"
  ).split(" "),
);

const ONLY_HVM = new Set(
  (
    "acpi apic pae hpet boot bios vga stdvga videoram nographic serial parallel usb usbdevice soundhw spice spiceport " +
    "spicehost spicetls_port spicepasswd spicedisable_ticketing spiceagent_mouse spicevdagent " +
    "spice_clipboard_sharing acpi_firmware sdl vnc vnclisten vncdisplay vncunused vncpasswd keymap"
  ).split(" "),
);

/** Why an option that no converter took says nothing to libvirt. */
export function whyLost(option: string, type: XlType): string {
  if (type !== "hvm" && ONLY_HVM.has(option)) return `it says nothing of a ${type.toUpperCase()} guest`;
  return (
    WHY[option] ?? (KNOWN.has(option) ? "libvirt has no word for it" : "xl does not know it, and ignores it")
  );
}
