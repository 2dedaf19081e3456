/** A picture whose pixels are indices into a palette. */
export interface Indexed {
  readonly width: number;
  readonly height: number;
  readonly palette: readonly (readonly [red: number, green: number, blue: number])[];
  readonly pixels: Uint8Array;
}

/**
 * The picture with its most frequent 256 colours; each other pixel gets the nearest of them.
 * Drawings have few colours and many shades at the edges of letters, so nobody sees it.
 *
 * @param rgba four bytes a pixel, opaque
 */
export function indexColors(rgba: Uint8Array, width: number, height: number): Indexed {
  const counts = new Map<number, number>();
  for (let i = 0; i < rgba.length; i += 4) {
    const color = colorAt(rgba, i);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const sorted = [...counts].toSorted(([a, x], [b, y]) => y - x || a - b).map(([color]) => color);
  const chosen = sorted.slice(0, MOST_COLORS);
  const places = new Map(chosen.map((color, i) => [color, i]));
  for (const color of sorted.slice(MOST_COLORS)) places.set(color, nearest(color, chosen));
  const pixels = new Uint8Array(width * height);
  for (let i = 0; i < pixels.length; i++) pixels[i] = places.get(colorAt(rgba, i * 4))!;
  return { width, height, palette: chosen.map(channels), pixels };
}

const MOST_COLORS = 256;

function colorAt(rgba: Uint8Array, at: number): number {
  return (rgba[at]! << 16) | (rgba[at + 1]! << 8) | rgba[at + 2]!;
}

function channels(color: number): [number, number, number] {
  return [color >> 16, (color >> 8) & 255, color & 255];
}

function nearest(color: number, chosen: readonly number[]): number {
  const [red, green, blue] = channels(color);
  let [best, least] = [0, Infinity];
  for (const [i, other] of chosen.entries()) {
    const distance =
      ((other >> 16) - red) ** 2 +
      (((other >> 8) & 255) - green) ** 2 +
      ((other & 255) - blue) ** 2;
    if (distance < least) [best, least] = [i, distance];
  }
  return best;
}
