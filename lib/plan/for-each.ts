import { isLate } from "./late";

type Json = Record<string, unknown>;

const LITERAL_SET = /^\$\{toset\((\[.*\])\)\}$/s;

/** The engine writes a list to iterate over as a function of Terraform; its literal elements are the instances. */
export function withInstances(attributes: Json): Json {
  const { for_each: forEach } = attributes;
  const list = typeof forEach === "string" ? LITERAL_SET.exec(forEach)?.[1] : undefined;
  if (list === undefined) return attributes;
  try {
    const elements: unknown[] = JSON.parse(list);
    if (!elements.every((element) => typeof element === "string" && !isLate(element))) return attributes;
    return { ...attributes, for_each: Object.fromEntries(elements.map((element) => [element, element])) };
  } catch {
    return attributes;
  }
}
