import { dayWindow } from "@turnaway/core";
import { simulate } from "@turnaway/simulator";
import { composeTrace, DEFAULT_SETTINGS, parseTraceSubject } from "@turnaway/sql";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";

import { listLocalSources } from "@turnaway/sources";

import { openAnswer } from "./open-answer.ts";
import { openLogs } from "./open-logs.ts";

const settings = DEFAULT_SETTINGS;
const window = dayWindow("2026-11-19", "UTC");
const signal = new AbortController().signal;

test.each(["default", "rich"] as const)(
  "conversations over a kept answer are those over the logs, in the %s format",
  async (format) => {
    const folder = mkdtempSync(path.join(tmpdir(), "turnaway-answer-"));
    try {
      const file = path.join(folder, "day.log");
      const simulation = simulate({
        seed: 5,
        startDay: "2026-11-19",
        days: 1,
        format,
        recordsPerDay: 3000,
        hosts: 60,
      });
      const texts = [...simulation.files("2026-11-19")].map((one) => [...one.text()].join(""));
      writeFileSync(file, texts.join(""));
      const { files } = await listLocalSources([file], { tempDir: folder, signal });
      const subject = parseTraceSubject("10.0.0.0/8");
      const asked = { settings, window, limit: null };
      const { conversations, tuples } = composeTrace(subject, asked);
      const logs = await openLogs({ files, settings, sql: conversations.sql, signal });
      const wanted = await logs.engine.run(conversations);
      const { rows } = await logs.engine.run(tuples);
      logs.close();
      expect(rows.length).toBeGreaterThan(2048);
      const kept = await openAnswer({ table: "kept", sql: tuples.sql, settings, rows });
      const here = composeTrace(subject, { ...asked, stage: "kept" }).conversations;
      const found = await kept.engine.run(here);
      kept.close();
      expect(found.rows).toEqual(wanted.rows);
      expect(found.columns).toEqual(wanted.columns);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  60_000,
);

test("an answer without one of the columns is a bug that is named", async () => {
  const { tuples } = composeTrace(parseTraceSubject("10.0.3.7"), { settings, window, limit: null });
  const options = { table: "kept", sql: tuples.sql, settings, rows: [{ day: "2026-11-19" }] };
  await expect(openAnswer(options)).rejects.toThrow(/^an answer lacks a column \(kept\): /);
});
