import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import { keepIssue } from "@turnaway/issues";
import { z } from "zod";

import { driftText, type Looked } from "./deploy/drift-text.ts";
import { runTurnaway } from "./run-turnaway.ts";
import { accessOf, addSummary, readJson } from "./step.ts";

/**
 * What the workflow `drift` runs:
 *
 * `tell-drift.ts look --engine athena|cloudwatch --out FILE` compares what is live with the
 * configuration, writes that to the job's summary, and for an issue to FILE.
 * `tell-drift.ts post FILE --name NAME` keeps that issue.
 */
async function main([step, ...args]: readonly string[]): Promise<number> {
  if (step === "look") return look(args);
  if (step === "post") return post(args);
  process.stderr.write("usage: tell-drift.ts look|post …, as the workflow has it\n");
  return 2;
}

async function look(args: readonly string[]): Promise<number> {
  const options = { engine: { type: "string" }, out: { type: "string" } } as const;
  const { engine, out } = parseArgs({ args: [...args], options }).values;
  if (out === undefined) return main([]);
  const looked: Looked[] = [];
  for (const { of, command } of LOOKS) {
    if (of !== "stacks" && engine !== "athena") continue;
    looked.push({ of, command, ...(await runTurnaway(command)) });
  }
  const drift = driftText(looked);
  await addSummary(drift.text, process.env);
  await writeFile(out, JSON.stringify(drift));
  // A look that failed tells nothing of drift: neither an issue nor its end.
  return drift.isFailed ? 1 : 0;
}

// Both end with exit code 3 where something is not as it should be.
const LOOKS = [
  { of: "stacks", command: ["deploy", "status", "--drift"] },
  { of: "views", command: ["views", "status"] },
] as const;

const driftSchema = z.object({ isDrifted: z.boolean(), text: z.string() });

async function post(args: readonly string[]): Promise<number> {
  const options = { name: { type: "string" } } as const;
  const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [file] = positionals;
  const { name } = values;
  if (file === undefined || name === undefined) return main([]);
  const { isDrifted, text } = driftSchema.parse(await readJson(file));
  const { kind, number } = await keepIssue({
    access: accessOf(process.env),
    marker: `<!-- turnaway:drift:${name} -->`,
    title: `Drift: ${name} is not what turnaway.yml says`,
    text,
    labels: ["turnaway-drift"],
    isOpen: isDrifted,
  });
  process.stdout.write(`issue: ${kind}${number === null ? "" : ` #${number}`}\n`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
