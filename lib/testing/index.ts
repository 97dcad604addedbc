export { type ExampleGuest, type ExampleHost, examplePlan, PlanExample } from "../plan/example";
export { type DomainAttributes, type PlanMatchers, planMatchers, removeTemporaryFolders } from "./matchers";
export { type FailingCase, type RuleCases, RuleTester, type UndeterminedCase } from "./rule-tester";
