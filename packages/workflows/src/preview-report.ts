import { writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";

import { z } from "zod";

import { postComment } from "./post-comment.ts";
import { makeReports } from "./preview/make-reports.ts";
import {
  COMMENT_LENGTH,
  previewText,
  SUMMARY_LENGTH,
  type PreviewText,
} from "./preview/preview-text.ts";
import { addSummary, readJson } from "./step.ts";

/**
 * What the workflow `report-preview` runs:
 *
 * `preview-report.ts compare --base FOLDER --head FOLDER --out FILE` makes the report by both
 * checkouts, and writes how it changes to the job's summary, and for a comment to FILE.
 * `preview-report.ts post FILE` keeps that comment up to date, where the token may.
 */
async function main([step, ...args]: readonly string[]): Promise<number> {
  if (step === "compare") return compare(args);
  if (step === "post" && args[0] !== undefined) return post(args[0]);
  process.stderr.write("usage: preview-report.ts compare|post …, as the workflow has it\n");
  return 2;
}

async function compare(args: readonly string[]): Promise<number> {
  const text = { type: "string" } as const;
  const options = { base: text, head: text, out: text, records: text };
  const { values } = parseArgs({ args: [...args], options });
  const { base, head, records } = values;
  if (base === undefined || head === undefined || values.out === undefined) return main([]);
  const interrupt = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => interrupt.abort(new Error(`ended by ${signal}`)));
  const made = await makeReports({
    base: path.resolve(base),
    head: path.resolve(head),
    ...(records === undefined ? {} : { records: Number(records) }),
    signal: interrupt.signal,
  });
  const preview = previewText(made.base, made.head, COMMENT_LENGTH);
  await writeFile(values.out, JSON.stringify(preview));
  await addSummary(previewText(made.base, made.head, SUMMARY_LENGTH).text, process.env);
  return 0;
}

/** First line of the comment. */
const MARKER = "<!-- turnaway:report-preview -->";

const previewSchema = z.object({ isChanged: z.boolean(), isBroken: z.boolean(), text: z.string() });

async function post(file: string): Promise<number> {
  const preview: PreviewText = previewSchema.parse(await readJson(file));
  const { text } = preview;
  // Where nothing changes nobody has to be told, unless they were told of a change before.
  const isWanted = preview.isChanged;
  const ifForbidden =
    "The token of a pull request from a fork may only read. The preview is in the summary of this job.";
  await postComment({ marker: MARKER, text, isWanted, ifForbidden }, process.env);
  return preview.isBroken ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
