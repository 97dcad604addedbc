import { Disk, Nic, XenPvGuest } from "../../../../lib";
import { buildPlan } from "../../../../lib/plan/build";
import { readTerraformJson } from "../../../../lib/plan/terraform-json";
import { errors, run } from "../../../support/program";
import { ask, clean } from "./ask";
import { PV, xenHost } from "./constructs";
import { capturedFacts } from "./facts";
import { type LabGuest, labGuest } from "./guests";
import { marker } from "./marker";
import { dom0, machine } from "./subject";

/*
 * A guest whose kernel has Xen's backend drivers serves a disk and an interface of another. libvirt names it, and
 * cannot mark it as a driver domain: nobody in it runs the scripts that connect a device, which is its own affair.
 */
describe(`a driver domain on ${machine.name}`, () => {
  let net: LabGuest;
  let web: LabGuest;
  beforeAll(async () => {
    const facts = await capturedFacts();
    const program = run((stack) => {
      const host = xenHost(stack, facts);
      const driver = new XenPvGuest(stack, "lab-net", { ...PV, host });
      new XenPvGuest(stack, "lab-web", {
        ...PV,
        ...{ host, disks: [Disk.block("/dev/xvda", { backendDomain: driver })] },
        nics: [Nic.bridge("xenbr0", { backendDomain: driver })],
      });
    });
    expect(errors(program)).toEqual([]);
    const plan = buildPlan(readTerraformJson([{ unit: "lab", documents: [program.json] }]));
    [net, web] = plan.guests.map((guest) => labGuest(guest)) as [LabGuest, LabGuest];
  });
  afterAll(() => clean([web, net]));

  test("must run before the guest that it serves", async () => {
    expect(await ask([web])).toMatchObject({
      kind: "refused",
      at: "start",
      words: expect.stringMatching(/Unable to set (disk|nic) defaults/),
    });
  });

  test("serves it", async () => {
    expect(await ask([net], { run: true })).toEqual({ kind: "starts", views: [] });
    expect(marker(net.name)).toContain("type=PV");
    expect(await ask([web], { run: true })).toEqual({ kind: "starts", views: [] });
    const backends = dom0.sh(
      `xenstore-ls -f /local/domain/$(xl domid ${net.name})/backend | grep /$(xl domid ${web.name})/`,
    ).stdout;
    expect(backends).toMatch(/backend\/vbd\/\d+\/\d+\/params = "\/dev\/xvda"/);
    expect(backends).toMatch(/backend\/vif\/\d+\/0\/bridge = "xenbr0"/);
  });
});
