import { TurnawayError } from "@turnaway/core";
import type { IssueAction, IssueFields } from "../issue-plan.ts";
import type { IssueSeen } from "../observed.ts";
import { BadAnswer, readComment, readIssue } from "./github-answers.ts";
import type { GithubClient } from "./github-client.ts";
import { isGone } from "./failures.ts";
import { RequestError } from "@octokit/request-error";

const ISSUES = "/repos/{owner}/{repo}/issues";

/**
 * Does one step of a plan, and compares what GitHub answers with what was sent: it can answer 200
 * and keep the text that was there.
 *
 * @returns the issue, where one was made or changed
 */
export async function applyAction(
  client: GithubClient,
  action: IssueAction,
): Promise<IssueSeen | undefined> {
  switch (action.kind) {
    case "ensure-label":
      return ensureLabel(client, action.label);
    case "create-issue":
      return createIssue(client, action);
    case "update-issue":
      return updateIssue(client, action.issue, action.fields);
    case "create-comment":
    case "update-comment":
    case "delete-comment":
      return applyToComment(client, action);
    case "add-labels":
      await client.repeat(`POST ${ISSUES}/{number}/labels`, {
        number: action.issue,
        labels: action.labels,
      });
      return undefined;
    case "add-assignees":
      return readIssue(
        await client.repeat(`POST ${ISSUES}/{number}/assignees`, {
          number: action.issue,
          assignees: action.assignees,
        }),
      );
  }
}

async function createIssue(
  client: GithubClient,
  { title, body, labels, assignees }: Extract<IssueAction, { kind: "create-issue" }>,
): Promise<IssueSeen> {
  const issue = readIssue(
    await client.once(`POST ${ISSUES}`, {
      title,
      body,
      labels,
      ...(assignees.length > 0 && { assignees }),
    }),
  );
  if (isSameText(issue.body, body)) return issue;
  try {
    return await updateIssue(client, issue.number, { body });
  } catch (error) {
    // Without its marker it would not be found, and the next round would make another one.
    throw new TurnawayError(
      "GITHUB",
      {
        what: `issue #${issue.number} was made without its text`,
        where: issue.url,
        why: error instanceof Error ? error.message : String(error),
        fix: "delete it, and run this again",
      },
      { cause: error },
    );
  }
}

async function applyToComment(
  client: GithubClient,
  action: Extract<IssueAction, { kind: "create-comment" | "update-comment" | "delete-comment" }>,
): Promise<undefined> {
  if (action.kind === "delete-comment") {
    await client
      .repeat(`DELETE ${ISSUES}/comments/{id}`, { id: action.comment })
      .catch((error: unknown) => {
        if (!isGone(error)) throw error;
      });
    return;
  }
  const { body } = action;
  const answer =
    action.kind === "create-comment"
      ? await client.once(`POST ${ISSUES}/{number}/comments`, { number: action.issue, body })
      : await client.repeat(`PATCH ${ISSUES}/comments/{id}`, { id: action.comment, body });
  compareText(readComment(answer).body, body);
}

async function updateIssue(
  client: GithubClient,
  number: number,
  { stateReason, ...fields }: IssueFields,
): Promise<IssueSeen> {
  const change = async (): Promise<IssueSeen> =>
    readIssue(
      await client.repeat(`PATCH ${ISSUES}/{number}`, {
        number,
        ...fields,
        ...(stateReason !== undefined && { state_reason: stateReason }),
      }),
    );
  let issue = await change();
  if (fields.body !== undefined && !isSameText(issue.body, fields.body)) {
    // Asked again here, for no later plan looks at an issue of an earlier day that is closed.
    issue = await change();
    compareText(issue.body, fields.body);
  }
  if (fields.state !== undefined && issue.state !== fields.state) {
    throw new BadAnswer(`the issue is still ${issue.state} after it was set to ${fields.state}`);
  }
  return issue;
}

// Two runs may both find it missing, and a label that is there is all that is wanted.
async function ensureLabel(client: GithubClient, label: string): Promise<undefined> {
  try {
    await client.repeat("POST /repos/{owner}/{repo}/labels", {
      name: label,
      color: "b60205",
      description: "What the network turned away",
    });
  } catch (error) {
    if (!(error instanceof RequestError) || ![403, 404, 422].includes(error.status)) throw error;
  }
}

function compareText(answered: string, sent: string): void {
  if (!isSameText(answered, sent)) {
    throw new BadAnswer("GitHub accepted the text and kept another one");
  }
}

function isSameText(answered: string, sent: string): boolean {
  const plain = (text: string): string => text.replaceAll("\r\n", "\n").trimEnd();
  return plain(answered) === plain(sent);
}
