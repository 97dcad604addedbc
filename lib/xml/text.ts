/** For attributes and text alike. XML has no control characters, not even escaped ones: they are shown as pictures. */
export function xmlText(text: string): string {
  return text.replace(SPECIAL, (character) => {
    const code = character.charCodeAt(0);
    return NAMED[character] ?? (code < 0x20 ? String.fromCharCode(0x2400 + code) : "\ufffd");
  });
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML does not allow
const SPECIAL = /[\u0000-\u001f&<>"\ufffe\uffff]/g;
/** Line breaks and tabs as they are would become blanks in attributes. */
const NAMED: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\r": "&#13;",
  "\t": "&#9;",
};
