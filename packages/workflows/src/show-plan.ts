import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import { z } from "zod";

import { type Planned, planText } from "./deploy/plan-text.ts";
import { postComment } from "./post-comment.ts";
import { runTurnaway } from "./run-turnaway.ts";
import { addSummary, readJson } from "./step.ts";

/**
 * What the workflows `plan` and `deploy` run:
 *
 * `show-plan.ts make [--offline] [--out FILE]` writes what a deployment would change to the
 * job's summary, and for a comment to FILE. Without FILE a plan that can't be applied fails.
 * `show-plan.ts post FILE` keeps that comment up to date, where the token may, and fails after it.
 */
async function main([step, ...args]: readonly string[]): Promise<number> {
  if (step === "make") return make(args);
  if (step === "post" && args[0] !== undefined) return post(args[0]);
  process.stderr.write("usage: show-plan.ts make|post …, as the workflows have it\n");
  return 2;
}

async function make(args: readonly string[]): Promise<number> {
  const options = { offline: { type: "boolean" }, out: { type: "string" } } as const;
  const { offline, out } = parseArgs({ args: [...args], options }).values;
  const planned = await makePlan(offline === true, out !== undefined);
  await addSummary(planText(planned, SUMMARY_LENGTH).text, process.env);
  const plan = planText(planned, COMMENT_LENGTH);
  if (out === undefined) return plan.isBroken ? 1 : 0;
  await writeFile(out, JSON.stringify(plan));
  return 0;
}

/**
 * A reader of a pull request is better served by a plan that was compared with nothing than by
 * none: the role that reports sees the stacks of its own account alone, and AWS may be down.
 */
async function makePlan(offline: boolean, isForReaders: boolean): Promise<Planned> {
  const ended = await runTurnaway(["deploy", "plan", ...(offline ? ["--offline"] : [])]);
  if (offline || !isForReaders || ended.stdout !== "") return { ended, notCompared: null };
  const alone = await runTurnaway(["deploy", "plan", "--offline"]);
  // Neither works: then what the first one said is what is wrong.
  if (alone.stdout === "") return { ended, notCompared: null };
  return { ended: alone, notCompared: ended };
}

/** In characters, below what GitHub refuses. */
const COMMENT_LENGTH = 60_000;
const SUMMARY_LENGTH = 250_000;

const MARKER = "<!-- turnaway:deploy-plan -->";

const planSchema = z.object({ isBroken: z.boolean(), text: z.string() });

async function post(file: string): Promise<number> {
  const plan = planSchema.parse(await readJson(file));
  const { text } = plan;
  const ifForbidden = "The token may only read. The plan is in the summary of this job.";
  await postComment({ marker: MARKER, text, isWanted: true, ifForbidden }, process.env);
  return plan.isBroken ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
