import { parseFlowLogKey, S3_LAYOUTS } from "@turnaway/core";
import { describe, expect, test } from "vitest";

import { INCIDENT_KINDS, type IncidentKind } from "./incident.ts";
import type { SimulationOptions } from "./options.ts";
import { filesOf, incidentsJson, simulate, type Simulation } from "./simulation.ts";

const OPTIONS: SimulationOptions = {
  seed: 7,
  startDay: "2026-11-10",
  days: 8,
  format: "default",
  recordsPerDay: 20_000,
};
const DAYS = Array.from({ length: 8 }, (_, index) => `2026-11-${10 + index}`);

describe("the same options", () => {
  test.each(["default", "rich"] as const)("give the same bytes (%s)", (format) => {
    const once = simulate({ ...OPTIONS, format });
    const again = simulate({ ...OPTIONS, format });
    expect(textOf(once, "2026-11-13")).toBe(textOf(again, "2026-11-13"));
    expect(incidentsJson(once)).toBe(incidentsJson(again));
  });

  test("give a day without the days before it", () => {
    const inOrder = simulate(OPTIONS);
    const texts = DAYS.map((day) => textOf(inOrder, day));
    const alone = simulate(OPTIONS);
    expect(textOf(alone, DAYS[5]!)).toBe(texts[5]);
    expect(textOf(alone, DAYS[2]!)).toBe(texts[2]);
  });

  test("give other bytes for another seed", () => {
    const other = simulate({ ...OPTIONS, seed: 8 });
    expect(textOf(other, DAYS[0]!)).not.toBe(textOf(simulate(OPTIONS), DAYS[0]!));
    expect(incidentsJson(other)).not.toBe(incidentsJson(simulate(OPTIONS)));
  });

  test("write the labels as they are documented", async () => {
    const json = incidentsJson(simulate({ ...OPTIONS, format: "rich" }));
    await expect(json).toMatchFileSnapshot("../test/golden/incidents.json");
  });

  test("write these first lines of a file", async () => {
    const rich = simulate({ ...OPTIONS, format: "rich" });
    const lines = textOf(rich, DAYS[1]!).split("\n").slice(0, 20).join("\n");
    await expect(`${lines}\n`).toMatchFileSnapshot("../test/golden/rich.log");
  });
});

describe("the size of a day", () => {
  test.each([10_000, 40_000, 250_000])("is near %i records", (recordsPerDay) => {
    const quiet = simulate({ ...OPTIONS, recordsPerDay, incidents: "none" });
    const size = [...quiet.files(DAYS[1]!)].reduce((sum, file) => sum + file.size, 0);
    expect(size / recordsPerDay).toBeGreaterThan(0.9);
    expect(size / recordsPerDay).toBeLessThan(1.1);
  });

  test("does not change the hosts", () => {
    const addresses = (records: number) =>
      simulate({ ...OPTIONS, recordsPerDay: records }).network.hosts.map((host) => host.address);
    expect(addresses(500_000)).toEqual(addresses(20_000));
    expect(new Set(addresses(20_000)).size).toBe(200);
  });
});

