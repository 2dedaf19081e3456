import { describe, expect, it } from "vitest";

import { figuresOf, type Measurements, type Sample } from "./figures.ts";
import type { FigureId } from "./limits.ts";

const MIB = 2 ** 20;

function sample(part: Partial<Sample>): Sample {
  return {
    seconds: 1,
    gzipSeconds: 1,
    cpuSeconds: 1,
    peakBytes: 100 * MIB,
    sharedMemoryBytes: 0,
    ...part,
  };
}

interface Judged {
  readonly median: number;
  readonly met: boolean;
}

const NOTHING: Measurements = {
  coldDay: [],
  coldWeek: [],
  warmDay: [],
  query: [],
  trace: [],
  start: [],
  sizes: null,
  probed: {},
};

function check(
  id: FigureId,
  measured: Partial<Measurements>,
): { median: number | null; met: boolean | null } {
  const figure = figuresOf({ ...NOTHING, ...measured }).find((one) => one.id === id)!;
  return { median: figure.spread?.median ?? null, met: figure.met };
}

describe("figuresOf", () => {
  it.each<[string, FigureId, Partial<Measurements>, Judged]>([
    [
      "compares a report with gzip",
      "cold-report",
      { coldDay: [sample({ seconds: 3, gzipSeconds: 2 })] },
      { median: 1.5, met: true },
    ],
    [
      "misses a limit by a hair",
      "cold-report",
      { coldDay: [sample({ seconds: 3.02, gzipSeconds: 2 })] },
      { median: 1.51, met: false },
    ],
    [
      "judges by the median, not by the worst round",
      "warm-report",
      { warmDay: [0.1, 0.9, 0.12].map((seconds) => sample({ seconds })) },
      { median: 0.12, met: true },
    ],
    [
      "takes the start as it is",
      "start",
      { start: [sample({ seconds: 0.2, gzipSeconds: 9 })] },
      { median: 0.2, met: true },
    ],
    [
      "lets a slower minute fall on both sides of the week",
      "week",
      {
        coldDay: [sample({ seconds: 2, gzipSeconds: 1 })],
        coldWeek: [sample({ seconds: 28, gzipSeconds: 2 })],
      },
      { median: 7, met: true },
    ],
    [
      "compares the largest memory of the week with the largest of the day",
      "memory-growth",
      {
        coldDay: [sample({ peakBytes: 90 * MIB }), sample({ peakBytes: 100 * MIB })],
        coldWeek: [sample({ peakBytes: 130 * MIB })],
      },
      { median: 1.3, met: false },
    ],
    [
      "compares the state with Parquet",
      "rollup-size",
      { sizes: { stateBytes: 30, parquetBytes: 100 } },
      { median: 0.3, met: false },
    ],
    [
      "takes what a script measured",
      "scale-queries",
      { probed: { "scale-queries": [12] } },
      { median: 12, met: true },
    ],
  ])("%s", (_name, id, measured, expected) => {
    const figure = check(id, measured);
    expect(figure.median).toBeCloseTo(expected.median, 9);
    expect(figure.met).toBe(expected.met);
  });

  it("neither meets nor misses what was not measured", () => {
    expect(figuresOf(NOTHING).map(({ met }) => met)).toEqual(figuresOf(NOTHING).map(() => null));
    expect(check("memory-day", { coldDay: [sample({ peakBytes: null })] })).toEqual({
      median: null,
      met: null,
    });
  });
});
