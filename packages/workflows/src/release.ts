import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

import { movingTags, nextStep, notesOf } from "./release/next-step.ts";
import { packCommand } from "./release/pack-command.ts";
import { setOutput } from "./step.ts";

const CHECKOUT = path.join(import.meta.dirname, "../../..");

/**
 * What the workflow `release` runs:
 *
 * `release.ts next` says what is to be done: the outputs `step` (version, publish, nothing),
 * `version`, and `moving`, the tags that follow it.
 * `release.ts pack --out FOLDER` makes the npm package of the command.
 * `release.ts notes --out FILE` writes what the changelog says of the version.
 */
async function main([step, ...args]: readonly string[]): Promise<number> {
  const { out } = parseArgs({ args: [...args], options: { out: { type: "string" } } }).values;
  if (step === "next") return next();
  if (out === undefined) return usage();
  if (step === "pack") return pack(out);
  if (step === "notes") return notes(out);
  return usage();
}

function usage(): number {
  process.stderr.write("usage: release.ts next | pack --out FOLDER | notes --out FILE\n");
  return 2;
}

async function next(): Promise<number> {
  const version = commandVersion();
  const changesetFiles = readdirSync(path.join(CHECKOUT, ".changeset"));
  const step = nextStep({ changesetFiles, version, tags: remoteTags() });
  await setOutput("step", step, process.env);
  await setOutput("version", version, process.env);
  await setOutput("moving", movingTags(version).join(" "), process.env);
  return 0;
}

// Of the remote: a checkout has no tags of its own.
function remoteTags(): ReadonlySet<string> {
  const listed = execFileSync("git", ["ls-remote", "--tags", "--refs", "origin"], {
    cwd: CHECKOUT,
  }).toString();
  return new Set([...listed.matchAll(/refs\/tags\/(\S+)$/gm)].map(([, tag]) => tag!));
}

async function pack(to: string): Promise<number> {
  const repository = process.env["GITHUB_REPOSITORY"];
  if (!repository) throw new Error("GITHUB_REPOSITORY is not set: provenance names the repository");
  const packed = await packCommand({ checkout: CHECKOUT, to: path.resolve(to), repository });
  process.stdout.write(`${packed.name} ${packed.version} in ${to}\n`);
  return 0;
}

function notes(file: string): number {
  const changelogs = ["apps/cli", "apps/reject-report"].map((app) =>
    path.join(CHECKOUT, app, "CHANGELOG.md"),
  );
  const parts = changelogs
    .filter((changelog) => existsSync(changelog))
    .map((changelog) => notesOf(readFileSync(changelog, "utf8"), commandVersion()));
  writeFileSync(file, `${parts.filter((part) => part !== "").join("\n\n")}\n`);
  return 0;
}

function commandVersion(): string {
  const manifest = readFileSync(path.join(CHECKOUT, "apps/cli/package.json"), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

process.exitCode = await main(process.argv.slice(2));
