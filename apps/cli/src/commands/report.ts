import path from "node:path";
import { existsSync, statSync } from "node:fs";

import { SEVERITIES } from "@turnaway/core";
import { renderCsv, renderHtml, renderJson, renderMarkdown, renderText } from "@turnaway/report";
import {
  choice,
  chooseEngine,
  type Options,
  readSettings,
  text,
  wholeNumber,
  writeFile,
} from "@turnaway/runs";
import {
  type AskedReport,
  firstFindings,
  reportExitCode,
  reportOn,
  writeReport as writeAll,
} from "@turnaway/runs/reports";

import type { Context } from "../context.ts";
import type { Run } from "../program.ts";
import { terminalStyle } from "../terminal.ts";
import { print } from "../write-output.ts";

/** `turnaway report SOURCE…`: reads, reports, writes; the exit code says how it went. */
export const run: Run = async ([specs], options, context) => {
  const settings = readSettings(options);
  const given = (specs as readonly string[]) ?? [];
  const engine = chooseEngine(options);
  const failOn = choice(options, "failOn", SEVERITIES);
  const output = chooseOutput(options);
  for (const warning of settings.warnings) context.say(`warning: ${warning}`);
  const limit = wholeNumber(options, "limit", [0, 1_000_000_000]);
  const whole = await reportOn({ sources: given, settings, options }, context);
  const report = limit === undefined ? whole : firstFindings(whole, limit);
  // What to add to `turnaway trace` for it to look into the same logs.
  const sources = engine === "duckdb" ? given : ["--engine", engine];
  await writeReport({ report, sources }, output, { options, context });
  context.outcome.exitCode = reportExitCode(whole, failOn);
};

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

async function writeReport(
  asked: AskedReport,
  output: Output,
  { options, context }: { options: Options; context: Context },
): Promise<void> {
  const plain = { color: false, width: 100 };
  if (output.folder !== null) {
    for (const file of await writeAll(asked, output.folder)) context.say(`wrote ${file}`);
  }
  if (output.file !== null) {
    writeFile(output.file, await render(asked, output.format, plain));
    context.say(`wrote ${output.file}`);
    return;
  }
  await print(await render(asked, output.format, terminalStyle(options, context)));
}

async function render(
  { report, sources }: AskedReport,
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
