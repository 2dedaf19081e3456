import { parseArgs } from "node:util";

import { runTurnaway } from "./run-turnaway.ts";
import { addSummary } from "./step.ts";

/**
 * What the workflow `deploy` ends with: `smoke-check.ts --engine athena|cloudwatch` asks what was
 * deployed one question, as a report would. That it has nothing to tell yet is fine; that it does
 * not answer fails the job.
 */
async function main(args: readonly string[]): Promise<number> {
  const options = { engine: { type: "string" } } as const;
  const { engine } = parseArgs({ args: [...args], options }).values;
  if (engine !== "athena" && engine !== "cloudwatch") {
    process.stderr.write("usage: smoke-check.ts --engine athena|cloudwatch\n");
    return 2;
  }
  const { query, about } = QUESTIONS[engine];
  const asked = ["query", query, "--engine", engine, "--since", "24h", "--limit", "1"];
  const { code, stdout, stderr } = await runTurnaway(asked);
  const command = `turnaway ${asked.join(" ")}`;
  if (ANSWERED.has(code)) {
    await addSummary(`Smoke check: ${about} answers (\`${command}\`).`, process.env);
    process.stdout.write(stdout);
    return 0;
  }
  const last = stderr.trimEnd().split("\n").at(-1) ?? "";
  const message = `${about} does not answer. \`${command}\` ended with exit code ${code}: ${last}`;
  process.stdout.write(`::error title=The deployment does not work::${message}\n`);
  await addSummary(`Smoke check: **${message.replaceAll("\n", " ")}**`, process.env);
  return 1;
}

// Each reads what was just deployed: the view over the raw table, or the log group.
const QUESTIONS = {
  athena: { query: "external-sources", about: "the view flow_records" },
  cloudwatch: { query: "top-rejected", about: "the log group" },
} as const;

/** Done, and done with data that is incomplete: on the first day there is hardly any. */
const ANSWERED: ReadonlySet<number> = new Set([0, 3]);

process.exitCode = await main(process.argv.slice(2));
