import type { Options } from "./options";

/** The three kinds of guest. */
export type XlType = "pv" | "pvh" | "hvm";

/** `type`, or `builder` of old files; PV where neither says, as on x86. */
export function typeOf(options: Options): XlType {
  const type = options.choice("type", ["pv", "pvh", "hvm"]);
  const builder = options.text("builder");
  if (builder === undefined) return type ?? "pv";
  const isHvm = builder === "hvm";
  if (!isHvm && builder !== "generic" && builder !== "linux") {
    throw options.wrong("builder", `is ${JSON.stringify(builder)}: expected hvm or generic`);
  }
  if (type !== undefined && (type === "hvm") !== isHvm) {
    throw options.wrong("builder", `is ${builder}, which contradicts type = ${type}: leave builder out`);
  }
  options.note("builder", `is deprecated since Xen 4.10: write type = "${type ?? (isHvm ? "hvm" : "pv")}"`);
  return type ?? (isHvm ? "hvm" : "pv");
}
