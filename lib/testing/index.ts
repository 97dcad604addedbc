export { type ExampleGuest, type ExampleHost, examplePlan, PlanExample } from "../plan/example";
export { type FailingCase, type RuleCases, RuleTester, type UndeterminedCase } from "./rule-tester";
