export type { XmlKind } from "./mapping";
export { type DroppedAttribute, droppedAttributes, writeXml } from "./writer";
