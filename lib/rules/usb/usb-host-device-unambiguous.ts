import type { NodeDevice } from "../../host-facts/facts";
import type { PlanGuest } from "../../plan/guest";
import { containsLate, isLate, known, type Planned } from "../../plan/late";
import type { DomainDevicesHostdevsSubsysUsbSource } from "../../provider/domain";
import {
  defineRule,
  fail,
  having,
  needsFacts,
  notApplicable,
  type Outcome,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";

/** What a vendor id and a product id name is a model, of which a host can have several or none. */
export const usbHostDeviceUnambiguous = defineRule({
  code: "VIRT-USB-004",
  slug: "usb-host-device-unambiguous",
  severity: "error",
  stage: "start",
  title: "A USB device of the host is named by both ids or by its place, and is there once",
  why: "Vendor and product name a model. libvirt refuses to start a guest whose host has several devices of that model, unless bus and device tell which, and one whose host has none, unless startUpPolicy lets it be absent. One of the two ids alone is refused at once, as is an id that is no number.",
  fix: "Give vendor and product as lsusb shows them with 0x before, and address with bus and device where there are several.",
  sources: [
    "libvirt virhostdev.c virHostdevFindUSBDevice (Multiple USB devices for … were found, please use address to specify one); domain_conf.c virDomainHostdevSubsysUSBDefParseXML",
    "tried: libvirt 9.0.0, define of vendor alone: missing product; of product alone: missing vendor; of 0x0: Zero is not permitted; of zz and 1d6b: Expected non-negative integer value. The host that was tried has no USB, so that what happens at start comes from the sources",
  ],
  needs: ["guest", "host facts"],
  on: having(qemuGuests, "devices.hostdevs"),
  *check(guest): Iterable<Outcome> {
    let any = false;
    for (const [index, { subsysUsb }] of (guest.domain.devices?.hostdevs ?? []).entries()) {
      if (subsysUsb === undefined) continue;
      any = true;
      const at = `devices.hostdevs[${index}].subsysUsb.source`;
      if (containsLate(subsysUsb)) yield undetermined("a USB device is known only at apply");
      else yield checkSource(guest, subsysUsb.source, at);
    }
    if (!any) yield notApplicable;
  },
  examples: {
    bad: (plan) =>
      plan.kvmHost("kvm1", TWO_OF_A_KIND).kvm({ devices: { hostdevs: [{ subsys_usb: { source: MODEL } }] } }),
    good: (plan) =>
      plan.kvmHost("kvm1", TWO_OF_A_KIND).kvm({
        devices: { hostdevs: [{ subsys_usb: { source: { ...MODEL, address: { bus: 1, device: 3 } } } }] },
      }),
  },
});

const MODEL = { vendor: { id: "0x0403" }, product: { id: "0x6001" } };
const TWO_OF_A_KIND = { facts: { nodeDevices: [usb("usb_1_2", 2), usb("usb_1_3", 3)] } };

function usb(name: string, device: number): NodeDevice {
  return { name, kind: "usb", vendorId: "0x0403", productId: "0x6001", usbAddress: { bus: 1, device } };
}

type Source = Planned<DomainDevicesHostdevsSubsysUsbSource>;

function checkSource({ host, label }: PlanGuest, source: Source | undefined, at: string): Outcome {
  const [vendor, product] = [source?.vendor?.id, source?.product?.id];
  for (const [what, other, id] of [
    ["vendor", "product", vendor],
    ["product", "vendor", product],
  ] as const) {
    if (id === undefined) continue;
    // As C reads a number: hexadecimal only with 0x before, octal with a 0.
    if (!/^(?:0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)$/.test(id) || Number(id) === 0) {
      return fail({
        at: `${at}.${what}.id`,
        message: `The ${what} id of a USB device of "${label}" is "${id}", which libvirt does not take.`,
        fix: `write it as lsusb shows it, with 0x before, such as "0x${/^[0-9a-fA-F]{4}$/.test(id) && Number.parseInt(id, 16) ? id : "046d"}"`,
      });
    }
    if (source?.[other]?.id === undefined) {
      return fail({
        at: `${at}.${other}`,
        message: `"${label}" names a USB device by its ${what} (${id}) alone.`,
        fix: `give ${other} as well`,
      });
    }
  }
  if (vendor === undefined || product === undefined) return pass;
  if (/^0\d/.test(vendor) || /^0\d/.test(product)) return undetermined("a USB id is written in octal");
  const devices = host.facts?.data.nodeDevices;
  if (devices === undefined) return needsFacts(host);
  const matching = devices.filter(
    ({ kind, vendorId, productId }) =>
      kind === "usb" && Number(vendorId) === Number(vendor) && Number(productId) === Number(product),
  );
  const { bus, device } = (source?.address ?? {}) as { bus?: number; device?: number };
  const there = bus
    ? matching.filter(({ usbAddress }) => usbAddress?.bus === bus && usbAddress.device === device)
    : matching;
  const model = `${vendor}:${product}`;
  if (there.length === 1) return pass;
  if (there.length > 1) {
    const places = there.flatMap(({ usbAddress }) =>
      usbAddress ? [`bus ${usbAddress.bus} device ${usbAddress.device}`] : [],
    );
    return fail({
      at,
      message: `"${label}" is given USB device ${model}, of which "${host.label}" has ${there.length}${places.length > 0 ? `: ${places.join(", ")}` : ""}.`,
      fix: "tell which with address.bus and address.device",
    });
  }
  const policy = known(source?.startUpPolicy);
  // It is looked for by its ids where its place is another: that is allowed by requisite, too.
  if (policy === "optional" || policy === "requisite" || isLate(source?.startUpPolicy)) return pass;
  return fail({
    at,
    message: `"${label}" is given USB device ${model}${bus ? ` on bus ${bus} as device ${device}` : ""}, which "${host.label}" does not have${bus && matching.length > 0 ? " there" : ""}.`,
    fix: `plug it in and capture the facts of ${host.label} again, or set startUpPolicy to "optional"`,
  });
}
