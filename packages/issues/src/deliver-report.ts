import { setTimeout as sleep } from "node:timers/promises";
import { TurnawayError, type Report } from "@turnaway/core";
import { reportDay } from "./compare.ts";
import { applyAction } from "./github/apply-action.ts";
import {
  githubError,
  isAboutAssignees,
  isGone,
  isLocked,
  secondsToWait,
} from "./github/failures.ts";
import { findIssues } from "./github/find-issues.ts";
import { readComment, readRepository, readViewer } from "./github/github-answers.ts";
import { connectGithub, type GithubAccess, type GithubClient } from "./github/github-client.ts";
import { leave, type IssueAction, type IssuePlan } from "./issue-plan.ts";
import type { CommentSeen, IssueSeen, Observed } from "./observed.ts";
import { planIssue } from "./plan-issue.ts";
import type { IssueSettings } from "./settings.ts";

export interface DeliveryRequest {
  readonly report: Report;
  readonly settings: IssueSettings;
  readonly access: GithubAccess;
  readonly sources?: readonly string[];
  /** Whether the report may be posted to a public repository: it is masked, or somebody said so. */
  readonly publicOk: boolean;
  /** Reads and plans, and changes nothing. */
  readonly dryRun?: boolean;
}

export interface Delivery {
  /** The issue that shows the report; null when there is none. */
  readonly issue: { readonly number: number; readonly url: string } | null;
  /** The plan that was made first: what `dry-run` prints. */
  readonly plan: IssuePlan;
  /** Every step that was done, those of later rounds included. */
  readonly done: readonly IssueAction[];
  /** What was left out, and why. */
  readonly warnings: readonly string[];
}

/**
 * Makes GitHub show the report: looks, plans, does, and after anything in doubt looks again.
 *
 * A request that makes something new is never sent a second time because its answer was lost. The
 * next round lists what is there, finds by marker and author what the lost answer made, and plans
 * the rest; so it is also with a run that died. Ends when the plan is done.
 *
 * @throws TurnawayError `GITHUB` (exit 5), with what to do
 */
export async function deliverReport(request: DeliveryRequest): Promise<Delivery> {
  const { access } = request;
  if (request.settings.issueMode === "none") return NO_ISSUE;
  const session = newSession(request);
  try {
    for (let round = 1; round <= MOST_ROUNDS; round += 1) {
      const finished = await attempt(session);
      if (finished !== undefined) return finished;
    }
  } catch (error) {
    throw githubError(error, `${access.owner}/${access.repo}`);
  }
  throw new TurnawayError("GITHUB", {
    what: "the issue does not settle",
    where: `${access.owner}/${access.repo}`,
    why: `after ${MOST_ROUNDS} rounds there is still something to do`,
    fix: "see whether another run or a bot changes the same issue",
  });
}

const MOST_ROUNDS = 10;

// Nobody is asked anything, so it needs no permission either.
const NO_ISSUE: Delivery = {
  issue: null,
  plan: leave(null, "issue-mode is none"),
  done: [],
  warnings: [],
};

interface Session {
  readonly request: DeliveryRequest;
  readonly client: GithubClient;
  readonly done: IssueAction[];
  readonly warnings: Set<string>;
  /** Made by this run: a listing that lags must not make it look missing. */
  readonly made: Map<number, IssueSeen>;
  readonly skipped: Set<IssueAction["kind"] | "assignees">;
  author: string | undefined;
  firstPlan: IssuePlan | undefined;
  failures: number;
}

function newSession(request: DeliveryRequest): Session {
  return {
    request,
    client: connectGithub(request.access),
    done: [],
    warnings: new Set(),
    made: new Map(),
    skipped: new Set(),
    author: undefined,
    firstPlan: undefined,
    failures: 0,
  };
}

// One round. Undefined asks for another.
async function attempt(session: Session): Promise<Delivery | undefined> {
  try {
    const { observed, plan } = await look(session);
    session.firstPlan ??= plan;
    if (session.request.dryRun === true) return delivered(session, observed, plan);
    for (const action of plan.actions) {
      if (session.skipped.has(action.kind)) continue;
      const issue = await applyAction(session.client, action);
      session.done.push(action);
      if (action.kind === "create-issue" && issue !== undefined) {
        remember(session, issue, action.labels);
        return undefined;
      }
    }
    return delivered(session, observed, plan);
  } catch (error) {
    await recover(session, error);
    return undefined;
  }
}

