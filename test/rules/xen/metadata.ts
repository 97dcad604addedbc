import type { Example } from "../../../lib/rule";

/** A Xen domain that nobody described but its own metadata, as one that was imported. */
export function fromMetadata(libosinfoId: string | undefined, attributes: Record<string, unknown>): Example {
  const metadata = {
    xml: `<libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0"><libosinfo:os id="${libosinfoId}"/></libosinfo:libosinfo>`,
  };
  return (t) =>
    t.xenHost().resource("libvirt_domain", "imported", {
      name: "imported",
      type: "xen",
      ...(libosinfoId === undefined ? {} : { metadata }),
      ...attributes,
    });
}
