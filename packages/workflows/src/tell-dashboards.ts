import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";

import { parseConfig } from "@turnaway/core";
import { keepIssue, keepPull, type KeptPull } from "@turnaway/issues";
import { z } from "zod";

import { failureText } from "./command-text.ts";
import { type DriftedText, driftedText, driftSchema } from "./dashboards/drifted-text.ts";
import { runTurnaway } from "./run-turnaway.ts";
import { accessOf, addSummary, readJson } from "./step.ts";

/**
 * What the workflow `drift` runs for the dashboards:
 *
 * `tell-dashboards.ts look --out FILE` compares what is live in QuickSight with the files, and
 * writes that to the job's summary, and for GitHub to FILE.
 * `tell-dashboards.ts post FILE --name NAME` keeps one pull request with what somebody changed in
 * the console, and one issue about what files can't say.
 */
async function main([step, ...args]: readonly string[]): Promise<number> {
  if (step === "look") return look(args);
  if (step === "post") return post(args);
  process.stderr.write("usage: tell-dashboards.ts look|post …, as the workflow has it\n");
  return 2;
}

const LOOK = ["dashboards", "drift", "--format", "json"];

async function look(args: readonly string[]): Promise<number> {
  const { out } = parseArgs({ args: [...args], options: { out: { type: "string" } } }).values;
  if (out === undefined) return main([]);
  const ended = await runTurnaway(LOOK);
  // A look that failed tells nothing of drift: neither a pull request nor its end.
  if (ended.code !== 0 && ended.code !== DIFFERS) {
    const text = failureText(`turnaway ${LOOK.join(" ")}`, ended);
    await addSummary(`Nothing is known of the dashboards. ${text}`, process.env);
    return 1;
  }
  const { files, ...drift } = driftSchema.parse(JSON.parse(ended.stdout));
  const told = driftedText({ files, ...drift });
  const said = [told.issue, told.pull].filter((text) => text !== null);
  const same = "The dashboards in QuickSight are what the repository says.";
  await addSummary(said.length === 0 ? same : said.join("\n\n"), process.env);
  await writeFile(out, JSON.stringify({ ...told, files }));
  return 0;
}

const DIFFERS = 3;

const toldSchema = z.object({
  pull: z.string().nullable(),
  issue: z.string().nullable(),
  files: driftSchema.shape.files,
});

type Told = DriftedText & Pick<z.infer<typeof driftSchema>, "files">;

async function post(args: readonly string[]): Promise<number> {
  const options = { name: { type: "string" } } as const;
  const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [file] = positionals;
  const { name } = values;
  if (file === undefined || name === undefined) return main([]);
  const told: Told = toldSchema.parse(await readJson(file));
  const access = accessOf(process.env);
  const base = process.env["GITHUB_SHA"];
  const kept = await keepPull({
    access,
    branch: `turnaway/dashboards-${name}`,
    ...(base ? { base } : {}),
    files: inRepository(told.files),
    message: `Take over what was changed in QuickSight (${name})`,
    title: `Dashboards of ${name}: take over what was changed in QuickSight`,
    body: told.pull ?? "",
  });
  process.stdout.write(`${describe(kept)}\n`);
  const { kind, number } = await keepIssue({
    access,
    marker: `<!-- turnaway:dashboards-drift:${name} -->`,
    title: `Drift: dashboards of ${name} are not what the repository says`,
    text: told.issue ?? "The dashboards in QuickSight are what the repository says.",
    labels: ["turnaway-drift"],
    isOpen: told.issue !== null,
  });
  process.stdout.write(`issue: ${kind}${number === null ? "" : ` #${number}`}\n`);
  return 0;
}

// The command names files from the folder of definitions.
function inRepository(files: Told["files"]): Told["files"] {
  const config = existsSync("turnaway.yml") ? readFileSync("turnaway.yml", "utf8") : "";
  const { definitions } = parseConfig(config, "turnaway.yml").config.dashboards;
  const folder = definitions ?? "packages/dashboards/definitions";
  return Object.fromEntries(
    Object.entries(files).map(([file, text]) => [path.posix.join(folder, file), text]),
  );
}

function describe(kept: KeptPull): string {
  switch (kept.kind) {
    case "not-wanted":
      return "pull request: not-wanted";
    case "prepared":
      return `::notice title=No pull request::This repository lets no workflow open one. Open it yourself: ${kept.compareUrl}`;
    case "held":
      return `::notice title=Branch left alone::Its commits are not all ours, so nothing was added: ${kept.compareUrl}`;
    default:
      return `pull request: ${kept.kind} #${kept.pull.number}`;
  }
}

process.exitCode = await main(process.argv.slice(2));
