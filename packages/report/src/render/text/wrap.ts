import stringWidth from "string-width";

/**
 * Breaks text at spaces so that every line fits in `width` terminal cells; a
 * word that does not fit is cut. Text must be one line without control characters.
 */
export function wrapText(text: string, width: number): string[] {
  if (displayWidth(text) <= width) return [text];
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const word of text.split(BREAK).flatMap((part) => cutWord(part, width))) {
    const size = displayWidth(word);
    if (used > 0 && used + 1 + size > width) {
      lines.push(line);
      line = word;
      used = size;
    } else {
      line += used === 0 ? word : ` ${word}`;
      used += used === 0 ? size : size + 1;
    }
  }
  return [...lines, line];
}

/** Terminal cells that the text takes: wide characters take two, combining marks none. */
export function displayWidth(text: string): number {
  return ASCII.test(text) ? text.length : stringWidth(text);
}

/** Fills up with spaces to `width` cells. */
export function padText(text: string, width: number, side: "left" | "right" = "left"): string {
  const fill = " ".repeat(Math.max(0, width - displayWidth(text)));
  return side === "left" ? text + fill : fill + text;
}

/** The text, or its beginning and `…` when it takes more than `width` cells. */
export function fitText(text: string, width: number): string {
  return displayWidth(text) <= width ? text : `${takeCells(text, width - 1)}…`;
}

// Not between `<` and the amount that it is about.
const BREAK = /(?<!(?:^| )<) /;
const ASCII = /^[\x20-\x7e]*$/;
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

function cutWord(word: string, width: number): string[] {
  const parts: string[] = [];
  let rest = word;
  while (displayWidth(rest) > width) {
    // At least one character a line, or a wide one in one cell would loop for ever.
    const part = takeCells(rest, width) || firstGrapheme(rest);
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return rest === "" && parts.length > 0 ? parts : [...parts, rest];
}

function takeCells(text: string, cells: number): string {
  let taken = "";
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += displayWidth(segment);
    if (used > cells) break;
    taken += segment;
  }
  return taken;
}

function firstGrapheme(text: string): string {
  for (const { segment } of graphemes.segment(text)) return segment;
  return text;
}
