import { XlCfgError, type XlText } from "./syntax";

/** A disk as xl-disk-configuration(5) describes it; absent is what the description leaves out. */
export interface DiskSpec {
  readonly target?: string;
  readonly format?: string;
  readonly vdev?: string;
  readonly access?: string;
  readonly cdrom: boolean;
  readonly backend?: string;
  readonly backendtype?: string;
  readonly script?: string;
  readonly discard?: boolean;
  /** Whatever else it says: `direct-io-safe`, `colo-port=…`. */
  readonly others: readonly string[];
  /** A prefix that xl takes from old files: `phy`, `file`. */
  readonly prefix?: string;
}

type Draft = { -readonly [K in keyof DiskSpec]: DiskSpec[K] };

const FORMATS = ["raw", "qcow", "qcow2", "vhd", "qed", "empty"];
const BACKENDS = ["phy", "tap", "qdisk", "standalone"];
const NAMED = ["format", "vdev", "access", "backend", "backendtype", "script"] as const;
const OTHERS = [
  "direct-io-safe",
  "trusted",
  "untrusted",
  "colo",
  "no-colo",
  "specification",
  "colo-host",
  "colo-port",
  "colo-export",
  "active-disk",
  "hidden-disk",
];

/**
 * Reads a disk's description: positional parameters (target, format, vdev, access), named ones, flags, and the
 * prefixes of old files. `target=` takes all that follows.
 *
 * @throws XlCfgError
 */
export function readDiskSpec(spec: XlText): DiskSpec {
  const draft: Draft = { cdrom: false, others: [] };
  const fail = (message: string) => new XlCfgError(`the disk ${JSON.stringify(spec.text)} ${message}`, spec);
  let rest = spec.text.trimStart();
  while (rest !== "") {
    if (draft.target === undefined) rest = stripPrefixes(rest, draft, fail);
    if (rest.startsWith("target=")) {
      set(draft, "target", rest.slice(7).replace(/,$/, ""), fail);
      break;
    }
    const end = rest.indexOf(",");
    const part = end === -1 ? rest : rest.slice(0, end);
    rest = end === -1 ? "" : rest.slice(end + 1).trimStart();
    if (!named(part, draft, fail) && !positional(part.trimEnd(), draft, fail)) {
      throw fail(`has too many parts: ${JSON.stringify(part)} is the fifth without a name`);
    }
  }
  return check(draft, fail);
}

type Fail = (message: string) => XlCfgError;

/** `tap:aio:/path`, `file:/path`: all but the format that some name is for former tools. */
function stripPrefixes(text: string, draft: Draft, fail: Fail): string {
  for (;;) {
    const prefix = /^([a-z][a-z0-9]*):/.exec(text)?.[1];
    if (prefix === undefined) return text;
    const rest = text.slice(prefix.length + 1);
    if (/^(?:raw|qcow2?|vhd)$/.test(prefix)) draft.format = prefix;
    else if (/^(?:iscsi|e?nbd|drbd)$/.test(prefix)) draft.script = `block-${prefix}`;
    else if (prefix === "rbd") return text;
    else if (!/^(?:tapdisk|tap2?|aio|ioemu|file|phy)$/.test(prefix)) {
      throw fail(`has the prefix ${prefix}:, which xl does not know`);
    }
    draft.prefix = prefix;
    text = rest;
  }
}

/** Whether a part is a flag or has a name. */
function named(part: string, draft: Draft, fail: Fail): boolean {
  if (part === "cdrom" || part === "devtype=cdrom") draft.cdrom = true;
  else if (part === "devtype=disk") draft.cdrom = false;
  else if (part === "discard" || part === "no-discard") draft.discard = part === "discard";
  else {
    const [, key, value = ""] = /^([a-z][-a-z0-9]*)(?:=(.*))?$/s.exec(part) ?? [];
    const isNamed = part.includes("=");
    const name = NAMED.find((each) => isNamed && each === key);
    if (name !== undefined) set(draft, name, value, fail);
    else if (key !== undefined && OTHERS.includes(key)) draft.others = [...draft.others, part];
    else if (isNamed && key !== undefined) throw fail(`has ${key}, which xl does not know`);
    else return false;
  }
  return true;
}

function positional(part: string, draft: Draft, fail: Fail): boolean {
  if (draft.target === undefined) draft.target = part;
  else if (draft.prefix === undefined && draft.format === undefined) {
    // An empty CD-ROM drive of old files: ",hdc:cdrom,r".
    if (draft.target === "" && part.includes(":") && withDeviceType(part, draft, fail))
      draft.format = "empty";
    else draft.format = part;
  } else if (draft.vdev === undefined) {
    if (!withDeviceType(part, draft, fail)) draft.vdev = part;
  } else if (draft.access === undefined) draft.access = part;
  else return false;
  return true;
}

/** `hdc:cdrom`, the old way to say what a disk is. */
function withDeviceType(part: string, draft: Draft, fail: Fail): boolean {
  const colon = part.lastIndexOf(":");
  if (colon === -1) return false;
  const type = part.slice(colon + 1);
  if (type !== "cdrom" && type !== "disk") throw fail(`is of type ${type}: expected cdrom or disk`);
  draft.vdev = part.slice(0, colon);
  draft.cdrom = type === "cdrom";
  return true;
}

function set(draft: Draft, key: (typeof NAMED)[number] | "target", value: string, fail: Fail): void {
  if (draft[key] !== undefined && draft[key] !== "" && draft[key] !== value) throw fail(`gives ${key} twice`);
  draft[key] = value;
}

function check(draft: Draft, fail: Fail): DiskSpec {
  const { format, access, backendtype, vdev } = draft;
  if (format !== undefined && format !== "" && !FORMATS.includes(format)) {
    throw fail(`has the format ${format}: expected ${FORMATS.join(", ")}`);
  }
  if (access !== undefined && !["", "r", "ro", "w", "rw", "w!"].includes(access)) {
    throw fail(`has the access ${access}: expected r or w`);
  }
  if (backendtype !== undefined && backendtype !== "" && !BACKENDS.includes(backendtype)) {
    throw fail(`has the backend ${backendtype}: expected ${BACKENDS.join(", ")}`);
  }
  if (vdev === undefined || vdev === "") throw fail("has no vdev, its name in the guest, such as xvda");
  return draft;
}
