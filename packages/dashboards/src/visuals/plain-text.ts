const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

/** The text of QuickSight's rich text, `<visual-title><b>Refused</b></visual-title>`. Lines stay lines. */
export function plainText(rich: string): string {
  return rich
    .replaceAll(/<(?:br|\/p|\/li|\/block)\b[^>]*>/gi, "\n")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll(/&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/gi, (whole, decimal, hex, name) => {
      if (decimal !== undefined) return character(Number(decimal), whole);
      if (hex !== undefined) return character(Number.parseInt(hex, 16), whole);
      return ENTITIES[String(name).toLowerCase()] ?? whole;
    })
    .trim();
}

function character(code: number, whole: string): string {
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
}
