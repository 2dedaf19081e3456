import path from "node:path";

import type { Report } from "@turnaway/core";
import type { Delivery } from "@turnaway/issues";
import type { Ports } from "@turnaway/runs";
import { describeError, exitCodeOf } from "@turnaway/runs/process";
import { reportExitCode, reportOn, writeReport } from "@turnaway/runs/reports";

import { deliver } from "./deliver.ts";
import { artifactName, keepArtifact } from "./keep-artifact.ts";
import { notify } from "./notify.ts";
import { outputsOf } from "./outputs.ts";
import type { Task } from "./prepare.ts";
import { summaryOf } from "./summary.ts";
import type { Toolkit } from "./toolkit.ts";

/**
 * Makes the report, keeps it, posts it; answers with the exit code.
 *
 * Everything but the first step is about the masked report, and it is on the disk before
 * anything is sent anywhere.
 *
 * @throws TurnawayError where there is no report.
 */
export async function run(task: Task, ports: Ports, toolkit: Toolkit): Promise<number> {
  const made = await toolkit.group("Report", () => makeReport(task, ports));
  const { report, folder, files } = made;
  for (const [name, value] of Object.entries(outputsOf(report, folder)))
    toolkit.setOutput(name, value);
  await toolkit.group("Summary and artifact", async () => {
    if (task.publicOk || task.job.isPublic === false) await keep(made, task, { ports, toolkit });
    else ports.say("neither is kept: the repository may be public, and nothing is masked");
  });
  const posted = await toolkit.group("Issue", () => post(made, task, ports));
  toolkit.setOutput("issue-number", posted.delivery?.issue?.number ?? "");
  toolkit.setOutput("issue-url", posted.delivery?.issue?.url ?? "");
  return conclude({ report, files, ...posted }, task, toolkit);
}

interface Made {
  readonly report: Report;
  readonly folder: string;
  readonly files: readonly string[];
  /** What to add to `turnaway trace` for it to look into the same logs. */
  readonly sources: readonly string[];
}

async function makeReport(
  { inputs, job, engine, settings, mask }: Task,
  ports: Ports,
): Promise<Made> {
  for (const warning of settings.warnings) ports.say(`warning: ${warning}`);
  if (engine === "duckdb") {
    const { provideDuckdb } = await import("./provide-duckdb.ts");
    await provideDuckdb(ports);
  }
  const { sources, options } = inputs;
  const { postedKey } = mask;
  const report = mask.report(await reportOn({ sources, settings, options, postedKey }, ports));
  const own = engine === "duckdb" ? sources.map(mask.text) : ["--engine", engine];
  const folder = path.resolve(inputs.out ?? path.join(job.tempFolder, keptName(report)));
  const files = await writeReport({ report, sources: own }, folder);
  for (const file of files) ports.say(`wrote ${file}`);
  return { report, folder, files, sources: own };
}

// What a run keeps beside the issue may fail without harm to it.
async function keep(
  { report, folder, files, sources }: Made,
  { inputs, issue, dryRun }: Task,
  { ports, toolkit }: { ports: Ports; toolkit: Toolkit },
): Promise<void> {
  try {
    const summary = summaryOf(report, { sources, defang: issue.defang ?? false });
    await toolkit.writeSummary(summary);
  } catch (error) {
    ports.say(`warning: no summary: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!inputs.keepsArtifact || dryRun !== null) return;
  await keepArtifact({ name: keptName(report), files, folder }, ports);
}

// A job may make several reports, and a run may hold several jobs.
function keptName({ name, window }: Report): string {
  return artifactName(`reject-report-${name}-${window.start.slice(0, 10)}`);
}

interface Posted {
  readonly delivery: Delivery | null;
  readonly error: Error | null;
}

// A delivery that failed does not take the report with it.
async function post({ report, sources }: Made, task: Task, ports: Ports): Promise<Posted> {
  try {
    const delivery = await deliver(report, task, { sources, ports });
    await notify(report, delivery, { task, ports });
    return { delivery, error: null };
  } catch (error) {
    ports.signal.throwIfAborted();
    for (const line of describeError(error, ports.env).split("\n")) ports.say(line);
    return { delivery: null, error: error instanceof Error ? error : new Error(String(error)) };
  }
}

function conclude(
  { report, files, delivery, error }: Posted & { report: Report; files: readonly string[] },
  { inputs, mask }: Task,
  toolkit: Toolkit,
): number {
  const { counts, headline, verdict } = report;
  const counted = `${counts.new} new, ${counts.ongoing} ongoing, ${counts.resolved} resolved, ${counts.muted} muted`;
  const where = delivery?.issue ? ` ${delivery.issue.url}` : "";
  const said = `${headline} ${counted}.${where}`;
  if (error !== null) {
    const text = `${mask.text(error.message)} The report is in ${path.dirname(files[0]!)}.`;
    toolkit.annotate("error", "The report was not posted", text);
    return exitCodeOf(error);
  }
  const code = reportExitCode(report, inputs.failOn);
  if (code === 3)
    toolkit.annotate("error", verdict === "no-data" ? "No data" : "PARTIAL report", said);
  else if (code === 1) toolkit.annotate("error", `A finding is ${inputs.failOn} or worse`, said);
  else toolkit.annotate("notice", `Reject report: ${verdict}`, said);
  return code;
}
