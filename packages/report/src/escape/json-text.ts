/**
 * JSON whose bytes are safe to print: the same value, with control, bidirectional
 * and zero-width characters written as `\uXXXX`, and no `##[command]` for the
 * GitHub runner. Only for text that is JSON already, where these stand in strings.
 */
export function jsonText(json: string): string {
  return json.replace(UNSAFE, (match) => (match === "##[" ? "#\\u0023[" : escapeUnits(match)));
}

// DEL, C1 and every Cf character, with U+2028 and U+2029. Spelled out in UTF-16
// units because a Unicode expression takes three times as long over 100 MB.
const UNSAFE =
  /[\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\ud804[\udcbd\udccd]|\ud80d[\udc30-\udc3f]|\ud82f[\udca0-\udca3]|\ud834[\udd73-\udd7a]|\udb40[\udc01\udc20-\udc7f]|##\[/g;

function escapeUnits(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
  ).join("");
}
