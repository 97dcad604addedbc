import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { biosGuest, reference } from "./bios-guest";
import { RECORDED_SCHEMA } from "./mirror";
import { describeWithTerraform, initAndValidate, plan, type TerraformPlan, withDouble } from "./terraform";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "configuration-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const WRONG_TYPE = "Incorrect attribute value type";
const READ_ONLY = "Invalid Configuration for Read-Only Attribute";

type Change = (json: ReturnType<typeof biosGuest>) => void;

/** A folder with the configuration of a guest that is right but for one change. */
function configuration(change: Change = () => {}): string {
  const json = biosGuest();
  change(json);
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(json));
  return folder;
}

const guest = (change: (guest: ReturnType<typeof biosGuest>) => void): Change => {
  return ({ resource }) => change(resource.libvirt_domain.guest);
};

const setGuest = (attribute: string, value: unknown) =>
  guest((it) => Object.assign(it, { [attribute]: value }));

const changeOf = (of: TerraformPlan | undefined, address: string) =>
  of?.resource_changes?.find((change) => change.address === address)?.change;

/** These hold with the real provider too: run them with a TF_CLI_CONFIG_FILE that gives it. */
describeWithTerraform("terraform validate", () => {
  test("accepts a guest in the form that applies", () => {
    expect(initAndValidate(configuration())).toMatchObject({ valid: true, diagnostics: [] });
  });

  const refused: [what: string, summary: string, change: Change][] = [
    ["an unknown attribute", "Extraneous JSON object property", setGuest("sauce", "secret")],
    ["a missing required attribute", "Missing required argument", setGuest("name", undefined)],
    [
      "a missing nested one",
      WRONG_TYPE,
      guest((it) => Object.assign(it.devices.serials[0], { source: { pty: {} } })),
    ],
    ["a string for a number", WRONG_TYPE, setGuest("memory", "a lot")],
    [
      "an object for a list",
      WRONG_TYPE,
      guest((it) => Object.assign(it.devices, { disks: { device: "disk" } })),
    ],
    ["a read-only attribute", READ_ONLY, setGuest("uuid", "b47ca1c4-1f2b-4b68-9b60-2d7fd2e5e1a0")],
    [
      "a nested read-only one",
      READ_ONLY,
      ({ resource }) => Object.assign(resource.libvirt_volume.root.target, { path: "/somewhere" }),
    ],
    [
      "a reference to no resource",
      "Reference to undeclared resource",
      setGuest("title", reference("libvirt_pool.none.name")),
    ],
    [
      "a reference to no attribute",
      "Unsupported attribute",
      setGuest("title", reference("libvirt_pool.pool.sauce")),
    ],
    [
      "an unknown provider alias",
      "Provider configuration not present",
      setGuest("provider", "libvirt.nowhere"),
    ],
    [
      "a version that does not exist",
      "Failed to query available provider packages",
      ({ terraform }) => Object.assign(terraform.required_providers.libvirt, { version: "~> 0.8.0" }),
    ],
  ];
  test.each(refused)("refuses %s: %s", (_what, summary, change) => {
    expect(initAndValidate(configuration(change))).toMatchObject({
      valid: false,
      diagnostics: [{ summary }],
    });
  });

  // Terraform converts a value to the attribute's type, and that drops what the type does not have.
  test("accepts an unknown nested attribute in silence", () => {
    const misspelt = guest((it) => {
      it.os.kernel_args = "console=ttyS0";
      it.devices.disks[0].sauce = "secret";
    });
    expect(initAndValidate(configuration(misspelt))).toMatchObject({ valid: true, diagnostics: [] });
  });

  // The default provider is then used with no configuration: somebody else's qemu:///system.
  test("accepts a resource without a provider where every provider has an alias", () => {
    const aliased: Change = (json) => {
      json.provider.libvirt.alias = "kvm1";
    };
    expect(initAndValidate(configuration(aliased))).toMatchObject({ valid: true, diagnostics: [] });
  });

  test("takes a backend and a state file of the user's for no part of the configuration", () => {
    const remote: Change = ({ terraform }) => {
      terraform.backend = { s3: { bucket: "states", key: "guest", region: "eu-west-1" } };
    };
    writeFileSync(join(folder, "terraform.tfstate"), "not a state");
    expect(initAndValidate(configuration(remote))).toMatchObject({ valid: true });
  });
});

describeWithTerraform("the schema double", () => {
  test("serves the whole recorded schema, and nothing else", () => {
    const served = withDouble(configuration(), (workspace) => workspace.schema());
    expect(withoutDescriptionKinds(served)).toEqual(JSON.parse(readFileSync(RECORDED_SCHEMA, "utf8")));
  });

  test("plans with no host: configured values are there, computed ones unknown", () => {
    const outcome = plan(configuration());
    expect(outcome).toMatchObject({ valid: true, diagnostics: [] });
    expect(outcome.plan?.resource_changes).toHaveLength(7);

    const volume = changeOf(outcome.plan, "libvirt_volume.root");
    expect(volume).toMatchObject({
      actions: ["create"],
      after: {
        name: "root.qcow2",
        pool: "pool",
        capacity: 10737418240,
        target: { format: { type: "qcow2" } },
      },
      after_unknown: { id: true, path: true, target: { path: true }, backing_store: { path: true } },
    });
    expect(volume?.after).not.toHaveProperty("path");
    expect(changeOf(outcome.plan, "libvirt_domain.guest")?.after?.devices).toMatchObject({
      disks: [{ source: { volume: { pool: "pool", volume: "root.qcow2" } } }, { device: "cdrom" }],
    });
  });

  test("plans without a misspelt nested attribute", () => {
    const { plan: misspelt } = plan(
      configuration(guest((it) => Object.assign(it.os, { kernel_args: "quiet" }))),
    );
    const os = changeOf(misspelt, "libvirt_domain.guest")?.after?.os;
    expect(os).toMatchObject({ type_machine: "q35" });
    expect(os).not.toHaveProperty("kernel_args");
  });

  test("reads a data source, plans with variables", () => {
    const withData: Change = (json) => {
      json.variable = { title: { type: "string" } };
      json.data = { libvirt_node_info: { node: {} } };
      json.resource.libvirt_domain.guest.title = `${reference("var.title")} on ${reference("data.libvirt_node_info.node.cpu_model")}`;
    };
    const { plan: made } = plan(configuration(withData), { variables: { title: "web" } });
    expect(changeOf(made, "libvirt_domain.guest")?.after?.title).toBe(
      "web on schema-double:libvirt_node_info.cpu_model",
    );
  });

  test("applies into a local state, plans empty, and destroys", () => {
    withDouble(configuration(), (workspace) => {
      expect(workspace.apply()).toMatchObject({ valid: true, diagnostics: [] });
      const { plan: again } = workspace.plan();
      expect(again?.resource_changes?.map(({ change }) => change.actions)).toEqual(Array(7).fill(["no-op"]));
      expect(workspace.destroy()).toMatchObject({ valid: true, diagnostics: [] });
    });
    expect.assertions(3);
  });
});

/** The recording leaves descriptions out; Terraform adds a kind of description to each attribute. */
function withoutDescriptionKinds(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema), (key, value) =>
    key === "description_kind" && typeof value === "string" ? undefined : value,
  );
}