describe("delivery", () => {
  const simulation = simulate({ ...OPTIONS, incidents: "none" });

  test("is in order, after the end of the record and within 20 minutes of it", () => {
    let before = 0;
    for (const record of simulation.records(DAYS[4]!)) {
      expect(record.deliveredAt).toBeGreaterThanOrEqual(before);
      const wait = record.deliveredAt - Number(record.end);
      if (wait < -300 || wait > 1200) expect.fail(`delivered ${wait} s after its end`);
      before = record.deliveredAt;
    }
    expect(before).toBeGreaterThan(0);
  });

  test("brings no record that begins outside the run, and has no hole at midnight", () => {
    const { from, until } = simulation.settings;
    const starts = DAYS.flatMap((day) =>
      [...simulation.records(day)].map(({ start }) => Number(start)),
    );
    expect(starts.filter((start) => start < from || start >= until)).toEqual([]);
    const tenMinutes = Map.groupBy(starts, (start) => Math.floor((start - from) / 600));
    const counts = Array.from(
      { length: 8 * 144 },
      (_, index) => tenMinutes.get(index)?.length ?? 0,
    );
    // 20,000 a day are 139 in ten minutes; nights are quieter.
    expect(Math.min(...counts)).toBeGreaterThan(30);
    expect(Math.max(...counts)).toBeLessThan(300);
  });

  test("has a file every five minutes, named after its time", () => {
    const files = [...filesOf(simulation, { layout: "default", day: DAYS[3]! })];
    expect(files.length).toBe(288);
    for (const { key, fileTime } of files) {
      expect(parseFlowLogKey(key)).toMatchObject({ day: DAYS[3]!, deliveredAt: fileTime });
    }
  });

  test("has the tail of the last day under the next day's prefix", () => {
    const days = [...filesOf(simulation, { layout: "hive", day: DAYS[7]! })].map(
      ({ key }) => parseFlowLogKey(key)?.day,
    );
    expect(new Set(days)).toEqual(new Set(["2026-11-17", "2026-11-18"]));
  });

  test.each(S3_LAYOUTS)("knows the %s layout", (layout) => {
    const [file] = filesOf(simulation, {
      layout,
      day: DAYS[0]!,
      base: "logs/",
      ext: "log.parquet",
    });
    expect(parseFlowLogKey(file!.key)).toMatchObject({ base: "logs/", layout, ext: "log.parquet" });
  });

  test("has nothing for a day outside the run", () => {
    expect([...simulation.records("2026-11-09"), ...simulation.records("2026-11-18")]).toEqual([]);
  });
});

describe("the choice of incidents", () => {
  const labels = (options: Partial<SimulationOptions>) =>
    simulate({ ...OPTIONS, format: "rich", ...options }).incidents;

  test("covers every kind in eight days", () => {
    expect(new Set(labels({}).map(({ kind }) => kind))).toEqual(new Set(INCIDENT_KINDS));
  });

  test.each(INCIDENT_KINDS)("leaves the others alone when it is only %s", (kind) => {
    const alone = labels({ incidents: [kind] });
    expect(alone).toEqual(labels({}).filter((incident) => incident.kind === kind));
    expect(alone.length).toBeGreaterThan(0);
  });

  test("leaves out what the format can't show", () => {
    const kinds = new Set(labels({ format: "default" }).map(({ kind }) => kind));
    expect(kinds.has("block-public-access") || kinds.has("encryption-control")).toBe(false);
    expect(kinds.size).toBe(INCIDENT_KINDS.length - 2);
  });

  test("leaves out what needs more history than the run has", () => {
    const kinds = labels({ days: 1 }).map(({ kind }) => kind);
    expect(kinds).not.toContain("broken-security-group");
    expect(kinds).toContain("inside-port-scan");
  });

  test("keeps client, server and port of any two apart, for twenty seeds", () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const ends = labels({ seed, hosts: 60 }).map((label) =>
        [label.detection, label.client, label.server, label.port, label.from].join(" "),
      );
      expect(new Set(ends).size).toBe(ends.length);
    }
  });
});

describe("options that can't be", () => {
  const cases: [string, Partial<SimulationOptions>, RegExp][] = [
    ["a day that is none", { startDay: "yesterday" }, /startDay.*"yesterday" is not a day/],
    ["no days", { days: 0 }, /days.*0 is not a whole number from 1 to 400/],
    ["half a seed", { seed: 0.5 }, /seed/],
    ["a village", { hosts: 3 }, /hosts.*from 60 to 4000/],
    [
      "an unknown incident",
      { incidents: [...(JSON.parse('["flood"]') as IncidentKind[])] },
      /"flood" is not a kind of incident/,
    ],
  ];
  test.each(cases)("are refused: %s", (_, wrong, message) => {
    expect(() => simulate({ ...OPTIONS, ...wrong })).toThrow(message);
  });
});

function textOf(simulation: Simulation, day: string): string {
  return [...simulation.files(day)].flatMap((file) => [...file.text()]).join("");
}
