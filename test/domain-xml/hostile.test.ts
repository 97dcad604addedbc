import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { readXml } from "../../lib/domain-xml";

/** Of heap, for a process that reads one hostile document after the other and is stopped after four minutes. */
const HEAP_MEBIBYTES = 512;

describe("a hostile document", () => {
  it("is read or refused with the reason, in bounded time and memory", () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [`--max-old-space-size=${HEAP_MEBIBYTES}`, "--import", "tsx", join(__dirname, "hostile-child.ts")],
      { encoding: "utf8", timeout: 240_000 },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const documentType =
      "refused: the XML document declares a document type, which libvirt never writes and which could define entities (line 1)";
    expect(JSON.parse(stdout)).toEqual({
      "a billion laughs": documentType,
      "an entity from a file": documentType,
      "an entity that nobody declares":
        "refused: the XML document uses the entity &lol;, which XML does not define by itself (line 1)",
      "100 MB": "refused: the XML document has more than 16 MiB (line 1)",
      "10,000 levels": "refused: the XML document nests elements deeper than 64 (line 1)",
      "as many elements as there may be": "read, 0 lost",
      "as many unknown elements": "read, 49990 lost",
      "one element more than there may be": "refused: the XML document has more than 50000 elements (line 1)",
      "400,000 attributes": "read, 1 lost",
      "100,000 prefixes over 40,000 elements with one each": "read, 0 lost",
      "15 MiB of references": "read, 0 lost",
      "15 MiB of ampersands":
        'refused: the XML document is not well-formed: "&" begins no reference; write &amp; (line 1)',
      "15 MiB of an unfinished comment":
        "refused: the XML document is cut short: it ends inside <domain> of line 1 (line 1)",
      "15 MiB of line ends": "read, 2 lost",
      "a declared Latin-1":
        "refused: the XML document declares the encoding ISO-8859-1; convert it to UTF-8 (line 1)",
      "a declared UTF-16":
        "refused: the XML document declares the encoding UTF-16; convert it to UTF-8 (line 1)",
      "a file of UTF-16, little end first": "refused: the XML document is not UTF-8 text",
      "a file of UTF-16, big end first": "refused: the XML document is not UTF-8 text",
      "a file of Latin-1": "refused: the XML document is not UTF-8 text",
      "a file with a cut character": "refused: the XML document is not UTF-8 text",
      "a file of 100 MB": "refused: the XML document has more than 16 MiB",
    });
  }, 300_000);

  it("is refused wherever it is cut", () => {
    const whole =
      "<?xml version='1.0'?><!-- a --><domain type='kvm'><name>a &amp; b</name><title><![CDATA[c]]></title><vcpu/><?d e?></domain>";
    expect(readXml(whole).config).toEqual({ type: "kvm", name: "a & b", title: "c" });
    const readable = Array.from({ length: whole.length }, (_, length) => whole.slice(0, length)).filter(
      (part) => {
        try {
          readXml(part);
          return true;
        } catch (error) {
          return !/^the XML document is (empty or )?(cut short|not XML|not well-formed)/.test(
            (error as Error).message,
          );
        }
      },
    );
    expect(readable).toEqual([]);
  });
});
