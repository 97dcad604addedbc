export type { XmlLimits } from "../xml/parse";
export type { LostValue } from "./lost";
export type { XmlKind } from "./mapping";
export { readXml, type XmlDocument } from "./reader";
export { type DroppedAttribute, droppedAttributes, writeXml } from "./writer";
