import { acknowledgementIsCurrent } from "../../../lib/rules/ack/acknowledgement-is-current";
import { acknowledge, found, TODAY } from "./acknowledge";

const CODE = acknowledgementIsCurrent.code;

describe(CODE, () => {
  it("finds what held until yesterday, and what it covered is found again", () => {
    const plan = acknowledge({ expires: "2026-11-24" });
    expect(found(CODE, plan)).toMatchObject([
      {
        severity: "warning",
        message: 'The acknowledgement of VIRT-HYP-005 for "example" expired: 2026-11-24 was its last day.',
        fix: "mend what VIRT-HYP-005 finds, or acknowledge it again until a later day",
      },
    ]);
    expect(found("VIRT-HYP-005", plan)).toHaveLength(1);
    expect(found("VIRT-HYP-005", plan)[0]?.acknowledged).toBeUndefined();
  });

  it("says when nothing needs it any more", () => {
    const plan = acknowledge({ expires: "2026-11-24" }, (t) => t.kvm());
    expect(found(CODE, plan)[0]?.fix).toBe("remove the acknowledgement: the rule finds nothing there");
  });

  it.each([
    ["on its last day", { expires: TODAY }],
    ["before it", { expires: "2027-01-01" }],
    ["for ever", {}],
  ])("holds %s", (_, changes) => {
    const plan = acknowledge(changes);
    expect(found(CODE, plan)).toEqual([]);
    expect(found("VIRT-HYP-005", plan)[0]?.acknowledged).toMatchObject(changes);
  });

  it("leaves what is no day to the rule on that", () => {
    expect(found(CODE, acknowledge({ expires: "yesterday" }))).toEqual([]);
  });
});
