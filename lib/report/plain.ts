import { maskPasswords } from "../plan/secrets";

/** A text without passwords, and without halves of characters, which no file can hold. */
export function plain(text: string): string {
  return maskPasswords(text).replace(/\p{Cs}/gu, "\ufffd");
}
