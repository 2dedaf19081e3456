import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { runCommand } from "@turnaway/testing/install";

import { type FailedReport, type MadeReport, readReport } from "./compare-reports.ts";

export interface ReportsRequest {
  /** Checkouts, each with what is installed. */
  readonly base: string;
  readonly head: string;
  /** About so many records a day. */
  readonly records?: number;
  readonly signal: AbortSignal;
}

export interface MadeReports {
  readonly base: MadeReport | FailedReport;
  readonly head: MadeReport | FailedReport;
}

/** Fixed, so that only the code makes a difference. */
const TRAFFIC = { seed: "7", start: "2026-11-14", days: "6" };
const REPORT = { date: "2026-11-19", now: "2026-11-20T06:00:00Z" };

/**
 * Makes the same report twice, by the commands of two checkouts.
 *
 * The traffic is simulated once, by the newer one: a detection comes with an incident that it
 * finds, and only so does the preview show that the older code misses it.
 */
export async function makeReports(request: ReportsRequest): Promise<MadeReports> {
  const { base, head, records = 8000, signal } = request;
  const folder = await mkdtemp(path.join(tmpdir(), "turnaway-preview-"));
  try {
    const logs = path.join(folder, "logs");
    const options = { ...TRAFFIC, records: String(records), fields: "rich", out: logs };
    try {
      const args = command(head, ["simulate", "--quiet"], options);
      await runCommand(process.execPath, args, { cwd: head, signal });
    } catch (error) {
      signal.throwIfAborted();
      return { base: failed(error), head: failed(error) };
    }
    const config = path.join(folder, "turnaway.yml");
    await writeFile(config, "name: preview\n");
    const make = (checkout: string, out: string): Promise<MadeReport | FailedReport> =>
      makeReport(checkout, { logs, config, out: path.join(folder, out), signal });
    return { base: await make(base, "base"), head: await make(head, "head") };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeReport(
  checkout: string,
  { logs, config, out, signal }: { logs: string; config: string; out: string; signal: AbortSignal },
): Promise<MadeReport | FailedReport> {
  const sources = path.join(logs, "AWSLogs");
  const args = command(checkout, ["report", sources, "--quiet"], { ...REPORT, config, out });
  let ended: FailedReport = { kind: "failed", why: "no report was written" };
  try {
    await runCommand(process.execPath, args, { cwd: checkout, signal });
  } catch (error) {
    signal.throwIfAborted();
    ended = failed(error);
  }
  // A report of data that is incomplete is one, too, whatever the exit code says of it.
  const [markdown, json] = [path.join(out, "report.md"), path.join(out, "report.json")];
  if (!existsSync(json)) return ended;
  return readReport(await readFile(markdown, "utf8"), await readFile(json, "utf8"));
}

function command(
  checkout: string,
  words: readonly string[],
  options: Readonly<Record<string, string>>,
): string[] {
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  return [path.join(checkout, "apps/cli/src/bin.ts"), ...words, ...flags];
}

function failed(error: unknown): FailedReport {
  return { kind: "failed", why: error instanceof Error ? error.message : String(error) };
}
