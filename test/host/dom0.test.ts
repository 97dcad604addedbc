import { execFileSync } from "node:child_process";
import { Fn } from "cdktf";
import fc from "fast-check";
import { Connection, type Dom0Props, Memory, XenHost } from "../../lib";
import { Dom0 } from "../../lib/host/dom0";
import { errors, propErrors, run } from "../support/program";

const connection = Connection.tls("xen1");
const host = (dom0: Dom0Props) => run((stack) => new XenHost(stack, "xen1", { connection, dom0 }));
const of = (props: Dom0Props, name = "xen1") => new Dom0(props, name);
/** What the shell makes of it that GRUB's scripts run in. */
const read = (fragment: string) =>
  execFileSync("sh", ["-eu", "-c", `${fragment}\nprintf %s "$GRUB_CMDLINE_XEN_DEFAULT"`], {
    encoding: "utf8",
  });

/* By docs/misc/xen-command-line.pandoc of Xen 4.17: dom0_mem, dom0_max_vcpus, dom0_vcpus_pin, and no- for booleans. */

describe("the boot parameters of dom0", () => {
  it.each<[Dom0Props, string]>([
    [{}, ""],
    [{ memory: Memory.gibibytes(4) }, "dom0_mem=4096M,max:4096M"],
    [{ memory: Memory.kibibytes(4_000_001) }, "dom0_mem=4000001K,max:4000001K"],
    [{ vcpus: 2, pinned: true }, "dom0_max_vcpus=2 dom0_vcpus_pin"],
    [{ pinned: false }, ""],
    [
      { xenParameters: { ucode: "scan", iommu: true, smt: false, "spec-ctrl": "no-xen,dom0=0" } },
      "ucode=scan iommu no-smt spec-ctrl=no-xen,dom0=0",
    ],
  ])("%j", (props, expected) => {
    expect(of(props).bootParameters()).toBe(expected);
    expect(read(of(props).grubFragment())).toBe(expected);
  });

  it("are a file for GRUB", () => {
    expect(of({ vcpus: 1 }).grubFragment()).toBe(
      '# Boot parameters of Xen on xen1\nGRUB_CMDLINE_XEN_DEFAULT="dom0_max_vcpus=1"\n',
    );
  });

  it("stay what they are, whatever the host and the parameters are called", () => {
    const value = fc.stringMatching(/^[\w.,:/=+@%-]+$/);
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.stringMatching(/^[A-Za-z][\w.-]*$/),
        value,
        (name, key, given) => {
          const dom0 = of({ xenParameters: { [key]: given } }, name);
          const [comment, ...lines] = dom0.grubFragment().split("\n");
          expect(comment).toMatch(/^# Boot parameters of Xen on [\w .:@-]*$/);
          expect(lines).toEqual([`GRUB_CMDLINE_XEN_DEFAULT="${key}=${given}"`, ""]);
        },
      ),
    );
  });

  it.each([
    [{ memory: Memory.gibibytes(Fn.tonumber("4") as never) }, "dom0.memory"],
    [{ vcpus: Fn.tonumber("4") as never }, "dom0.vcpus"],
  ])("must be known at synth: %#", (props, name) => {
    expect(() => of(props).grubFragment()).toThrow(`${name} of "xen1" is known only at apply`);
    expect(errors(host(props))).toEqual([]);
  });
});

describe("dom0 of a host", () => {
  it("prints what it was given", () => {
    run((stack) => {
      const { dom0 } = new XenHost(stack, "rack/xen 1", { connection, dom0: { vcpus: 2 } });
      expect(dom0.grubFragment()).toContain("dom0_max_vcpus=2");
    });
  });

  it.each([
    [{ xenParameters: { dom0_mem: "4G" } }, /dom0_mem of "xen1": is what dom0\.memory says/],
    [{ xenParameters: { a: 'x"; rm -rf /; "' } }, /without blanks, quotes/],
    [{ xenParameters: { a: "$(id)" } }, /without blanks, quotes/],
    [{ xenParameters: { a: "two words" } }, /without blanks, quotes/],
    [{ xenParameters: { "a b": "x" } }, /names of boot parameters/],
    [{ xenParameters: ["iommu"] as never }, /names of boot parameters|not a list/],
    [{ vcpus: 0 }, /must be 1 or more/],
    [{ pinned: "yes" as never }, /true or false/],
  ])("is refused with %j", (dom0, message) => expect(propErrors(host(dom0)).join()).toMatch(message));
});
