import type { XmlElement } from "../xml/element";
import { DEFAULT_TYPES } from "./mapping";

/** A part of a document that a configuration cannot express. */
export interface LostValue {
  /** `/domain/devices/disk[2]/address`, or `/domain/devices/disk[2]/driver/@x`; elements of one name count from 1. */
  readonly path: string;
  /** The value of an attribute, the text of an element, or an element with all that is in it. */
  readonly value: string;
  /** The line of the document. */
  readonly line: number;
}

/** What of a document is missing from another one: elements of one name are compared in their order. */
export function lostValues(original: XmlElement, rewritten: XmlElement): LostValue[] {
  const lost: LostValue[] = [];
  compare(original, rewritten, `/${original.name}`, lost);
  return lost;
}

function compare(original: XmlElement, rewritten: XmlElement, path: string, lost: LostValue[]): void {
  const { line } = original;
  for (const [name, value] of original.attributes) {
    if (name === "xmlns" || name.startsWith("xmlns:")) continue;
    const other = rewritten.attributes.get(name);
    const isDefault = other === undefined && name === "type" && DEFAULT_TYPES.get(original.name) === value;
    if (!isDefault && !sameValue(value, other)) lost.push({ path: `${path}/@${name}`, value, line });
  }
  const isMixed = original.children.length > 0 && original.text.trim() === "";
  if (!isMixed && !sameValue(original.text, rewritten.text) && original.text.trim() !== "") {
    lost.push({ path, value: original.text, line });
  }
  compareChildren(original, rewritten, path, lost);
}

function compareChildren(original: XmlElement, rewritten: XmlElement, path: string, lost: LostValue[]): void {
  const candidates = byName(rewritten.children);
  for (const [name, elements] of byName(original.children)) {
    const others = candidates.get(name) ?? [];
    let next = 0;
    elements.forEach((element, index) => {
      const at = `${path}/${element.name}${elements.length > 1 ? `[${index + 1}]` : ""}`;
      const other = others[next];
      // Where some are missing, the next one is only taken for one that says the same of itself.
      const noneMissing = others.length - next >= elements.length - index;
      if (other !== undefined && (noneMissing || agrees(element, other))) {
        next++;
        compare(element, other, at, lost);
      } else lost.push({ path: at, value: element.outer, line: element.line });
    });
  }
}

function agrees(element: XmlElement, other: XmlElement): boolean {
  return [...other.attributes].every(([name, value]) => {
    const own = element.attributes.get(name);
    return name.startsWith("xmlns") || own === undefined || sameValue(own, value);
  });
}

function byName(elements: readonly XmlElement[]): Map<string, XmlElement[]> {
  const groups = new Map<string, XmlElement[]>();
  for (const element of elements) {
    const key = `${element.namespace ?? ""} ${element.local}`;
    const group = groups.get(key);
    if (group) group.push(element);
    else groups.set(key, [element]);
  }
  return groups;
}

/** Numbers are the same in whatever notation. */
function sameValue(a: string, b: string | undefined): boolean {
  if (a === b) return true;
  const isNumber = (text: string) => /^\s*(-?\d+|0[xX][\da-fA-F]+)\s*$/.test(text);
  return b !== undefined && isNumber(a) && isNumber(b) && Number(a) === Number(b);
}
