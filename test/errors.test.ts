import { inspect } from "node:util";
import { App, TerraformStack } from "cdktf";
import * as lib from "../lib";
import { emptyFolder } from "./gate/fleet";

const { Connection, Disk, KvmGuest, KvmHost, Memory, VirtConstructsError, isVirtConstructsError } = lib;

function refusedPlan(): lib.PlanRefused {
  const app = new App({ outdir: emptyFolder() });
  const stack = new TerraformStack(app, "rack");
  const host = new KvmHost(stack, "kvm1", { connection: Connection.ssh("kvm1") });
  const disks = [Disk.file("/srv/web.qcow2")];
  new KvmGuest(stack, "web", { host, memory: Memory.gibibytes(1), disks, vpcus: 2 } as never);
  try {
    app.synth();
  } catch (error) {
    if (isVirtConstructsError(error)) return error;
  }
  throw new Error("the plan was accepted");
}

describe("an error of this library", () => {
  it("is recognised by its brand, also of another copy of the package, and nothing else is", () => {
    let copy!: typeof lib;
    jest.isolateModules(() => {
      copy = require("../lib");
    });
    const theirs = new copy.VirtConstructsError("no host");
    expect(theirs).not.toBeInstanceOf(VirtConstructsError);
    expect(isVirtConstructsError(theirs)).toBe(true);
    expect(copy.isVirtConstructsError(refusedPlan())).toBe(true);
    for (const other of [new Error("x"), null, undefined, "text", {}, { name: "VirtConstructsError" }]) {
      expect(isVirtConstructsError(other)).toBe(false);
    }
  });

  it("is an Error with a name, and its stack is one line with the user's place", () => {
    const error = new VirtConstructsError('guest "web" has no host', { constructPath: "rack/web" });
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe("VirtConstructsError");
    expect(error.constructPath).toBe("rack/web");
    expect(error.findings).toEqual([]);
    expect(error.stack).toMatch(/^VirtConstructsError: guest "web" has no host \(.*errors\.test\.ts:\d+\)$/);
  });

  it.each<[string, () => unknown]>([
    ["host facts that are not there", () => lib.HostFacts.fromDirectory("/nowhere")],
    ["an operating system that the catalogue lacks", () => lib.GuestOs.byId("amigaos")],
  ])("is what is thrown for %s, without frames of a stack", (_, run) => {
    let caught: unknown;
    try {
      run();
    } catch (error) {
      caught = error;
    }
    if (!isVirtConstructsError(caught)) throw caught;
    expect(caught.stack).not.toMatch(/^ +at /m);
    expect(inspect(caught)).not.toContain("findings");
    expect(JSON.parse(JSON.stringify(caught))).toMatchObject({ name: caught.name, message: caught.message });
  });

  it("masks a password in its message", () => {
    const error = new VirtConstructsError("cannot use qemu+tcp://user:secret@h/system");
    expect(`${error.message}${error.stack}${inspect(error)}`).not.toContain("secret");
  });
});

describe("a refused plan", () => {
  it("has a message and a stack of one line, and carries the findings", () => {
    const error = refusedPlan();
    expect(error.name).toBe("PlanRefused");
    expect(error.message).toBe("virt-constructs refused the plan: 1 error. No Terraform was written.");
    expect(error.stack).toBe(`PlanRefused: ${error.message}`);
    expect(error.findings.map(({ code, place }) => [code, place.label])).toEqual([["VIRT-API-001", "web"]]);
  });

  it("does not show the plan when it is printed", () => {
    const error = refusedPlan();
    expect(inspect(error, { depth: 10 })).toBe(`[${error.stack}]`);
    expect(Object.keys(error).filter((key) => key !== "name")).toEqual([]);
  });

  it("is plain data as JSON: the findings, without the constructs", () => {
    const error = refusedPlan();
    const data = JSON.parse(JSON.stringify(error));
    expect(data).toEqual({
      name: "PlanRefused",
      message: error.message,
      findings: [
        {
          code: "VIRT-API-001",
          slug: "invalid-prop",
          severity: "error",
          message: expect.stringContaining("vpcus"),
          fix: "did you mean vcpus?",
          attribute: "vpcus",
          constructPath: "rack/web",
          address: expect.stringMatching(/^libvirt_domain\.web_/),
          source: { file: __filename, line: expect.any(Number) },
          fingerprint: expect.stringMatching(/^VIRT-API-001:rack\/web:/),
        },
      ],
    });
  });
});
