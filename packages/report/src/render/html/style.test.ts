import { expect, test } from "vitest";
import { STYLE } from "./style.ts";

// Text and what it stands on, as the style sheet pairs them.
const PAIRS = [
  ["ink", "page"],
  ["ink", "card"],
  ["soft", "page"],
  ["soft", "card"],
  ["link", "page"],
  ["ink", "code"],
  ["ink", "next"],
  ["ink", "high-back"],
  ["ink", "critical-back"],
  ...["critical", "high", "medium", "low", "info", "clear"].map((name) => [name, `${name}-back`]),
] as [string, string][];

const [light, dark, paper] = [...STYLE.matchAll(/:root \{([^}]*)\}/g)].map(([, body]) =>
  Object.fromEntries(
    [...body!.matchAll(/--([\w-]+): (#[\da-f]{3,6})/g)].map(([, name, hex]) => [name, hex]),
  ),
) as Record<string, string>[];

test.each([
  ["light", { ...light }],
  ["dark", { ...light, ...dark }],
  ["paper", { ...light, ...paper }],
])("text on the %s page has the contrast of WCAG AA", (_, colours: Record<string, string>) => {
  for (const [text, back] of PAIRS) {
    const ratio = contrast(colours[text]!, colours[back]!);
    expect(ratio, `${text} on ${back}`).toBeGreaterThanOrEqual(4.5);
  }
});

function contrast(first: string, second: string): number {
  const [low, high] = [luminance(first), luminance(second)].sort((a, b) => a - b) as [
    number,
    number,
  ];
  return (high + 0.05) / (low + 0.05);
}

// WCAG 2.2, relative luminance.
function luminance(hex: string): number {
  const digits = hex.length === 4 ? hex.replace(/[\da-f]/g, "$&$&") : hex;
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
