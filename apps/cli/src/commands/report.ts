import path from "node:path";
import { existsSync, statSync } from "node:fs";

import { type Report, SEVERITIES } from "@turnaway/core";
import { renderCsv, renderHtml, renderJson, renderMarkdown, renderText } from "@turnaway/report";

import { chooseEngine } from "../choose-engine.ts";
import type { Context } from "../context.ts";
import type { Run } from "../program.ts";
import { say } from "../progress.ts";
import { choice, type Options, readSettings, text, wholeNumber } from "../read-settings.ts";
import { reportOn } from "../reports/report-on.ts";
import { terminalStyle } from "../terminal.ts";
import { print, writeFile } from "../write-output.ts";

/** `turnaway report SOURCE…`: reads, reports, writes; the exit code says how it went. */
export const run: Run = async ([specs], options, context) => {
  const settings = readSettings(options);
  const engine = chooseEngine(options);
  const failOn = choice(options, "failOn", SEVERITIES);
  const output = chooseOutput(options);
  for (const warning of settings.warnings) say(`warning: ${warning}`, options);
  const limit = wholeNumber(options, "limit", [0, 1_000_000_000]);
  const whole = await reportOn((specs as readonly string[]) ?? [], settings, options, context);
  const report = limit === undefined ? whole : firstFindings(whole, limit);
  // What to add to `turnaway trace` for it to look into the same logs.
  const sources = engine === "duckdb" ? ((specs as readonly string[]) ?? []) : ["--engine", engine];
  await writeReport({ report, sources }, output, { options, context });
  context.outcome.exitCode = exitCode(whole, failOn);
};

// The next action comes first, so what is cut is the least pressing, and is counted.
function firstFindings(report: Report, limit: number): Report {
  const left = report.findings.length - limit;
  if (left <= 0) return report;
  const notice = `${left} further findings are left out by --limit ${limit}.`;
  return {
    ...report,
    findings: report.findings.slice(0, limit),
    notices: [...report.notices, notice],
  };
}

const FORMATS = ["text", "md", "html", "json", "csv"] as const;
type Format = (typeof FORMATS)[number];

interface Output {
  readonly format: Format;
  /** Folder that gets every format. */
  readonly folder: string | null;
  readonly file: string | null;
}

const EXTENSIONS: Readonly<Record<string, Format>> = {
  ".txt": "text",
  ".md": "md",
  ".html": "html",
  ".htm": "html",
  ".json": "json",
  ".csv": "csv",
};

// A path with an extension of ours is a file; anything else is a folder, unless
// one format was asked for and no folder is there.
function chooseOutput(options: Options): Output {
  const format = choice(options, "format", FORMATS);
  const out = text(options, "out");
  if (out === undefined) return { format: format ?? "text", folder: null, file: null };
  const isFolder = /[/\\]$/.test(out) || (existsSync(out) && statSync(out).isDirectory());
  const byName = EXTENSIONS[path.extname(out).toLowerCase()];
  if (!isFolder && (byName !== undefined || format !== undefined)) {
    return { format: format ?? byName!, folder: null, file: out };
  }
  return { format: format ?? "text", folder: out, file: null };
}

/** A report, and what it was asked of: its trace lines name the same source. */
interface Asked {
  readonly report: Report;
  readonly sources: readonly string[];
}

async function writeReport(
  asked: Asked,
  output: Output,
  { options, context }: { options: Options; context: Context },
): Promise<void> {
  const plain = { color: false, width: 100 };
  if (output.folder !== null) {
    for (const file of await writeAll(asked, output.folder)) say(`wrote ${file}`, options);
  }
  if (output.file !== null) {
    writeFile(output.file, await render(asked, output.format, plain));
    say(`wrote ${output.file}`, options);
    return;
  }
  await print(await render(asked, output.format, terminalStyle(options, context)));
}

/** Writes the report in every format, and answers with the names of the files. */
export async function writeAll({ report, sources }: Asked, folder: string): Promise<string[]> {
  const files = {
    "report.md": renderMarkdown(report, { sources }),
    "report.html": await renderHtml(report, { sources }),
    "report.json": renderJson(report),
    "findings.csv": renderCsv(report),
  };
  return Object.entries(files).map(([name, content]) => {
    const file = path.join(folder, name);
    writeFile(file, content);
    return file;
  });
}

async function render(
  { report, sources }: Asked,
  format: Format,
  style: { color: boolean; width: number },
): Promise<string> {
  switch (format) {
    case "text":
      return renderText(report, { ...style, sources });
    case "md":
      return renderMarkdown(report, { sources });
    case "html":
      return renderHtml(report, { sources });
    case "json":
      return renderJson(report);
    case "csv":
      return renderCsv(report);
  }
}

function exitCode(report: Report, failOn: (typeof SEVERITIES)[number] | undefined): number {
  if (report.verdict === "partial" || report.verdict === "no-data") return 3;
  if (failOn === undefined) return 0;
  const limit = SEVERITIES.indexOf(failOn);
  const open = report.findings.filter((f) => f.status === "new" || f.status === "ongoing");
  return open.some((f) => SEVERITIES.indexOf(f.severity) <= limit) ? 1 : 0;
}
