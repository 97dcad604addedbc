import { createReadStream, readdirSync, statSync } from "node:fs";
import type { Readable } from "node:stream";
import { InputError, unreadable } from "./input-error";
import { isXl } from "./is-xl";

/** A plan of 10,000 guests takes some 100 MiB as Terraform shows it. */
const MAX_MIB = 256;
/** Enough to see what a file is. */
const HEAD = 4096;

/**
 * The whole text of a file or a pipe, of bounded size; what begins like nothing that is known here is not read on.
 *
 * @throws InputError
 */
export async function readText(name: string, stream: Readable = createReadStream(name)): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  let looked = false;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(Buffer.from(chunk));
      length += chunk.length;
      if (!looked && length >= HEAD) {
        refuseForeign(name, Buffer.concat(chunks));
        looked = true;
      }
      if (length > MAX_MIB * 2 ** 20) {
        throw new InputError(
          `${name} has more than ${MAX_MIB} MiB; give it in parts, or without what is no libvirt resource`,
        );
      }
    }
  } catch (error) {
    throw error instanceof InputError ? error : unreadable(name, error);
  } finally {
    stream.destroy();
  }
  const bytes = Buffer.concat(chunks);
  if (!looked) refuseForeign(name, bytes);
  return decode(name, bytes);
}

function decode(name: string, bytes: Buffer): string {
  // PowerShell's ">" writes UTF-16, with a byte-order mark.
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(`${name} is not UTF-8`);
  }
}

/** Looks at the beginning of a file, and says of what is often given by mistake what to give instead. */
function refuseForeign(name: string, bytes: Buffer): void {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const head = bytes
    .toString(isUtf16 ? "utf16le" : "utf8", 0, HEAD)
    .replace(/^\uFEFF/, "")
    .trimStart();
  if (head.startsWith("{") || head.startsWith("<") || head.startsWith("[")) return;
  if (head === "") throw new InputError(`${name} is empty`);
  if (bytes.toString("latin1", 0, 4) === "PK\u0003\u0004") {
    throw new InputError(
      `${name} is a ZIP archive, as the plans are that "terraform plan -out" writes: give the output of "terraform show -json ${name}"`,
    );
  }
  if (head.includes("\0") || head.includes("\uFFFD")) {
    throw new InputError(`${name} is binary: ${EXPECTED}`);
  }
  // Of an xl configuration, the beginning may be comments alone.
  if (isXl(name, head) || /\.cfg$/i.test(name)) return;
  if (
    /^\s*(?:#.*\n\s*|\/\/.*\n\s*)*(?:resource|provider|terraform|module|variable|locals|data|output)\b[^\n]*\{/.test(
      head,
    )
  ) {
    throw new InputError(
      `${name} is HCL, which only Terraform reads: run "terraform plan -out=plan && terraform show -json plan", and give what that prints`,
    );
  }
  throw unknown(name);
}

/** A text that is nothing of what can be checked. */
export function unknown(name: string): InputError {
  return new InputError(`${name} is neither JSON nor XML nor an xl configuration: ${EXPECTED}`);
}

const EXPECTED =
  'give a synthesized stack (cdktf.out, cdk.tf.json, *.tf.json), the output of "terraform show -json", XML of virsh dumpxml, or an xl.cfg file';

/** @throws InputError when there is nothing at the path. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** @throws InputError when it is no folder that may be read. */
export function namesIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}
