export { CAPTURES, type Capture } from "./captures";
export { HostFactsError } from "./error";
export type * from "./facts";
export { HostFacts } from "./host-facts";
