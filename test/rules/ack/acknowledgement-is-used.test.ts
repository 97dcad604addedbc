import { acknowledgementIsUsed } from "../../../lib/rules/ack/acknowledgement-is-used";
import { rules } from "../../../lib/rules/registry.generated";
import { examplePlan } from "../../../lib/testing";
import { validate } from "../../../lib/validation/validate";
import { acknowledge, found, TODAY } from "./acknowledge";

const CODE = acknowledgementIsUsed.code;
const reason = "the guest tests emulation";

describe(CODE, () => {
  it("finds an acknowledgement of what is not found", () => {
    const [finding] = found(
      CODE,
      acknowledge({}, (t) => t.kvm()),
    );
    expect(finding).toMatchObject({ severity: "warning", fix: "remove the acknowledgement" });
    expect(finding?.message).toBe(
      'The acknowledgement of VIRT-HYP-005 for "example" is not needed: the rule finds nothing there.',
    );
  });

  it("finds one on the wrong guest", () => {
    const plan = examplePlan((t) =>
      t.tcg({ name: "a" }).kvm({ name: "b" }).acknowledge({ code: "VIRT-HYP-005", reason }, "b"),
    );
    expect(found(CODE, plan)).toHaveLength(1);
    expect(found("VIRT-HYP-005", plan)[0]?.acknowledged).toBeUndefined();
  });

  it("says where an acknowledgement belongs that was given to another place of a finding", () => {
    const mac = {
      devices: {
        interfaces: [
          {
            mac: { address: "52:54:00:aa:bb:cc" },
            model: { type: "virtio" },
            source: { network: { network: "default" } },
          },
        ],
      },
    };
    const both = examplePlan((t) => t.kvm({ name: "a", ...mac }).kvm({ name: "b", ...mac }));
    const code = "VIRT-UNQ-004";
    const [finding] = validate(both, rules).findings.filter((each) => each.code === code);
    const [first, second] = finding!.places.map((place) => place.label);
    const given = (name?: string) =>
      examplePlan((t) =>
        t
          .kvm({ name: "a", ...mac })
          .kvm({ name: "b", ...mac })
          .acknowledge({ code, reason }, name),
      );
    expect(found(CODE, given(second))).toMatchObject([
      {
        message: `The acknowledgement of ${code} for "${second}" does not hold: the place to change of what is found is "${first}".`,
        fix: `give it to "${first}", or to a scope that holds both`,
      },
    ]);
    for (const name of [first, undefined]) {
      expect(found(CODE, given(name))).toEqual([]);
      expect(found(code, given(name))[0]?.acknowledged).toMatchObject({ reason });
    }
  });

  it.each([
    ["is needed", acknowledge()],
    ["has expired, which another rule says", acknowledge({ expires: "2001-01-01" }, (t) => t.kvm())],
    ["names no rule", acknowledge({ code: "VIRT-NO-999" })],
    [
      "cannot hold, which another rule says",
      acknowledge({ code: "VIRT-XEN-002" }, (t) => t.xenPv({ intent: { os: "windows-11" } })),
    ],
    [
      "may be needed once facts are known",
      acknowledge({}, (t) => t.kvmHost("kvm1", { facts: null }).tcg({ host: "kvm1" })),
    ],
  ])("passes one that %s", (_, plan) => {
    expect(found(CODE, plan)).toEqual([]);
  });

  it("passes one of a rule that does not run", () => {
    const plan = acknowledge({}, (t) => t.kvm());
    const { findings } = validate(plan, [acknowledgementIsUsed], { known: rules, today: TODAY });
    expect(findings).toEqual([]);
  });
});
