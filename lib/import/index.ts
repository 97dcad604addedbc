export { type ImportedProgram, programOf } from "./program";
export type { ImportedAs, ImportedHost, ImportedResource } from "./resource";
