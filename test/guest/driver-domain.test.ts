import { TerraformStack, Token } from "cdktf";
import {
  Connection,
  Disk,
  type Guest,
  Memory,
  Nic,
  type XenHost,
  XenPvGuest,
  type XenPvGuestProps,
} from "../../lib";
import { buildPlan } from "../../lib/plan/build";
import { readTerraformJson } from "../../lib/plan/terraform-json";
import { xlOf } from "../../lib/xl-cfg";
import { type Attributes, errors, propErrors, type Run, run, xenHost } from "../support/program";

const pv = (host: XenHost, id: string, more: Partial<XenPvGuestProps> = {}, scope = host.node.scope!) =>
  new XenPvGuest(scope, id, {
    host,
    memory: Memory.mebibytes(512),
    disks: [Disk.block(`/dev/vg/${id}`)],
    nics: [],
    ...more,
  });
const servedBy = (net: Guest | string) => ({
  disks: [Disk.block("/dev/vg/root", { backendDomain: net })],
  nics: [Nic.bridge("br0", { backendDomain: net })],
});
const domain = ({ json }: Run, name: string): Attributes =>
  Object.values(json.resource.libvirt_domain!).find((each) => each.name === name);
const warnings = ({ findings }: Run) => findings.map(({ code }) => code);

test("a guest serves a disk and a NIC of another, and is started first", () => {
  const result = run((stack) => {
    const host = xenHost(stack);
    pv(host, "web", servedBy(pv(host, "net", { name: "driver" })));
  });
  expect(errors(result)).toEqual([]);
  expect(warnings(result)).not.toContain("VIRT-XEN-062");
  const web = domain(result, "web");
  const [driver] = Object.keys(result.json.resource.libvirt_domain!);
  expect(web.depends_on).toEqual([`libvirt_domain.${driver}`]);
  expect(web.devices.disks[0].backend_domain).toEqual({ name: "driver" });

  const plan = buildPlan(readTerraformJson([{ unit: "stack", documents: [result.json] }]));
  const [, guest] = plan.guests;
  expect(xlOf(guest!.config)).toContain("bridge=br0,backend=driver");
});

test("a name is taken for a guest that runs already, and the order of the plan's own is asked for", () => {
  const result = run((stack) => {
    const host = xenHost(stack);
    pv(host, "net");
    pv(host, "web", servedBy("net"));
    pv(host, "db", servedBy("elsewhere"));
  });
  expect(errors(result)).toEqual([]);
  expect(warnings(result).filter((code) => code === "VIRT-XEN-062")).toHaveLength(2);
  expect(domain(result, "web").depends_on).toBeUndefined();
});

test("a late name stays one", () => {
  const result = run((stack) => {
    pv(xenHost(stack), "web", servedBy(Token.asString("${var.net}")));
  });
  expect(errors(result)).toEqual([]);
  expect(domain(result, "web").devices.interfaces[0].backend_domain).toEqual({
    name: "${var.net}",
  });
});

test("a guest of another host cannot serve", () => {
  const result = run((stack) => {
    const net = pv(xenHost(stack, "xen2"), "net");
    pv(xenHost(stack), "web", servedBy(net));
  });
  expect(propErrors(result).join("\n")).toContain(
    'disks[0].backendDomain of "web": is a guest of "xen2", and this one of "xen1"',
  );
});

test("a guest of another stack cannot be waited for", () => {
  const result = run((stack) => {
    const other = new TerraformStack(stack.node.scope!, "other");
    const net = pv(xenHost(other), "net");
    pv(xenHost(stack), "web", servedBy(net));
  });
  expect(propErrors(result).join("\n")).toContain("is a guest of another stack");
});

test.each([[42], [Connection.local()], [null]])("%p is no driver domain", (wrong) => {
  const result = run((stack) => {
    pv(xenHost(stack), "web", { nics: [Nic.bridge("br0", { backendDomain: wrong as never })] });
  });
  expect(propErrors(result).join("\n")).toContain(
    'backendDomain of "web": must be a guest of the host, or the name of one',
  );
});
