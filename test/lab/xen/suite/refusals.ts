/**
 * How libvirt, Xen's toolstack or the device model refuses what a rule predicts to be refused: the words name the
 * reason that the rule stands for, and so tell this refusal from any other. Measured with Xen 4.17 and libvirt 9.0.0.
 */
export const REFUSALS: Readonly<Record<string, RegExp>> = {
  "VIRT-CAP-002": /failed to allocate 0x|can't allocate low memory|not enough free memory/,
  "VIRT-HYP-002": /could not find capabilities for (?:ostype=\w+ )?arch=/,
  "VIRT-HYP-008": /could not find capabilities for (?:ostype=\w+ )?arch=/,
  "VIRT-XEN-001": /could not find capabilities for (?:ostype=xenpvh )?arch=\w+ domaintype=xen/,
  "VIRT-XEN-004": /could not find capabilities for ostype=xen arch=i686 domaintype=xen/,
  "VIRT-XEN-007": /passthrough not yet supported for x86 PVH guests/,
  "VIRT-XEN-008": /domain creation fail: Invalid argument/,
  "VIRT-XEN-011": /could not find capabilities for arch=aarch64 domaintype=xen/,
  "VIRT-XEN-012": /PV vNUMA is not yet supported/,
  "VIRT-XEN-014": /not supported together with PoD|Cannot enable PoD and vNUMA/,
  "VIRT-XEN-015": /passthrough not supported on this platform|IOMMU/,
  "VIRT-XEN-017": /Secure boot is not supported on Xen/,
  "VIRT-XEN-019": /^crash$/,
  "VIRT-XEN-022": /Invalid or unsupported virtual disk identifier/,
  "VIRT-XEN-023": /only model 'netfront' is supported|model.*virtio|virtio.*(?:not supported|not a valid)/i,
  "VIRT-XEN-024": /unsupported interface type/,
  "VIRT-XEN-025":
    /no suitable backend for disk|unsupported (?:image|disk) (?:format|driver)|does not support disk (?:format|driver)/,
  "VIRT-XEN-028": /Invalid or unsupported virtual disk identifier/,
  "VIRT-XEN-029": /balloon device/,
  "VIRT-XEN-032": /video type \w+ is not supported by libxl|videoram must be at least/,
  "VIRT-XEN-033": /unsupported usb model|number of ports/i,
  "VIRT-XEN-034": /unsupported timer type/,
  "VIRT-XEN-037": /unsupported input bus|bus does not support|Unknown input device type/i,
  "VIRT-XEN-045": /channel target type not supported/,
  "VIRT-XEN-048": /read-only IDE disk/,
  "VIRT-XEN-049": /^crash$/,
  "VIRT-XEN-050": /padding too large/,
  "VIRT-XEN-059": /failed to read BIOS file/,
  "VIRT-XEN-060": /does not support DES/,
  "VIRT-XEN-063": /passthrough disabled but devices are specified|passthrough="share_pt"/,
  "VIRT-XEN-061": /does not support transient disks/,
};
