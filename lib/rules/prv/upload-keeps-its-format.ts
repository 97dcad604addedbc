import { isLate } from "../../plan/late";
import { defineRule, pass, undetermined } from "../../rule";
import { volumes } from "../sto/volumes";
import { MEASURED, readBack, WHY } from "./read-back";

/** What libvirt finds in an image, by the ending of its name; an ISO is given back as iso. */
const FORMATS: Readonly<Record<string, string>> = { iso: "iso", qcow2: "qcow2", vmdk: "vmdk", vdi: "vdi" };

/** After an upload libvirt looks into the image and tells what it is. */
export const uploadKeepsItsFormat = defineRule({
  code: "VIRT-PRV-014",
  slug: "upload-keeps-its-format",
  severity: "error",
  stage: "apply",
  title: "An uploaded volume must have the format that its content has",
  why: WHY,
  fix: "State the format of the image, and none for an ISO.",
  sources: [
    `${MEASURED}: a volume of format raw made from an ISO comes back as iso, made from a qcow2 image as qcow2; without target both are clean`,
  ],
  needs: ["guest"],
  on: volumes,
  *check(volume) {
    const { config } = volume;
    const [url, format] = [config.create?.content?.url, config.target?.format?.type];
    if (url === undefined || format === undefined) return;
    if (isLate(url) || isLate(format)) {
      return yield undetermined("the format of an upload is known only at apply");
    }
    const content = FORMATS[/\.(\w+)$/.exec(url)?.[1]?.toLowerCase() ?? ""];
    if (content === undefined || content === format) return yield pass;
    const fix = content === "iso" ? "remove target.format" : `set target.format.type to "${content}"`;
    yield readBack(volume, "target.format.type", format, `as "${content}", which ${nameOf(url)} is`, fix);
  },
  examples: {
    bad: (plan) => plan.volume("seed", uploaded("https://example.net/debian-12.iso", "raw")),
    good: (plan) => plan.volume("seed", uploaded("https://example.net/debian-12.iso")),
  },
});

/** The file at the end of a URL, which holds no credentials. */
function nameOf(url: string): string {
  return url.split("/").at(-1)!;
}

function uploaded(url: string, type?: string): Record<string, unknown> {
  return {
    capacity: null,
    target: type === undefined ? null : { format: { type } },
    create: { content: { url } },
  };
}
