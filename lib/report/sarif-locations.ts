import { pathToFileURL } from "node:url";
import type { EntryPlace } from "./entry";
import { isOutside } from "./file-line";

/** What stands for the folder of the repository, whose own path is nobody's business. */
export const ROOT = "SRCROOT";

/** Where a finding is: the line for readers, the construct and the resource for programs. */
export function sarifLocation(place: EntryPlace) {
  const logical = logicalLocations(place);
  return {
    physicalLocation: physicalLocation(place),
    ...(logical.length === 0 ? {} : { logicalLocations: logical }),
  };
}

/**
 * GitHub refuses a whole file for one result without a file in it: what no line is known of is in line 1 of a file
 * with the name of its stack.
 */
function physicalLocation({ source, unit }: EntryPlace) {
  const region = { startLine: source?.line ?? 1 };
  if (source && isOutside(source)) {
    return { artifactLocation: { uri: pathToFileURL(source.file).href }, region };
  }
  const path = source?.file ?? (unit.replace(/^\/+/, "") || "plan");
  return { artifactLocation: { uri: relativeUri(path), uriBaseId: ROOT }, region };
}

function logicalLocations({ label, constructPath, address }: EntryPlace) {
  return [
    ...(constructPath === undefined
      ? []
      : [{ name: label, fullyQualifiedName: constructPath, kind: "construct" }]),
    ...(address === undefined ? [] : [{ name: label, fullyQualifiedName: address, kind: "resource" }]),
  ];
}

/** Each part is encoded, so that no name is read as a scheme, a query or the way out of the folder. */
function relativeUri(path: string): string {
  return path
    .split("/")
    .map((part) => (part === "." || part === ".." ? part.replaceAll(".", "%2E") : encodeURIComponent(part)))
    .join("/");
}
