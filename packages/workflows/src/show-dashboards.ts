import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";

import { hasDashboards, parseConfig } from "@turnaway/core";
import { z } from "zod";

import { changedPictures } from "./dashboards/changed-pictures.ts";
import { type DashboardsText, dashboardsText } from "./dashboards/dashboards-text.ts";
import { postComment } from "./post-comment.ts";
import { runTurnaway } from "./run-turnaway.ts";
import { addSummary, pullRequestEnds, readJson } from "./step.ts";

/**
 * What the workflow `dashboards` runs:
 *
 * `show-dashboards.ts compare --base FOLDER --out FILE [--pictures FOLDER] [--plan]` tells what
 * changes from the checkout in FOLDER to this one, in the job's summary, and for a comment in
 * FILE. Draws the sheets of both into `before` and `after` of the folder of pictures; with
 * `--plan` also looks at what is live.
 * `show-dashboards.ts post FILE [--artifact URL]` keeps that comment up to date, where the token
 * may, and fails after it where the dashboards can't be deployed.
 */
async function main([step, ...args]: readonly string[]): Promise<number> {
  if (step === "compare") return compare(args);
  if (step === "post") return post(args);
  process.stderr.write("usage: show-dashboards.ts compare|post …, as the workflow has it\n");
  return 2;
}

const CHECKOUT = path.join(import.meta.dirname, "../../..");

async function compare(args: readonly string[]): Promise<number> {
  const text = { type: "string" } as const;
  const options = { base: text, out: text, pictures: text, plan: { type: "boolean" } } as const;
  const { base, out, pictures, plan } = parseArgs({ args: [...args], options }).values;
  if (base === undefined || out === undefined) return main([]);
  const { dashboards, logs } = configOf(CHECKOUT);
  const isDeployed = hasDashboards({ dashboards }) && logs.bucket !== null;
  const folder = dashboards.definitions ?? SHIPPED;
  const from = before(path.resolve(base), folder);
  const compared = {
    check: await runTurnaway(["dashboards", "check", "--definitions", folder]),
    diff: await runTurnaway(["dashboards", "diff", "--definitions", folder, "--from", from]),
    plan: plan === true && isDeployed ? await runTurnaway(["dashboards", "plan"]) : null,
    drawn: await draw(folder, pictures, "after"),
    drawnBefore: await draw(from, pictures, "before"),
    pictures: changedPictures(base, CHECKOUT),
  };
  const home = {
    serverUrl: process.env["GITHUB_SERVER_URL"] ?? "https://github.com",
    repository: process.env["GITHUB_REPOSITORY"] ?? "",
    ends: await pullRequestEnds(process.env),
  };
  const of = (length: number): DashboardsText => dashboardsText(compared, home, length);
  await addSummary(of(SUMMARY_LENGTH).text, process.env);
  await writeFile(out, JSON.stringify(of(COMMENT_LENGTH)));
  return 0;
}

/** In characters, below what GitHub refuses. */
const COMMENT_LENGTH = 60_000;
const SUMMARY_LENGTH = 250_000;

const SHIPPED = "packages/dashboards/definitions";

function configOf(checkout: string): ReturnType<typeof parseConfig>["config"] {
  const file = path.join(checkout, "turnaway.yml");
  return parseConfig(existsSync(file) ? readFileSync(file, "utf8") : "", "turnaway.yml").config;
}

// Where the base has no such folder yet, all of it is new.
function before(base: string, folder: string): string {
  const was = path.join(base, folder);
  mkdirSync(was, { recursive: true });
  return was;
}

// Both over the same traffic: what looks different was changed, and not the time of day.
const NOW = new Date().toISOString();

function draw(
  folder: string,
  pictures: string | undefined,
  state: "before" | "after",
): ReturnType<typeof runTurnaway> {
  // Of a base that has no dashboards yet there is nothing to draw.
  const isNew = state === "before" && readdirSync(folder).length === 0;
  if (pictures === undefined || isNew) return Promise.resolve({ code: 0, stdout: "", stderr: "" });
  const from = ["dashboards", "preview", "--sample", "--now", NOW, "--definitions", folder];
  return runTurnaway([...from, "--out", path.resolve(pictures, state)]);
}

/** First line of the comment. */
const MARKER = "<!-- turnaway:dashboards -->";

const textSchema = z.object({ isWanted: z.boolean(), isBroken: z.boolean(), text: z.string() });

async function post(args: readonly string[]): Promise<number> {
  const options = { artifact: { type: "string" } } as const;
  const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [file] = positionals;
  if (file === undefined) return main([]);
  const { isWanted, isBroken, text } = textSchema.parse(await readJson(file));
  const all = values.artifact
    ? `${text}\n\nAll sheets, drawn over the same simulated traffic: [HTML pages with their pictures](${values.artifact}), in the folders \`before\` and \`after\`.`
    : text;
  const ifForbidden =
    "The token of a pull request from a fork may only read. The comparison is in the summary of this job.";
  await postComment({ marker: MARKER, text: all, isWanted, ifForbidden }, process.env);
  return isBroken ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
