import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { dayOf, type Report } from "@turnaway/core";
import { renderText } from "@turnaway/report";
import { parseNow, readSettings, text, usage, wholeNumber } from "@turnaway/runs";
import { reportOn, writeReport } from "@turnaway/runs/reports";

import type { Run } from "../command-spec.ts";
import type { Context } from "../context.ts";
import { terminalStyle } from "../terminal.ts";
import { print } from "../write-output.ts";
import { writeSample } from "../write-sample.ts";

const RECORDS_A_DAY = 60_000;

/** `turnaway demo`: a simulated VPC, its report on the screen and as files, what to try next. */
export const run: Run = async (_args, options, context) => {
  const folder = path.resolve(text(options, "out") ?? "turnaway-demo");
  const logs = path.join(folder, "logs");
  const now = parseNow(text(options, "now"));
  clearEarlier(logs);
  const seed = wholeNumber(options, "seed", [0, 2 ** 32 - 1]) ?? 3;
  await writeSample({ out: logs, now, seed, recordsPerDay: RECORDS_A_DAY }, context);
  // The tour is the same everywhere: no configuration that happens to lie about.
  const settings = {
    ...readSettings({ ...options, config: undefined, name: "demo" }, { find: false }),
    now,
  };
  const report = await reportOn(
    { sources: [logs], settings, options: { ...options, date: yesterday(now) } },
    context,
  );
  const sources = [path.relative(process.cwd(), logs) || logs];
  const files = await writeReport({ report, sources }, path.join(folder, "report"));
  await print(renderText(report, { ...terminalStyle(options, context), sources }));
  context.say(closingWords({ report, files, logs: sources[0]! }, commandName(context)));
};

// Files of an earlier demo would be read beside the new ones; anybody else's are left alone.
function clearEarlier(logs: string): void {
  if (!existsSync(logs)) return;
  if (!existsSync(path.join(logs, "incidents.json"))) {
    throw usage("--out", `${logs} is there, and not from a demo`, "name another folder with --out");
  }
  rmSync(logs, { recursive: true, force: true });
}

function yesterday(now: number): string {
  return dayOf(now - 86_400, "UTC");
}

// From a checkout the command has no name of its own on the path.
function commandName({ env }: Context): string {
  return env["npm_lifecycle_event"] === undefined ? "turnaway" : "pnpm --silent turnaway";
}

interface Demo {
  readonly report: Report;
  readonly files: readonly string[];
  readonly logs: string;
}

function closingWords({ report, files, logs }: Demo, command: string): string {
  const html = files.find((file) => file.endsWith(".html"))!;
  const subject = report.findings.find((finding) => finding.trace !== null)?.trace;
  return [
    "",
    "This was a simulated VPC with planted incidents. The same report as files:",
    ...files.map((file) => `  ${file}`),
    `Open it in a browser: ${pathToFileURL(html).href}`,
    "",
    "What to try next:",
    ...(subject === undefined ? [] : [`  ${command} trace '${subject}' ${logs}`]),
    `  ${command} query top-rejected ${logs} --limit 10`,
    `  ${command} report ./your-flow-logs        (files as AWS delivered them, or s3://bucket/prefix)`,
  ].join("\n");
}
