/**
 * How libvirt or Xen's toolstack refuses what a rule predicts to be refused: the words tell this refusal from any
 * other. Measured with Xen 4.17 and libvirt 9.0.0.
 */
export const REFUSALS: Readonly<Record<string, RegExp>> = {
  "VIRT-CAP-002": /can't allocate low memory|Out of memory|not enough free memory|failed to free memory/i,
  "VIRT-HYP-002": /could not find capabilities for/,
  "VIRT-HYP-008": /could not find capabilities for/,
  "VIRT-XEN-001": /could not find capabilities for/,
  "VIRT-XEN-004": /could not find capabilities for/,
  "VIRT-XEN-007": /PVH|passthrough/i,
  "VIRT-XEN-008": /domain creation fail: Invalid argument/,
  "VIRT-XEN-011": /could not find capabilities for/,
  "VIRT-XEN-012": /PV vNUMA is not yet supported/,
  "VIRT-XEN-014": /IOMMU|populate-on-demand|passthrough|not found|host device/i,
  "VIRT-XEN-015": /IOMMU|passthrough|not found|host device/i,
  "VIRT-XEN-017": /Secure boot is not supported on Xen/,
  "VIRT-XEN-019": /^crash$|Kernel image|no kernel|PVH/i,
  "VIRT-XEN-022": /Invalid or unsupported virtual disk identifier/,
  "VIRT-XEN-023": /only model 'netfront' is supported|device model: spawn failed|Device Model already exited/,
  "VIRT-XEN-024": /unsupported interface type/,
  "VIRT-XEN-025": /no suitable backend for disk|disk format|does not support/i,
  "VIRT-XEN-028": /disk|device model/i,
  "VIRT-XEN-029": /balloon device/,
  "VIRT-XEN-032": /video type \w+ is not supported by libxl|videoram must be at least/,
  "VIRT-XEN-033": /unsupported usb model/,
  "VIRT-XEN-034": /unsupported timer type/,
  "VIRT-XEN-037": /input bus|unsupported input/i,
  "VIRT-XEN-045": /channel target type not supported/,
  "VIRT-XEN-048": /read-only IDE disk|device model/i,
  "VIRT-XEN-049": /^crash$/,
  "VIRT-XEN-050": /Out of memory|padding too large/i,
  "VIRT-XEN-060": /QMP|device model/i,
};
