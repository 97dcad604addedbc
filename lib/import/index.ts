export { hypervisorOfXml, resourcesOfXml } from "./from-xml";
export { type ImportedProgram, programOf } from "./program";
export type { ImportedAs, ImportedHost, ImportedResource } from "./resource";
