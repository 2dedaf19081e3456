import { lastScheduledSuccess } from "@turnaway/issues";
import { readSettings, text, wholeNumber } from "@turnaway/runs";

import type { Entrance } from "../enter.ts";
import { githubAccess } from "../github-access.ts";
import { type Inputs, wrongInput } from "../inputs.ts";
import type { Job } from "../job.ts";
import type { Toolkit } from "../toolkit.ts";
import { untilAborted } from "../until-aborted.ts";
import { askedDays, daysDue, type DaysDue } from "./days-due.ts";

/** Says which days are due, as outputs for a matrix. */
export async function nameDays(
  { options, githubToken }: Inputs,
  job: Job,
  { entrance, toolkit }: { entrance: Entrance; toolkit: Toolkit },
): Promise<number> {
  const { config, now } = readSettings(options);
  const { timezone } = config.report;
  const given = {
    backfill: entrance.env["INPUT_BACKFILL"],
    maxDays: entrance.env["INPUT_MAX-DAYS"],
  };
  const maxDays = wholeNumber(withoutBlanks(given), "maxDays", [1, 100]) ?? 7;
  const asked = {
    date: text(options, "date"),
    backfill: text(withoutBlanks(given), "backfill"),
  };
  const due =
    askedDays(asked, { now, timezone }) ??
    daysDue({ lastSuccess: await lastSuccess(job, githubToken, entrance), now, timezone, maxDays });
  conclude(due, entrance, toolkit);
  return 0;
}

function conclude({ days, missed, why }: DaysDue, { print }: Entrance, toolkit: Toolkit): void {
  print(`${days.join(", ")}: ${why}`);
  if (missed.length > 0) {
    const range = `${missed[0]!}..${missed.at(-1)!}`;
    toolkit.annotate(
      "notice",
      `${missed.length} days are not caught up`,
      `Nobody reported on ${range}. Start the workflow with backfill ${range} if you miss them.`,
    );
  }
  toolkit.setOutput("days", JSON.stringify(days));
  toolkit.setOutput("missed", missed.length);
}

async function lastSuccess(
  job: Job,
  token: string | undefined,
  { env, signal }: Entrance,
): Promise<number | null> {
  const access = githubAccess(job, token ?? "");
  const found = await untilAborted(lastScheduledSuccess(access, workflowFile(env)), signal);
  return found === null ? null : Date.parse(found) / 1000;
}

// `octo/network/.github/workflows/report.yml@refs/heads/main`
function workflowFile(env: NodeJS.ProcessEnv): string {
  const ref = env["GITHUB_WORKFLOW_REF"] ?? "";
  const name = /^[^/]+\/[^/]+\/\.github\/workflows\/([^/@]+)@/.exec(ref)?.[1];
  if (name !== undefined) return name;
  throw wrongInput(
    "GITHUB_WORKFLOW_REF",
    `received "${ref}"`,
    "run it as a step of a workflow, where Actions sets it",
  );
}

// As every input: what is empty counts as not given.
function withoutBlanks(
  given: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const trimmed = Object.entries(given).map(
    ([name, value]) => [name, value?.trim() ?? ""] as const,
  );
  return Object.fromEntries(trimmed.filter(([, value]) => value !== ""));
}
