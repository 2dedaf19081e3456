import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { defaultConfig, type Report } from "@turnaway/core";
import { renderJson, renderMarkdown } from "@turnaway/report";
import { readSettings } from "@turnaway/runs";
import { reportOn } from "@turnaway/runs/reports";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { writeSimulation } from "../src/write-simulation.ts";
import { silentPorts } from "./support/silent-ports.ts";

const folder = mkdtempSync(path.join(tmpdir(), "turnaway-golden-"));
const signal = new AbortController().signal;

/** On the last of six days some troubles are new, some go on and some have ended. */
const SIMULATION = {
  seed: 7,
  days: 6,
  startDay: "2026-11-14",
  recordsPerDay: 10_000,
  format: "rich",
  layout: "hive",
  fileFormat: "text",
  incidents: "all",
} as const;

describe("the report of a simulated day", () => {
  let report: Report;

  beforeAll(async () => {
    await writeSimulation({ ...SIMULATION, out: folder }, { signal });
    const options = { now: "2026-11-20T06:00:00Z", date: "2026-11-19", quiet: true };
    const settings = { ...readSettings(options), config: defaultConfig(), configDir: null };
    const logs = path.join(folder, "AWSLogs");
    report = withoutReceipt(await reportOn({ sources: [logs], settings, options }, silentPorts()));
  }, 120_000);

  test("has something of every status, so that the files below show each", () => {
    const { new: fresh, ongoing, resolved } = report.counts;
    expect(Math.min(fresh, ongoing, resolved)).toBeGreaterThan(0);
  });

  test("is the reviewed Markdown", async () => {
    await expect(renderMarkdown(report)).toMatchFileSnapshot("golden/simulated-day.md");
  });

  test("is the reviewed JSON", async () => {
    await expect(renderJson(report)).toMatchFileSnapshot("golden/simulated-day.json");
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

// The only part that differs from run to run.
function withoutReceipt(report: Report): Report {
  const receipt = { queries: [], scannedBytes: 0, costUsd: 0, durationMs: 0, versions: {} };
  return { ...report, receipt: { engine: report.receipt.engine, ...receipt } };
}
