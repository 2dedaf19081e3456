import fc from "fast-check";
import { PNG } from "pngjs";
import { expect, test } from "vitest";

import { encodePng } from "./encode-png.ts";
import { indexColors } from "./index-colors.ts";
import { renderPng } from "./render-png.ts";

test("a picture of few colours is the same when it is read again", () => {
  const pixel = fc.constantFrom([0, 0, 0], [255, 255, 255], [200, 30, 40], [1, 2, 3]);
  const picture = fc
    .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 }))
    .chain(([width, height]) =>
      fc.record({
        width: fc.constant(width),
        height: fc.constant(height),
        pixels: fc.array(pixel, { minLength: width * height, maxLength: width * height }),
      }),
    );
  fc.assert(
    fc.property(picture, ({ width, height, pixels }) => {
      const rgba = Uint8Array.from(pixels.flatMap((one) => [...one, 255]));
      const read = PNG.sync.read(Buffer.from(encodePng(indexColors(rgba, width, height))));
      expect([read.width, read.height]).toEqual([width, height]);
      expect(Uint8Array.from(read.data)).toEqual(rgba);
    }),
  );
});

test("of more colours than a palette has the frequent ones stay, and others get the nearest", () => {
  const shades = Array.from({ length: 300 }, (_, i) => [i >> 1, 100 + (i % 2), 0, 255]);
  const often = Array.from({ length: 50 }, () => [250, 0, 250, 255]);
  const rgba = Uint8Array.from([...often, ...shades].flat());
  const { palette, pixels } = indexColors(rgba, 350, 1);
  expect(palette).toHaveLength(256);
  expect(palette[pixels[0]!]).toEqual([250, 0, 250]);
  for (const [i, [red]] of shades.entries()) {
    expect(Math.abs(palette[pixels[50 + i]!]![0] - red!)).toBeLessThanOrEqual(25);
  }
});

test("letters are drawn with the font of the package", () => {
  const svg = (text: string): string =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="30"><rect width="80" height="30" fill="#fff"/><text x="5" y="20" font-size="16" font-family="IBM Plex Sans, sans-serif">${text}</text></svg>`;
  const dark = (text: string): number => {
    const { data } = PNG.sync.read(Buffer.from(renderPng(svg(text))));
    return data.filter((value, i) => i % 4 === 0 && value < 128).length;
  };
  expect(dark("")).toBe(0);
  expect(dark("Il1")).toBeGreaterThan(20);
});
