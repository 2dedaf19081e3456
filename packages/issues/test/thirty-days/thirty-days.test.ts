import { expect, test } from "vitest";
import type { GithubAccount, GithubStore } from "@turnaway/testing/github-server";
import { describePlan, type IssueSettings } from "../../src/index.ts";
import { withGithub } from "../github.ts";
import { DAYS, dateOf, type Day } from "./story.ts";
import { storyReport } from "./story-reports.ts";
import { Transcript } from "./transcript.ts";

const SETTINGS: Partial<IssueSettings> = {
  clearDays: 2,
  notify: "mention",
  assignees: {
    "team-orders": ["kim"],
    "team-payments": ["lee"],
    "team-billing": ["sam"],
    unowned: ["alex"],
  },
};

const DAILY: Partial<IssueSettings> = { ...SETTINGS, issueMode: "daily" };

const CASES = [
  ["thirty days of a rolling issue", "thirty-days", DAYS, SETTINGS],
  ["ten days of daily issues", "ten-daily-issues", DAYS.slice(0, 10), DAILY],
] as const;

test.each(CASES)("%s read as their golden files", { timeout: 60_000 }, async (...told) => {
  const [, folder, days, settings] = told;
  const table = await tell(folder, days, settings);
  await expect(table).toMatchFileSnapshot(`../../golden/${folder}/README.md`);
});

/** Delivers day after day as a schedule does, and keeps what a reader would have seen. */
async function tell(
  folder: string,
  days: readonly Day[],
  settings: Partial<IssueSettings>,
): Promise<string> {
  return withGithub(async ({ server, deliver }) => {
    const transcript = new Transcript(folder);
    for (const day of days) {
      server.store.now = `${dateOf(day.date + 1)}T05:00:00Z`.replace("11-31", "12-01");
      for (const isWhole of day.isRepeated ? [false, true] : [true]) {
        const report = await storyReport(day.date, { isWhole });
        const before = server.requests.length;
        const { done, plan } = await deliver(report, settings);
        const requests = server.requests.length - before;
        expect(requests).toBeLessThanOrEqual(done.length === 0 ? 6 : 10);
        const steps = describePlan(done.length === 0 ? plan : { ...plan, actions: done });
        await transcript.add(server.store, { day, report, steps, requests });
        // The same report again is no news to anybody.
        expect((await deliver(report, settings)).done).toEqual([]);
      }
      act(server.store, day);
      transcript.look(server.store);
    }
    return transcript.table();
  });
}

const KIM: GithubAccount = { login: "kim", type: "User", access: "write" };

function act(store: GithubStore, { people, date }: Day): void {
  const issue = store.issues.at(-1);
  if (issue === undefined || people === undefined) return;
  store.now = `${dateOf(date + 1)}T09:30:00Z`;
  switch (people) {
    case "comment":
      store.addComment(KIM, issue, "The security group is back as it was. Who owns 10.0.7.66?");
      return;
    case "edit":
      issue.body = `**Runbook:** see the wiki, page “Rejects”.\n\n${issue.body ?? ""}\n\nWeekly review: Mondays, 10:00.`;
      return;
    case "not-planned":
      store.setState(issue, KIM, "closed", "not_planned");
      return;
    case "label":
      store.ensureLabel("p1");
      issue.labels.push("p1");
      issue.assignees.push("lee");
  }
}
