import { htmlText } from "@turnaway/report";

/** Where and how a text stands; `y` is its baseline. */
export interface TextStyle {
  readonly x: number;
  readonly y: number;
  readonly fill: string;
  readonly size: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly isBold?: boolean;
}

/** A line of text: the one place where text from outside becomes SVG. */
export function svgText(text: string, { x, y, fill, size, anchor, isBold }: TextStyle): string {
  const extra =
    (anchor === undefined || anchor === "start" ? "" : ` text-anchor="${anchor}"`) +
    (isBold === true ? ' font-weight="600"' : "");
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${fill}"${extra}>${htmlText(text)}</text>`;
}

export interface RectStyle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill: string;
  readonly stroke?: string;
  readonly radius?: number;
}

export function svgRect({ x, y, width, height, fill, stroke, radius = 0 }: RectStyle): string {
  const edge = stroke === undefined ? "" : ` stroke="${stroke}"`;
  const corner = radius === 0 ? "" : ` rx="${radius}"`;
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fill}"${edge}${corner}/>`;
}

/** Two decimals: the same picture in fewer bytes. */
export function round(number: number): number {
  return Math.round(number * 100) / 100;
}
