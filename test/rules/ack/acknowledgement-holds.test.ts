import { acknowledgementHolds } from "../../../lib/rules/ack/acknowledgement-holds";
import { rules } from "../../../lib/rules/registry.generated";
import { RuleTester } from "../../../lib/testing";
import { acknowledge, found } from "./acknowledge";

// Without the rules that are acknowledged there is no code that could be known.
RuleTester.run(acknowledgementHolds, {
  fails: {
    "a code of no rule": {
      plan: (t) => t.kvm().acknowledge({ code: "VIRT-NO-999", reason: "so" }, "guest1"),
      message: 'The acknowledgement of VIRT-NO-999 for "guest1" names no rule that there is.',
      places: ["guest1"],
    },
  },
  passes: { "a plan without any": (t) => t.kvm() },
});

const CODE = acknowledgementHolds.code;

test.each<[string, object, string | RegExp, RegExp]>([
  ["no reason", { reason: undefined }, "has no reason", /say in reason why/],
  ["an empty reason", { reason: " \n" }, "has no reason", /say in reason why/],
  ["a reason that is no text", { reason: 5 }, "has no reason", /say in reason why/],
  ["a date with a time", { expires: "2999-01-01T00:00" }, "expires on no day", /2027-03-31/],
  ["a day that the calendar has not", { expires: "2999-02-30" }, 'on no day: "2999-02-30"', /2027-03-31/],
  ["a Date", { expires: new Date(0) }, "expires on no day", /2027-03-31/],
  ["a code with a typing error", { code: "VIRT-HYP-05" }, "names no rule", /did you mean VIRT-HYP-0\d+\?/],
  ["no code", { code: undefined }, "names no rule", /give the code/],
])("%s is refused", (_, changes, message, fix) => {
  const [finding, ...more] = found(CODE, acknowledge(changes));
  expect(more).toEqual([]);
  expect(finding?.message).toMatch(message);
  expect(finding?.fix).toMatch(fix);
});

test("everything that is wrong with one is found at once", () => {
  const changes = { reason: "", expires: "soon", code: "VIRT-XEN-002" };
  const plan = acknowledge(changes, (t) => t.xenPv({ intent: { os: "windows-11" } }));
  expect(found(CODE, plan)).toHaveLength(3);
});

test.each([
  ["a reason", {}],
  ["a last day", { expires: "2999-02-28" }],
  ["a last day that is over", { expires: "2001-02-28" }],
])("%s is enough", (_, changes) => {
  expect(found(CODE, acknowledge(changes))).toEqual([]);
});

test("what cannot be acknowledged stays an error", () => {
  const plan = acknowledge({ code: "VIRT-XEN-002" }, (t) => t.xenPv({ intent: { os: "windows-11" } }));
  expect(rules.find(({ code }) => code === "VIRT-XEN-002")?.acknowledgeable).toBe(false);
  expect(found("VIRT-XEN-002", plan)).toMatchObject([{ severity: "error" }]);
  expect(found("VIRT-XEN-002", plan)[0]?.acknowledged).toBeUndefined();
  expect(found(CODE, plan)).toMatchObject([
    {
      severity: "error",
      message: expect.stringContaining("cannot hold: pv-needs-modified-os finds what nobody"),
    },
  ]);
});

test("what a rule warns of can be acknowledged, though its errors cannot", () => {
  const facts = (guests: object) => ({
    cpu: { virtualizationFlag: "none" as const, features: [] },
    ...guests,
  });
  const warned = acknowledge({ code: "VIRT-HYP-001" }, (t) => t.kvmHost("kvm1", { facts: facts({}) }).kvm());
  expect(found("VIRT-HYP-001", warned)).toMatchObject([{ severity: "warning", acknowledged: {} }]);
  expect(found(CODE, warned)).toEqual([]);
  expect(found("VIRT-ACK-002", warned)).toEqual([]);
});
