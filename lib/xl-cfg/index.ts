export { convertXl, readXlDomain, type XlDomain } from "./convert";
export { xlOf } from "./derive";
export type { XlLost, XlNote } from "./options";
export { parseXl } from "./parse";
export { printXl } from "./print";
export {
  XlCfgError,
  type XlFile,
  type XlList,
  type XlPlace,
  type XlSetting,
  type XlText,
  type XlValue,
} from "./syntax";
