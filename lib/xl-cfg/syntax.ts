import { VirtConstructsError } from "../errors";

/** Where something stands in a file, both from 1. */
export interface XlPlace {
  readonly line: number;
  readonly column: number;
}

/** A string or a number: to xl, a number is the text of its digits. */
export interface XlText extends XlPlace {
  readonly text: string;
  /** Whether it stands in quotes. */
  readonly quoted: boolean;
}

/** Values in square brackets. */
export interface XlList extends XlPlace {
  readonly items: readonly XlValue[];
}

export type XlValue = XlText | XlList;

/** One `name = value` of a file; `+=` joins the value to the one before. */
export interface XlSetting extends XlPlace {
  readonly name: string;
  readonly operator: "=" | "+=";
  readonly value: XlValue;
}

/** The settings of a file, in its order. */
export interface XlFile {
  readonly settings: readonly XlSetting[];
}

/** What is wrong with an xl configuration, and where. */
export class XlCfgError extends VirtConstructsError {
  readonly line: number;
  readonly column: number;

  constructor(message: string, { line, column }: XlPlace) {
    super(`line ${line}, column ${column}: ${message}`);
    this.name = "XlCfgError";
    this.line = line;
    this.column = column;
  }
}

export function isList(value: XlValue): value is XlList {
  return "items" in value;
}

/** Letters that mean a character that cannot be written, or would end the string. */
export const ESCAPES: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
};
