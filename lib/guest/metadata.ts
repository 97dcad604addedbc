import type { GuestOs } from "../guest-os";

/** The element by which virt-install and virt-manager note a guest's operating system; it survives a round trip. */
export function osMetadata(os: GuestOs | undefined): { readonly xml: string } | undefined {
  if (os?.libosinfoId === undefined) return undefined;
  const namespace = "http://libosinfo.org/xmlns/libvirt/domain/1.0";
  return {
    xml: `<libosinfo:libosinfo xmlns:libosinfo="${namespace}"><libosinfo:os id="${os.libosinfoId}"/></libosinfo:libosinfo>`,
  };
}
