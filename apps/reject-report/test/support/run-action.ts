import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, inject } from "vitest";

/** A job that the Action is a step of. */
export interface Workspace {
  /** Where the checkout lies, and the step runs. */
  readonly folder: string;
  /** `RUNNER_TEMP`. */
  readonly temp: string;
}

export interface Step {
  /** As under `with:`; what is not named has the default of action.yml. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly workspace: Workspace;
  /** `GITHUB_API_URL`. */
  readonly apiUrl?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly event?: unknown;
  /** Which entry: `index.js` by default, `days.js` or `mute.js`. */
  readonly main?: string;
}

export interface StepOutcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Standard output and standard error, as the log of a job has them. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** A workspace of this test file's own, gone after it. */
export function makeWorkspace(files: Readonly<Record<string, string>> = {}): Workspace {
  const root = mkdtempSync(path.join(tmpdir(), "turnaway-job-"));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const workspace = { folder: path.join(root, "work"), temp: path.join(root, "temp") };
  for (const folder of Object.values(workspace)) mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(workspace.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return workspace;
}

/** Runs the built Action as a runner does: inputs in the environment, files to write to. */
export async function runStep(step: Step): Promise<StepOutcome> {
  return startStep(step).outcome;
}

let steps = 0;

export function startStep(step: Step): { child: ChildProcess; outcome: Promise<StepOutcome> } {
  const { workspace, event = { repository: { private: true } } } = step;
  const own = path.join(workspace.temp, `_runner_${++steps}`);
  mkdirSync(own);
  const files = {
    GITHUB_EVENT_PATH: path.join(own, "event.json"),
    GITHUB_OUTPUT: path.join(own, "output"),
    GITHUB_STEP_SUMMARY: path.join(own, "summary.md"),
  };
  writeFileSync(files.GITHUB_EVENT_PATH, JSON.stringify(event));
  writeFileSync(files.GITHUB_OUTPUT, "");
  writeFileSync(files.GITHUB_STEP_SUMMARY, "");
  const child = spawn(
    process.execPath,
    [path.join(inject("action"), "dist", step.main ?? "index.js")],
    {
      cwd: workspace.folder,
      env: { ...variables(step), ...files, ...inputVariables(step.inputs), ...step.env },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  return { child, outcome: outcomeOf(child, files) };
}

function variables({ workspace, apiUrl }: Step): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: "/nonexistent",
    GITHUB_ACTIONS: "true",
    GITHUB_EVENT_NAME: "schedule",
    GITHUB_REPOSITORY: "octo/network",
    GITHUB_RUN_ID: "42",
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_WORKSPACE: workspace.folder,
    RUNNER_TEMP: workspace.temp,
    RUNNER_TOOL_CACHE: inject("toolCache"),
    ...(apiUrl === undefined ? {} : { GITHUB_API_URL: apiUrl }),
  };
}

function inputVariables(inputs: Step["inputs"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
}

async function outcomeOf(
  child: ChildProcess,
  files: { GITHUB_OUTPUT: string; GITHUB_STEP_SUMMARY: string },
): Promise<StepOutcome> {
  let log = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => (log += text));
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  const outputs = readOutputs(readFileSync(files.GITHUB_OUTPUT, "utf8"));
  const summary = existsSync(files.GITHUB_STEP_SUMMARY)
    ? readFileSync(files.GITHUB_STEP_SUMMARY, "utf8")
    : "";
  return { code, signal, log, outputs, summary };
}

/** `name<<DELIMITER`, the value, `DELIMITER`: the only form that the toolkit writes. */
function readOutputs(text: string): Record<string, string> {
  const found = text.matchAll(/^([\w-]+)<<(ghadelimiter_\S+)\n([^]*?)\n\2\n/gm);
  return Object.fromEntries([...found].map(([, name, , value]) => [name!, value!]));
}

/** The commands that a runner would find in a log. */
export function commandsIn(log: string): string[] {
  return log
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line.startsWith("::") || line.includes("##["));
}
