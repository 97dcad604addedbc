export * from "./error";
export * from "./facts";
export { HostFacts } from "./host-facts";
