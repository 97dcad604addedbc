import { maskPasswords } from "../plan/secrets";

/** Longer than any name that one reads in a picture. */
const LONGEST = 200;

/** A text of the plan as a picture may show it: one line, no passwords, nothing that hides or turns letters. */
export function shown(text: string): string {
  const clean = maskPasswords(text)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}\u2028\u2029]+/gu, " ")
    .trim();
  return clean.length <= LONGEST ? clean : `${clean.slice(0, LONGEST - 1)}…`;
}
