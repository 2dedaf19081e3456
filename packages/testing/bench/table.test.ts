import { describe, expect, it } from "vitest";

import { figuresOf } from "./figures.ts";
import { alignRows, figureTable, formatValue } from "./table.ts";

describe("formatValue", () => {
  it.each([
    [0.1234, "times", "0.123 x"],
    [1.5, "times", "1.50 x"],
    [123.4, "seconds", "123 s"],
    [1.5 * 2 ** 30, "bytes", "1536 MiB"],
    [12, "count", "12"],
  ] as const)("writes %d %s as %s", (value, unit, expected) => {
    expect(formatValue(value, unit)).toBe(expected);
  });
});

describe("alignRows", () => {
  it("puts names to the left and numbers to the right, without trailing space", () => {
    expect(
      alignRows([
        ["a", "1", "ok"],
        ["long", "100", ""],
      ]),
    ).toBe("a       1  ok\nlong  100\n");
  });
});

describe("figureTable", () => {
  it("says of every figure whether it is met, missed or not measured", () => {
    const second = {
      seconds: 2,
      gzipSeconds: 1,
      cpuSeconds: 1,
      peakBytes: 2 ** 30,
      sharedMemoryBytes: 0,
    };
    const measured = {
      coldDay: [second, { ...second, seconds: 3 }],
      coldWeek: [],
      warmDay: [{ ...second, seconds: 0.1 }],
      query: [],
      trace: [],
      start: [],
      sizes: null,
      probed: {},
    };
    expect(figureTable(figuresOf(measured))).toMatchInlineSnapshot(`
      "figure                                                            min    median       max   at most
      cold report, of gzip                                           2.00 x    2.50 x    3.00 x    1.50 x  MISSED
      warm report, of gzip                                          0.100 x   0.100 x   0.100 x   0.150 x  met
      query top-rejected, of gzip                                         -         -         -    1.00 x  not measured
      trace ADDRESS, of gzip                                              -         -         -    1.00 x  not measured
      cold report, 7 days of 1                                            -         -         -    7.30 x  not measured
      peak memory, 1 day                                           1024 MiB  1024 MiB  1024 MiB  1536 MiB  met
      peak memory, 7 days                                                 -         -         -  1536 MiB  not measured
      peak memory, 7 days of 1                                            -         -         -    1.10 x  not measured
      turnaway --help                                                     -         -         -   0.300 s  not measured
      state, of the records as Parquet                                    -         -         -   0.200 x  not measured
      Athena's answers, of 100 ms + 2 µs a cell                           -         -         -    1.00 x  not measured
      memory for 100,000 rows from Athena                                 -         -         -   191 MiB  not measured
      bytes of a day's build and report, of the published queries         -         -         -   0.010 x  not measured
      the same at 90 days of retention, of 7                              -         -         -    1.10 x  not measured
      queries of a report                                                 -         -         -        12  not measured
      issue and pages of 100,000 findings                                 -         -         -    2.00 s  not measured
      peak memory for 100,000 findings, all files                         -         -         -   300 MiB  not measured
      the Action, to the first line of its log                            -         -         -    1.00 s  not measured
      "
    `);
  });
});
