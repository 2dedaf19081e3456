import { cutPage, failureText, fenced } from "../command-text.ts";
import type { Ended } from "../run-turnaway.ts";
import type { PullRequestEnds } from "../step.ts";
import { type ChangedPicture, PICTURES } from "./changed-pictures.ts";

/** What was found out of the dashboards of a pull request. */
export interface Compared {
  /** `turnaway dashboards check`: exit code 0, or every mistake on standard error. */
  readonly check: Ended;
  /** `turnaway dashboards diff`: Markdown, and nothing but a sentence where nothing changes. */
  readonly diff: Ended;
  /** `turnaway dashboards plan`; null where nothing live can be, or is to be, looked at. */
  readonly plan: Ended | null;
  /** `turnaway dashboards preview`. */
  readonly drawn: Ended;
  /** The same of the files before, with the code of now. */
  readonly drawnBefore: Ended;
  readonly pictures: readonly ChangedPicture[];
}

/** Where the pictures of a commit are shown. */
export interface PictureHome {
  /** `https://github.com` */
  readonly serverUrl: string;
  /** `owner/name` */
  readonly repository: string;
  readonly ends: PullRequestEnds;
}

/** What is said of it on GitHub. */
export interface DashboardsText {
  /** Whether there is anything to tell somebody who was not told before. */
  readonly isWanted: boolean;
  /** Whether the dashboards could not be deployed. */
  readonly isBroken: boolean;
  /** Markdown. */
  readonly text: string;
}

/** What a pull request does to the dashboards, in at most that many characters. */
export function dashboardsText(
  compared: Compared,
  home: PictureHome,
  length: number,
): DashboardsText {
  const { check, diff, plan, drawn, drawnBefore, pictures } = compared;
  const isBroken = check.code !== 0;
  const parts = [
    "# Dashboards",
    isBroken ? brokenText(check) : "**Contract**: every column that the files use is in the SQL.",
    ...(pictures.length === 0 ? [] : [pictureTable(pictures, home)]),
    // Files that are not understood can't be compared, and the check says why.
    diff.code === 0 ? diff.stdout.trimEnd() : isBroken ? "" : failureText(DIFF, diff),
    ...(drawn.code === 0 || isBroken ? [] : [failureText(DRAW, drawn)]),
    ...(BEFORE_DRAWN.has(drawnBefore.code) ? [] : [failureText(DRAW_BEFORE, drawnBefore)]),
    ...(plan === null ? [] : [planText(plan)]),
  ].filter((part) => part !== "");
  return {
    isWanted: isBroken || pictures.length > 0 || diff.stdout.trim() !== NOTHING,
    isBroken,
    text: cutPage(parts.join("\n\n"), length, DIFF),
  };
}

const DIFF = "turnaway dashboards diff --from COMMIT";
const DRAW = "turnaway dashboards preview --sample";
const DRAW_BEFORE = `${DRAW} --definitions BEFORE`;

// A visual before may ask for a column that the SQL of now does not have: the rest is drawn.
const BEFORE_DRAWN: ReadonlySet<number> = new Set([0, 3]);

/** What the command says where nothing changes. */
const NOTHING = "Nothing changes.";

function brokenText({ stderr }: Ended): string {
  const lines = stderr.trimEnd();
  const kept = lines.length <= LONGEST ? lines : `${lines.slice(0, LONGEST)}\n…`;
  return `**These dashboards can't be deployed.** \`turnaway dashboards check\` says:\n\n${fenced(kept)}`;
}

/** In characters, of mistakes and of a plan: the changes have room beside them. */
const LONGEST = 15_000;

function pictureTable(pictures: readonly ChangedPicture[], home: PictureHome): string {
  const { base, head } = home.ends;
  const rows = pictures.map(({ name, before, after }) => {
    const was = before ? picture(home, base, name) : "*added*";
    const is = after ? picture(home, head, name) : "*removed*";
    return `| \`${name}\` | ${was} | ${is} |`;
  });
  return [
    "Pictures over simulated traffic, of the sheets that look different:",
    ["| sheet | before | after |", "| --- | --- | --- |", ...rows].join("\n"),
  ].join("\n\n");
}

function picture({ serverUrl, repository }: PictureHome, commit: string, name: string): string {
  const at = `${serverUrl}/${repository}/blob/${commit}/${PICTURES}/${name}.png`;
  return `[![${name}](${at}?raw=true)](${at})`;
}

function planText(plan: Ended): string {
  const title = "## What a deployment would do";
  const said = plan.stdout.trimEnd();
  if (said === "") return `${title}\n\n${failureText("turnaway dashboards plan", plan)}`;
  return `${title}\n\n${cutPage(said, LONGEST, "turnaway dashboards plan")}`;
}
