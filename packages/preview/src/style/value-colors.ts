import type { Palette } from "./palette.ts";

/** The colour of a value of a category: the same on every visual of every dashboard. */
export type ColorOf = (value: string) => string;

/**
 * Colours of values. Words of flow logs have the colour of their meaning; of other values each
 * has the one that follows from its text, moved on where another value of `values` has it.
 */
export function valueColors(values: readonly string[], palette: Palette): ColorOf {
  const taken = new Map<string, string>();
  const used = new Set<string>();
  for (const value of [...new Set(values)].toSorted()) {
    const color = meaningOf(value, palette) ?? free(value, palette, used);
    used.add(color);
    taken.set(value, color);
  }
  return (value) => taken.get(value) ?? meaningOf(value, palette) ?? free(value, palette, used);
}

/** The colour of a measure by what it counts; see `meaningText`. */
export function measureColor(meaning: string, palette: Palette): string {
  return /reject|refus|lost|late\b|\bnew\b/i.test(meaning) ? palette.rejected : palette.accepted;
}

function meaningOf(value: string, palette: Palette): string | undefined {
  const meaning = MEANINGS[value.toLowerCase()];
  return meaning === undefined ? undefined : meaning(palette);
}

function free(value: string, { series }: Palette, used: ReadonlySet<string>): string {
  const first = hash(value) % series.length;
  for (let step = 0; step < series.length; step++) {
    const color = series[(first + step) % series.length]!;
    if (!used.has(color)) return color;
  }
  return series[first]!;
}

// FNV-1a: any spread will do, as long as it is the same on every machine.
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  }
  return sum >>> 0;
}

const series =
  (index: number) =>
  (palette: Palette): string =>
    palette.series[index]!;
const named =
  (name: "accepted" | "rejected" | "new" | "ongoing" | "quiet") =>
  (palette: Palette): string =>
    palette[name];

const MEANINGS: Readonly<Record<string, (palette: Palette) => string>> = {
  accepted: named("accepted"),
  accept: named("accepted"),
  ok: named("accepted"),
  traffic: named("accepted"),
  rejected: named("rejected"),
  reject: named("rejected"),
  skipdata: named("rejected"),
  request: named("rejected"),
  rule: named("rejected"),
  new: named("new"),
  ongoing: named("ongoing"),
  reply: named("ongoing"),
  late: named("quiet"),
  noise: named("quiet"),
  nodata: named("quiet"),
  none: named("quiet"),
  others: named("quiet"),
  internal: series(0),
  egress: series(1),
  ingress: series(2),
  transit: series(3),
  client: series(6),
  server: series(0),
  both: series(3),
  bpa: series(3),
  ec: series(2),
};
