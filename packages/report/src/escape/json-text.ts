/**
 * JSON whose bytes are safe to print: the same value, with control, bidirectional
 * and zero-width characters written as `\uXXXX`, and no `##[command]` for the
 * GitHub runner. Only for text that is JSON already, where these stand in strings.
 */
export function jsonText(json: string): string {
  return json
    .replace(/[\x7f-\x9f\p{Cf}\u2028\u2029]/gu, escapeUnits)
    .replaceAll("##[", "#\\u0023[");
}

function escapeUnits(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
  ).join("");
}
