import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { addDays } from "@turnaway/core";
import type { GithubAccount, GithubServer } from "@turnaway/testing/github-server";

import { commitAll, headOf } from "./act-checkout.ts";
import { type ActMachine, runWorkflow, type WorkflowOutcome } from "./run-act.ts";
import { ARTIFACT_URL } from "./stand-ins.ts";
import type { TokenIssuer } from "./start-token-issuer.ts";

/** What the workflows run in, from one scenario to the next. */
export interface World {
  readonly machine: ActMachine;
  readonly github: GithubServer;
  readonly issuer: TokenIssuer;
  /** Folder of the flow logs, the last day of which was yesterday. */
  readonly logs: string;
}

interface Scenario {
  readonly name: string;
  /** What was not as it should be, with the log; null when all was. */
  readonly run: (world: World) => Promise<string | null>;
}

const ROLE = "arn:aws:iam::111122223333:role/turnaway-report";
const KIM: GithubAccount = { login: "kim", type: "User", access: "write" };
const PRIVATE = { repository: { private: true, full_name: "octo/network" } };

/** In this order: what one leaves at GitHub is what the next one finds. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: "without its variables the report is skipped, and says so",
    run: async ({ machine, github }) => {
      // Of a job that is skipped `act` keeps no outputs, and fails where a matrix asks for them.
      const outcome = await runWorkflow(machine, { ...REPORT, job: "not-configured" });
      return problems(outcome, {
        "it succeeds": outcome.code === 0,
        "it says what to set": outcome.log.includes("Set the variable TURNAWAY_ROLE"),
        "nobody is asked": github.requests.length === 0,
      });
    },
  },
  {
    name: "the report of two days that are due becomes one issue",
    run: async (world) => {
      const { github, issuer } = world;
      const [before, last] = lastDays();
      github.store.runs.push({
        workflow: "report.yml",
        event: "schedule",
        conclusion: "success",
        createdAt: `${before}T06:17:00Z`,
      });
      const outcome = await report(world);
      const { issues, comments } = github.store;
      const body = issues[0]?.body ?? "";
      return problems(outcome, {
        "it succeeds": outcome.code === 0,
        "both days are due": outcome.log.includes(`set-output:: days=["${before}","${last}"]`),
        "there is one issue": issues.length === 1,
        "it is marked": body.startsWith("<!-- turnaway:report:production -->"),
        "it shows yesterday": body.includes(`<!-- turnaway:day:${last} -->`),
        "its second day has a comment at most": comments.length <= 1,
        "each day has a token for the role":
          issuer.asked.length === 2 &&
          issuer.asked.every((query) => query.get("role") === ROLE) &&
          issuer.asked.every((query) => query.get("audience") === "sts.amazonaws.com"),
        "the outputs are set": outcome.log.includes("set-output:: issue-number=1\n"),
        "the summary is the report": /Summary - # .*10\.0\./.test(outcome.log),
      });
    },
  },
  {
    name: "the same again changes nothing",
    run: async (world) => {
      const { store } = world.github;
      const before = JSON.stringify([store.issues, store.comments]);
      const outcome = await report(world);
      return problems(outcome, {
        "it succeeds": outcome.code === 0,
        "issue and comments are as they were":
          JSON.stringify([store.issues, store.comments]) === before,
      });
    },
  },
  {
    name: "a comment that is no command starts no job",
    run: async (world) => {
      const { outcome, requests } = await comment(world, "Is this `/mute`?");
      return problems(outcome, {
        "it succeeds": outcome.code === 0,
        "nobody is asked": requests === 0,
      });
    },
  },
  {
    name: "a mute becomes a pull request, and what it says is never run",
    run: async (world) => {
      const { content, issues } = world.github.store;
      const key = /key: "?([a-z-]+\/[^"\s]+)/.exec(issues[0]?.body ?? "")?.[1] ?? "no key is shown";
      const trap = path.join(world.machine.folder, "trap");
      const reason = `$(touch ${trap}) \`touch ${trap}\` "; touch ${trap} #`;
      const { outcome } = await comment(world, `/mute ${key} 30d ${reason}`);
      const [pull] = content.pulls;
      const mutes = content.branches.get(pull?.head ?? "")?.get("mutes.yml") ?? "";
      return problems(outcome, {
        "it succeeds": outcome.code === 0,
        "there is one pull request": content.pulls.length === 1,
        "it mutes the finding": mutes.includes(key),
        "the reason is kept as it was written": mutes.includes(JSON.stringify(reason)),
        "it is not run": !existsSync(trap),
        "the outputs are set": outcome.log.includes("set-output:: outcome=proposed\n"),
      });
    },
  },
  {
    name: "a pull request that changes words of the report gets one comment that shows them",
    run: async (world) => {
      const { store } = world.github;
      const before = store.comments.length;
      const outcome = await changed(world, WORDS);
      const [comment, ...more] = store.comments.slice(before).map(({ body }) => body);
      return problems(outcome, {
        "it succeeds": outcome.code === 0,
        "there is one comment": comment !== undefined && more.length === 0,
        "it is marked": comment?.startsWith("<!-- turnaway:report-preview -->") === true,
        "it says that no finding changed": comment?.includes("The same findings") === true,
        "it shows the words": /^-.*Still there[^]*^\+.*Here as before/m.test(comment ?? ""),
      });
    },
  },
  {
    name: "a pull request that changes a dashboard gets one comment that tells what changes",
    run: async (world) => {
      const { store } = world.github;
      const before = store.comments.length;
      const outcome = await changed(world, TITLE);
      const [comment, ...more] = store.comments.slice(before).map(({ body }) => body);
      return problems(outcome, {
        "it succeeds": outcome.code === 0,
        "there is one comment": comment !== undefined && more.length === 0,
        "it is marked": comment?.startsWith("<!-- turnaway:dashboards -->") === true,
        "it says that every column is there": comment?.includes("**Contract**: every") === true,
        "it tells the change": /\| `title` +\| .* \| `As it is called now` +\|/.test(comment ?? ""),
        "its pictures are drawn": outcome.log.includes("rejects-overview.png"),
        "it leads to them": comment?.includes(ARTIFACT_URL) === true,
      });
    },
  },
];

/** What a pull request changes, in the file of the checkout, and the workflow that looks at it. */
interface Change {
  readonly workflow: string;
  /** The one that may run without AWS. */
  readonly job?: string;
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
}

