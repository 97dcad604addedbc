/** The memory of a video card in KiB, by the provider's attributes. */
export interface VideoMemory {
  readonly ram?: number;
  readonly vram?: number;
  readonly vgaMem?: number;
}

/** What libvirt's QEMU driver gives a card that says nothing, by model. */
export const QEMU_VIDEO_MEMORY: ReadonlyMap<string, VideoMemory> = new Map([
  ["vga", { vram: 16384 }],
  ["cirrus", { vram: 16384 }],
  ["vmvga", { vram: 16384 }],
  ["bochs", { vram: 16384 }],
  ["qxl", { ram: 65536, vram: 65536, vgaMem: 16384 }],
]);

/** The same of libvirt's Xen driver. */
export const XEN_VIDEO_MEMORY: ReadonlyMap<string, VideoMemory> = new Map([
  ["vga", { vram: 16384 }],
  ["cirrus", { vram: 8192 }],
  ["qxl", { vram: 131072 }],
]);
