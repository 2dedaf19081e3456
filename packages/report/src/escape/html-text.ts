import { PROSE_LIMIT, visibleText } from "./visible-text.ts";

/** Hostile text for HTML, in an element or in a quoted attribute. */
export function htmlText(text: string): string {
  return visibleText(text, PROSE_LIMIT).replace(/[&<>"'`]/g, (character) => ENTITIES[character]!);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};
