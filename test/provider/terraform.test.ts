/** Terraform's own opinion of what the bindings write. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { TerraformOutput, Testing } from "cdktf";
import {
  CloudinitDisk,
  Combustion,
  DataLibvirtDomainInterfaceAddresses,
  DataLibvirtNodeDeviceInfo,
  DataLibvirtNodeDevices,
  DataLibvirtNodeInfo,
  Domain,
  Ignition,
  LibvirtProvider,
  Network,
  Pool,
  Volume,
} from "../../lib/provider";
import { settingsOf } from "../../lib/provider/element";
import { providerType } from "../../lib/provider/table";
import { describeWithTerraform, initAndValidate } from "../terraform/terraform";
import { fullConfig, newStack, references } from "./sample";

// What the gate thinks of these configurations is no matter of the bindings.
jest.mock("../../lib/gate/gate", () => ({ Gate: { guard: () => {} } }));

const resources = [CloudinitDisk, Combustion, Domain, Ignition, Network, Pool, Volume];
const dataSources = [
  DataLibvirtDomainInterfaceAddresses,
  DataLibvirtNodeDeviceInfo,
  DataLibvirtNodeDevices,
  DataLibvirtNodeInfo,
];

/** One of each class, with every attribute set. */
function everything() {
  const stack = newStack();
  new LibvirtProvider(stack, "provider", { ...fullConfig(providerType()), alias: undefined });
  const elements = [...resources, ...dataSources].map((elementClass) => {
    const element = new elementClass(stack, elementClass.name, {} as never);
    const { type } = settingsOf(element);
    for (const [key, value] of Object.entries(fullConfig(type))) settingsOf(element).set(key, value);
    return element;
  });
  return { stack, elements };
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "bindings-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function validate(file: string, text: string) {
  writeFileSync(path.join(folder, file), text);
  const { valid, diagnostics } = initAndValidate(folder);
  return {
    valid,
    diagnostics: diagnostics.map(({ summary, detail, address }) => [summary, detail, address]),
  };
}

describeWithTerraform("Terraform accepts", () => {
  test("every attribute and every reference, as JSON", () => {
    const { stack, elements } = everything();
    for (const element of elements) {
      const value = Object.fromEntries(references(element, settingsOf(element).type));
      new TerraformOutput(stack, `${element.node.id}-references`, { value });
    }
    expect(validate("cdk.tf.json", Testing.synth(stack))).toEqual({ valid: true, diagnostics: [] });
  });

  test("every attribute, as HCL", () => {
    expect(validate("cdk.tf", Testing.synthHcl(everything().stack))).toEqual({
      valid: true,
      diagnostics: [],
    });
  });
});
