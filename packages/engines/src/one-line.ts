/** A service's words inside a sentence of ours: no line ends, and no full stop of their own. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim().replace(/\.$/, "");
}
