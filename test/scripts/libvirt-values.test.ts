import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { enumeratedValues, recordedValues } from "../../scripts/libvirt-values";
import { temporaryFolder } from "../support/temporary-folder";

const SCHEMAS = "/usr/share/libvirt/schemas";

const grammar = (body: string) => `<grammar xmlns="http://relaxng.org/ns/structure/1.0">${body}</grammar>`;

describe("reading the words of libvirt's schemas", () => {
  const newFolder = temporaryFolder();
  let folder: string;

  beforeAll(() => {
    folder = newFolder();
    const file = (name: string, body: string) => writeFileSync(join(folder, name), grammar(body));
    for (const name of ["network.rng", "storagepool.rng", "storagevol.rng"]) file(name, "");
    file(
      "common.rng",
      `<define name="cache"><choice><value>none</value><value>unsafe</value></choice></define>`,
    );
    file(
      "domain.rng",
      `<include href="common.rng"/>
      <start><element name="domain"><interleave>
        <element name="on_crash"><choice><value>destroy</value><ref name="more"/></choice></element>
        <element name="on_reboot"><choice><value>destroy</value><text/></choice></element>
        <element name="on_poweroff"><data type="string"/></element>
        <element name="devices"><zeroOrMore><ref name="disk"/></zeroOrMore></element>
      </interleave></element></start>
      <define name="more"><value>restart</value></define>
      <define name="disk"><element name="disk"><optional><element name="driver">
        <attribute name="cache"><ref name="cache"/></attribute>
        <attribute name="io"/>
      </element></optional><optional><ref name="disk"/></optional></element></define>`,
    );
  });

  it("finds values through references, includes and alternatives", () => {
    expect(Object.fromEntries(enumeratedValues([folder]))).toEqual({
      "domain.onCrash": ["destroy", "restart"],
      "domain.devices.disks.driver.cache": ["none", "unsafe"],
    });
  });

  it("says where a list is open in one of several versions that it is no list", () => {
    const open = newFolder();
    for (const name of ["network.rng", "storagepool.rng", "storagevol.rng"])
      writeFileSync(join(open, name), grammar(""));
    writeFileSync(
      join(open, "domain.rng"),
      grammar(`<start><element name="domain"><element name="on_crash"><text/></element></element></start>`),
    );
    expect([...enumeratedValues([folder, open]).keys()]).toEqual(["domain.devices.disks.driver.cache"]);
  });

  const installed = existsSync(SCHEMAS) ? it : it.skip;
  installed("knows every word of the libvirt that is installed here", () => {
    const recorded = recordedValues();
    const unknown = [...enumeratedValues([SCHEMAS])].flatMap(([place, words]) =>
      words.filter((word) => !recorded.words[place]?.includes(word)).map((word) => `${place}: ${word}`),
    );
    expect(unknown).toEqual([]);
  });
});
