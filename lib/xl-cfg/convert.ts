import type { DomainConfig } from "../provider/domain";
import { behaviourOf } from "./behaviour";
import { commandLineOf, devicesOf } from "./devices";
import { Options, type XlLost, type XlNote } from "./options";
import { parseXl } from "./parse";
import { resourcesOf } from "./resources";
import type { XlFile } from "./syntax";
import { systemOf } from "./system";
import { typeOf } from "./type";
import { asksForNothing, whyLost } from "./unknown";

/** A guest of an xl configuration, in the provider's vocabulary. */
export interface XlDomain {
  readonly config: DomainConfig;
  /** Settings that the configuration cannot hold, or that libvirt's Xen driver would drop. */
  readonly lost: readonly XlLost[];
  /** Old spellings, and what was taken for a default. */
  readonly notes: readonly XlNote[];
}

/**
 * Reads an xl.cfg file as the domain that libvirt would have to be given for the same guest.
 *
 * Where xl has a default that libvirt has not (ACPI, APIC, VNC on 127.0.0.1, the bridge xenbr0), it is written out.
 *
 * @throws XlCfgError when the text is no xl configuration, or holds what xl refuses.
 */
export function readXlDomain(text: string): XlDomain {
  return convertXl(parseXl(text));
}

/** The same of settings that are read already. @throws XlCfgError */
export function convertXl(file: XlFile): XlDomain {
  const options = new Options(file);
  const name = options.text("name");
  if (name === undefined) throw options.wrong("name", "is not given: a guest needs one");
  const type = typeOf(options);
  const devices = devicesOf(options, type);
  const hasPciDevices = (devices.hostdevs as readonly object[] | undefined)?.some(
    (device) => "subsysPci" in device,
  );
  const config: DomainConfig = {
    name,
    type: "xen",
    ...resourcesOf(options, type),
    ...systemOf(options, type),
    ...behaviourOf(options, type, hasPciDevices ?? false),
    ...(Object.keys(devices).length > 0 && { devices }),
    ...commandLineOf(options, type),
  };
  options.loseRest((option) => whyLost(option, type), asksForNothing);
  const { lost, notes } = options;
  return { config, lost, notes };
}