async function look(session: Session): Promise<{ observed: Observed; plan: IssuePlan }> {
  const { client, request } = session;
  const { report } = request;
  session.author ??= await introduce(session);
  const { author } = session;
  const settings: IssueSettings = session.skipped.has("assignees")
    ? { ...request.settings, assignees: {} }
    : request.settings;
  const day = reportDay(report);
  const sources = request.sources ?? [];
  const planFor = (observed: Observed): IssuePlan =>
    planIssue({ report, observed, settings, sources });
  const listed = await findIssues(
    client,
    { settings, author, day, since: report.window.start },
    (issues) => planFor({ author, issues, comments: new Map() }).actions.length === 0,
  );
  const missing = [...session.made.values()].filter(
    (made) => !listed.some(({ number }) => number === made.number),
  );
  const observed: Observed = { author, issues: [...listed, ...missing], comments: new Map() };
  const plan = planFor(observed);
  if (plan.unread === null) return { observed, plan };
  const comments = await readComments(session, plan.unread);
  const read = { ...observed, comments: new Map([[plan.unread, comments]]) };
  return { observed: read, plan: planFor(read) };
}

// On what was just made there is nothing yet, unless an answer was lost since.
async function readComments(
  { client, made, failures }: Session,
  issue: number,
): Promise<CommentSeen[]> {
  if (made.has(issue) && failures === 0) return [];
  const route = "GET /repos/{owner}/{repo}/issues/{number}/comments";
  return (await client.pages(route, { number: issue })).map(readComment);
}

// Who we are decides what is ours. An installation's token has no user, but it is a viewer.
async function introduce({ client, request }: Session): Promise<string> {
  const { access, publicOk } = request;
  const where = `${access.owner}/${access.repo}`;
  const { isPublic, isArchived } = readRepository(await client.repeat("GET /repos/{owner}/{repo}"));
  if (isArchived) {
    throw new TurnawayError("GITHUB", {
      what: "the report could not be posted",
      where,
      why: "the repository is archived, so nothing can be written",
      fix: "unarchive it, or set `issue-mode: none`",
    });
  }
  if (isPublic && !publicOk) {
    throw new TurnawayError("GITHUB", {
      what: "the report was not posted",
      where,
      why: "the repository is public, and the report names addresses and accounts",
      fix: "set `github.mask` in turnaway.yml, or `github.publicOk: true` to post it as it is",
    });
  }
  return readViewer(await client.graphql("{ viewer { login } }"));
}

function remember(session: Session, issue: IssueSeen, labels: readonly string[]): void {
  if (issue.author !== session.author) {
    throw new TurnawayError("GITHUB", {
      what: `issue #${issue.number} would not be found again`,
      where: issue.url,
      why: `it was made as ${issue.author ?? "nobody"}, and the token says it is ${session.author ?? "nobody"}`,
      fix: "use a token whose viewer is the author of what it makes",
    });
  }
  session.made.set(issue.number, issue);
  const dropped = labels.filter((label) => !issue.labels.includes(label));
  if (dropped.length > 0) {
    session.warnings.add(
      `GitHub dropped the labels ${dropped.join(", ")}: the token may not set them`,
    );
    session.skipped.add("add-labels");
  }
}

// Decides what a failure means for the next round, or ends the delivery with it.
async function recover(session: Session, error: unknown): Promise<void> {
  const { client, skipped, warnings } = session;
  session.failures += 1;
  if (session.failures >= client.pace.attempts) throw error;
  if (isLocked(error)) {
    warnings.add("the issue is locked: its text is up to date, and no comment was made");
    skipped.add("create-comment");
    return;
  }
  if (isAboutAssignees(error)) {
    warnings.add("GitHub refused the assignees: the issue has none");
    skipped.add("assignees");
    return;
  }
  // Between the listing and the write it was deleted or moved: the next listing knows.
  if (isGone(error) && session.firstPlan !== undefined) return;
  const seconds = secondsToWait(error, session.failures);
  if (seconds === undefined || seconds > client.pace.maxWaitSeconds) throw error;
  await sleep(seconds * client.pace.secondMs);
}

function delivered(session: Session, { issues }: Observed, plan: IssuePlan): Delivery {
  const shown = issues.find(({ number }) => number === plan.issue);
  return {
    issue: shown === undefined ? null : { number: shown.number, url: shown.url },
    plan: session.firstPlan ?? plan,
    done: session.done,
    warnings: [...session.warnings],
  };
}
