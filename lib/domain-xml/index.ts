export type { XmlLimits } from "../xml/parse";
export { asDefined } from "./as-defined";
export { type PlacedDocument, readXmlDocuments, type XmlDocuments, type XmlSource } from "./documents";
export type { LostValue } from "./lost";
export { XML_KINDS, type XmlKind } from "./mapping";
export {
  readXmlFolder,
  readXmlPlan,
  type XmlPlan,
  type XmlPlanHost,
  xmlResources,
} from "./plan-reader";
export { readXml, type XmlDocument } from "./reader";
export { type RelaxNg, relaxNg, type SchemaViolation } from "./relax-ng";
export { type DroppedAttribute, droppedAttributes, writeXml } from "./writer";
