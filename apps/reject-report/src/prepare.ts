import type { EngineName, Report } from "@turnaway/core";
import type { IssueSettings } from "@turnaway/issues";
import {
  type MaskOptions,
  maskReport,
  postedKey,
  requestedWindow,
  textMask,
} from "@turnaway/report";
import {
  askedWindow,
  chooseEngine,
  readSettings,
  refuseSources,
  type Settings,
} from "@turnaway/runs";

import { type Inputs, wrongInput } from "./inputs.ts";
import type { Job } from "./job.ts";

/** Everything that is decided before anything is run. */
export interface Task {
  readonly inputs: Inputs;
  readonly job: Job;
  readonly engine: EngineName;
  readonly settings: Settings;
  readonly issue: IssueSettings;
  /** Whether nothing may be changed at GitHub; the reason for the log, else null. */
  readonly dryRun: string | null;
  readonly mask: Mask;
  /** Whether everybody may read what leaves the run. */
  readonly publicOk: boolean;
}

/** What hides names in everything that leaves the run. */
export interface Mask {
  readonly report: (report: Report) => Report;
  /** For lines of the log and annotations. */
  readonly text: (text: string) => string;
  readonly postedKey: ((key: string) => string) | undefined;
}

/**
 * Puts inputs over the configuration, and refuses what would fail later or tell too much.
 *
 * @throws TurnawayError USAGE or CONFIG; nothing was run.
 */
export function prepare(inputs: Inputs, job: Job): Task {
  const { options, sources } = inputs;
  const engine = chooseEngine(options);
  if (engine !== "duckdb") refuseSources(engine, sources);
  const settings = readSettings(options);
  requestedWindow(askedWindow(options, settings));
  const github = { ...settings.config.github, ...inputs.github };
  const publicOk = github.publicOk || github.mask.length > 0;
  const dryRun = inputs.isDryRun
    ? "dry-run is on"
    : job.isFork
      ? "pull requests from forks may change nothing here"
      : null;
  requireToken(inputs, github.issueMode);
  if (dryRun === null && !publicOk) requirePrivate(job);
  return {
    inputs,
    job,
    engine,
    settings,
    issue: { ...github, name: settings.config.name },
    dryRun,
    mask: makeMask({
      what: github.mask,
      key: inputs.maskKey,
      localRanges: settings.config.report.localRanges,
      accounts: accountsOf(settings),
    }),
    publicOk,
  };
}

function requireToken({ githubToken }: Inputs, mode: IssueSettings["issueMode"]): void {
  if (mode === "none" || githubToken !== undefined) return;
  throw wrongInput(
    "github-token",
    "it is empty, so no issue can be posted",
    "leave it out for the job's own token, or set `issue-mode: none`",
  );
}

// The summary, the artifact and the log of a public repository are public like its issues, so
// nothing is read, and paid for, that could not be shown.
function requirePrivate({ owner, repo, isPublic }: Job): void {
  if (isPublic === false) return;
  throw wrongInput(
    "public-ok",
    isPublic === true
      ? `${owner}/${repo} is public, and the report names addresses and accounts`
      : `the event does not say whether ${owner}/${repo} is public`,
    "set `mask` to what has to be hidden, or `public-ok: true` to post the report as it is",
  );
}

function makeMask(options: MaskOptions): Mask {
  if (options.what.length === 0) {
    return { report: (report) => report, text: (text) => text, postedKey: undefined };
  }
  return {
    report: (report) => maskReport(report, options),
    text: textMask(options),
    postedKey: postedKey(options),
  };
}

function accountsOf({ config }: Settings): string[] {
  return [...config.accounts, ...config.vpcs.flatMap(({ account }) => account ?? [])];
}