const WORDS: Change = {
  workflow: "report-preview.yml",
  file: "packages/report/src/render/finding-sections.ts",
  from: /Still there/g,
  to: "Here as before",
};

const TITLE: Change = {
  workflow: "dashboards.yml",
  job: "offline",
  file: "packages/dashboards/definitions/rejects/visuals/top-sources.yml",
  from: /^title: .*$/m,
  to: "title: As it is called now",
};

const REPORT = {
  workflow: "report.yml",
  event: "schedule",
  payload: { ...PRIVATE, schedule: "17 6 * * *" },
};

function report({ machine, logs }: World): Promise<WorkflowOutcome> {
  const variables = {
    TURNAWAY_ROLE: ROLE,
    TURNAWAY_ENGINE: "duckdb",
    TURNAWAY_SOURCE: path.join(logs, "AWSLogs"),
  };
  return runWorkflow(machine, { ...REPORT, variables });
}

async function comment(
  { machine, github }: World,
  body: string,
): Promise<{ outcome: WorkflowOutcome; requests: number }> {
  const issue = github.store.issues[0];
  if (issue === undefined) throw new Error("there is no issue to comment on");
  const { id } = github.store.addComment(KIM, issue, body);
  const before = github.requests.length;
  const outcome = await runWorkflow(machine, {
    workflow: "mute.yml",
    event: "issue_comment",
    payload: {
      ...PRIVATE,
      action: "created",
      issue: { number: issue.number },
      comment: { id, body, user: { login: KIM.login, type: KIM.type } },
    },
  });
  return { outcome, requests: github.requests.length - before };
}

// The pull request is the one of the mute; what it changes is committed on top of the copy.
async function changed({ machine, github }: World, change: Change): Promise<WorkflowOutcome> {
  const { checkout, signal } = machine;
  const { workflow, job, from, to } = change;
  const [pull] = github.store.content.pulls;
  if (pull === undefined) throw new Error("there is no pull request to preview");
  const base = await headOf(checkout, signal);
  const file = path.join(checkout, change.file);
  const before = await readFile(file, "utf8");
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} has no "${from}"`);
  await writeFile(file, after);
  const head = await commitAll(checkout, "A change", signal);
  return runWorkflow(machine, {
    workflow,
    event: "pull_request",
    ...(job === undefined ? {} : { job }),
    payload: {
      ...PRIVATE,
      pull_request: {
        number: pull.number,
        user: { login: KIM.login },
        base: { ref: "main", sha: base },
        head: { ref: "change", sha: head, repo: PRIVATE.repository },
      },
    },
  });
}

// The day before yesterday, and yesterday: those that ended since then.
function lastDays(): [string, string] {
  const today = new Date().toISOString().slice(0, 10);
  return [addDays(today, -2), addDays(today, -1)];
}

function problems({ log }: WorkflowOutcome, checks: Record<string, boolean>): string | null {
  const wrong = Object.entries(checks).flatMap(([name, holds]) =>
    holds ? [] : [`not so: ${name}`],
  );
  return wrong.length === 0 ? null : [log, ...wrong].join("\n");
}
