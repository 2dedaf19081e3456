/** How wide a text is in the font of the pictures, in pixels; a guess for what is not Latin. */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const character of text) width += WIDTHS.get(character) ?? widthOf(character);
  return width * fontSize;
}

/**
 * A text that fits: cut in the middle, since what tells two addresses or ids apart stands at
 * their ends.
 */
export function shorten(text: string, room: number, fontSize: number): string {
  if (textWidth(text, fontSize) <= room) return text;
  const characters = Array.from(text);
  for (let kept = characters.length - 1; kept > 1; kept--) {
    const head = Math.ceil(kept / 2);
    const short = `${characters.slice(0, head).join("")}…${characters.slice(head - kept).join("")}`;
    if (textWidth(short, fontSize) <= room) return short;
  }
  return "…";
}

/** A text cut at its end, for sentences. */
export function shortenEnd(text: string, room: number, fontSize: number): string {
  if (textWidth(text, fontSize) <= room) return text;
  const characters = Array.from(text);
  while (characters.length > 0 && textWidth(`${characters.join("")}…`, fontSize) > room) {
    characters.pop();
  }
  return `${characters.join("").trimEnd()}…`;
}

/** A text in lines that fit, `most` of them: the last one is cut. */
export function wrap(
  text: string,
  { room, fontSize, most }: { room: number; fontSize: number; most: number },
): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`, fontSize) <= room) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  if (lines.length <= most) return lines.map((line) => shortenEnd(line, room, fontSize));
  const rest = lines.slice(most - 1).join(" ");
  return [...lines.slice(0, most - 1), shortenEnd(rest, room, fontSize)];
}

function widthOf(character: string): number {
  const code = character.codePointAt(0)!;
  if (code < 0x300) return /\p{Lu}/u.test(character) ? 0.66 : 0.56;
  return /\p{M}/u.test(character) ? 0 : 1;
}

// Advance widths of IBM Plex Sans Regular, in ems.
const WIDTHS: ReadonlyMap<string, number> = new Map(
  (
    [
      [" 'ij,.l", 0.25],
      ["!:;|[]f", 0.3],
      ["·(){}tr", 0.35],
      ['/\\-I"', 0.4],
      ["*z?svLcy", 0.48],
      ["Jxagke", 0.53],
      ["F_oTESZbdpqhnu", 0.575],
      ["$+0123456789<=>^`~−×–YPVXC", 0.6],
      ["KARBDU&G", 0.66],
      ["#HNOQ", 0.71],
      ["wM…", 0.8],
      ["→m@W%", 0.88],
    ] as const
  ).flatMap(([characters, width]) => Array.from(characters, (one) => [one, width] as const)),
);
