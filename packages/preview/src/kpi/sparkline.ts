import { round } from "../svg/elements.ts";

/** Where a sparkline is drawn. */
export interface SparkFrame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly color: string;
}

/** A line over the periods with an area below it and a dot at its end; gaps are left open. */
export function sparkline(points: readonly (number | null)[], frame: SparkFrame): string {
  const known = points.flatMap((point) => point ?? []);
  if (known.length < 2) return "";
  const { color, y, height } = frame;
  const runs = runsOf(points, placing(known, points.length, frame));
  const lines = runs.map(
    (run) =>
      `<path d="${pathOf(run)}" fill="none" stroke="${color}" stroke-width="1.75" stroke-linejoin="round" stroke-linecap="round"/>`,
  );
  const areas = runs.map((run) => {
    const [first, last] = [run[0]!, run.at(-1)!];
    const base = round(y + height);
    return `<path d="${pathOf(run)}L${last[0]} ${base}L${first[0]} ${base}Z" fill="${color}" fill-opacity="0.12"/>`;
  });
  const [cx, cy] = runs.at(-1)!.at(-1)!;
  return [...areas, ...lines, `<circle cx="${cx}" cy="${cy}" r="2.75" fill="${color}"/>`].join("");
}

type Point = readonly [x: number, y: number];

function placing(
  known: readonly number[],
  count: number,
  { x, y, width, height }: SparkFrame,
): (value: number, i: number) => Point {
  const most = Math.max(...known);
  const least = Math.min(0, ...known);
  const span = most - least || 1;
  const step = (width - 6) / Math.max(1, count - 1);
  return (value, i) => [
    round(x + 3 + i * step),
    round(y + 3 + (height - 3) * (1 - (value - least) / span)),
  ];
}

function runsOf(
  points: readonly (number | null)[],
  place: (value: number, i: number) => Point,
): Point[][] {
  const runs: Point[][] = [];
  let run: Point[] = [];
  for (const [i, point] of points.entries()) {
    if (point === null) {
      run = [];
      continue;
    }
    if (run.length === 0) runs.push(run);
    run.push(place(point, i));
  }
  return runs;
}

function pathOf(run: readonly Point[]): string {
  return run.map(([x, y], i) => `${i === 0 ? "M" : "L"}${x} ${y}`).join("");
}
