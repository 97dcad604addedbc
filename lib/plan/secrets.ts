/**
 * `user:password@` of a URI. A password may hold anything, however wrong that is: it ends at the last at sign, before
 * a blank or, in quotes, before the closing one.
 */
const UNQUOTED = /([a-z][a-z0-9+.-]*:\/\/[^\s:/?#@"']*):\S*@/gi;
const QUOTED = /("[a-z][a-z0-9+.-]*:\/\/[^\s:/?#@"'\\]*):(?:\\.|[^"\\\n])*@/gi;
/** The same without a scheme, at the start of a value. */
const USER = /^([^\s:/@]*):.*@/s;

/** A text without the passwords of the URIs in it, for whatever people or machines read. */
export function maskPasswords(text: string): string {
  return text.includes("://") ? text.replace(QUOTED, "$1:***@").replace(UNQUOTED, "$1:***@") : text;
}

/** A value that somebody gave, to be shown to them: also `user:password@host` may be one. */
export function maskValue(value: string): string {
  return value.includes("@") ? maskPasswords(value).replace(USER, "$1:***@") : value;
}
