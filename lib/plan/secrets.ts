/** `user:password@` of a URI, whose password may hold anything but blanks, however wrong that is. */
const PASSWORD = /([a-z][a-z0-9+.-]*:\/\/[^\s:/?#@"']*):\S*@/gi;

/** A text without the passwords of the URIs in it, for whatever people or machines read. */
export function maskPasswords(text: string): string {
  return text.includes("://") ? text.replace(PASSWORD, "$1:***@") : text;
}
