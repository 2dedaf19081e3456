import { DEFAULT_FIELDS, parseLogFormat, RICH_FORMAT } from "@turnaway/core";
import fc from "fast-check";
import { expect, test } from "vitest";

import type { SimulationOptions } from "./options.ts";
import { formatRecord } from "./record.ts";
import { simulate } from "./simulation.ts";

const OPTIONS: SimulationOptions = {
  seed: 3,
  startDay: "2026-11-10",
  days: 2,
  format: "default",
  recordsPerDay: 10_000,
};

test.each(["default", "rich"] as const)(
  "the fast text is the records, line by line (%s)",
  (format) => {
    const simulation = simulate({ ...OPTIONS, format });
    let compared = 0;
    for (const file of simulation.files("2026-11-11")) {
      const slow = [...file.records].map((record) => `${formatRecord(record, file.format)}\n`);
      expect([...file.text()].join("")).toBe(`${file.format.fields.join(" ")}\n${slow.join("")}`);
      compared += slow.length;
    }
    expect(compared).toBeGreaterThan(9000);
  },
);

test("a line splits into the fields of any format, and reads back as the record", () => {
  const formats = fc.shuffledSubarray([...RICH_FORMAT.fields], { minLength: 1 });
  fc.assert(
    fc.property(formats, (fields) => {
      const format = parseLogFormat(fields.join(" "));
      const simulation = simulate({ ...OPTIONS, format });
      const [file] = simulation.files("2026-11-10");
      for (const record of file!.records) {
        const values = formatRecord(record, format).split(" ");
        expect(values.length).toBe(fields.length);
        for (const [index, name] of fields.entries()) {
          expect(String(record[name as keyof typeof record] ?? "-")).toBe(values[index]);
        }
      }
    }),
    { numRuns: 15 },
  );
});

test("a record carries the fields of its format and no other", () => {
  const [record] = simulate(OPTIONS).records("2026-11-10");
  expect(Object.keys(record!)).toEqual(["deliveredAt", ...DEFAULT_FIELDS]);
});

test("the version is the highest among the fields", () => {
  const cases = [
    ["version srcaddr", 2],
    ["version vpc-id", 3],
    ["version flow-direction az-id", 5],
    ["version interface-type", 11],
  ] as const;
  for (const [fields, version] of cases) {
    const [record] = simulate({ ...OPTIONS, format: parseLogFormat(fields) }).records("2026-11-10");
    expect(record?.version).toBe(version);
  }
});

test("NODATA and SKIPDATA have nothing but interface, times and status", () => {
  const simulation = simulate({ ...OPTIONS, incidents: ["skip-data"] });
  const seen = new Map<string, string>();
  for (const day of ["2026-11-10", "2026-11-11"]) {
    for (const record of simulation.records(day)) {
      const line = formatRecord(record, simulation.settings.format);
      if (record["log-status"] !== "OK") seen.set(String(record["log-status"]), line);
    }
  }
  expect([...seen.keys()].sort()).toEqual(["NODATA", "SKIPDATA"]);
  for (const [status, line] of seen) {
    expect(line).toMatch(
      new RegExp(
        String.raw`^2 111122223333 eni-0[0-9a-f]{16} - - - - - - - \d{10} \d{10} - ${status}$`,
      ),
    );
  }
});
