/**
 * `user:password@`, of a URI or of a host. A password may hold anything, however wrong that is: it ends at the last
 * at sign, before a blank or, in quotes, before the closing one.
 */
const UNQUOTED = /([a-z][a-z0-9+.-]*:\/\/[^\s:/?#@"']*):\S*@/gi;
const QUOTED = /("(?:[a-z][a-z0-9+.-]*:\/\/)?[^\s:/?#@"'\\]*):(?:\\.|[^"\\\n])*@/gi;

/** A text without the passwords in it, for whatever people or machines read. */
export function maskPasswords(text: string): string {
  return text.includes("@") ? text.replace(QUOTED, "$1:***@").replace(UNQUOTED, "$1:***@") : text;
}
