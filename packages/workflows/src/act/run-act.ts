import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

/** A machine for `act`: everything that it writes lies in one folder, which goes afterwards. */
export interface ActMachine {
  readonly act: string;
  readonly folder: string;
  /** The clone that the workflows are of. */
  readonly checkout: string;
  /** `--local-repository` and its like. */
  readonly options: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export interface WorkflowRun {
  /** File of the workflow, such as `report.yml`. */
  readonly workflow: string;
  readonly event: string;
  readonly payload: object;
  /** This job and those that it needs; default is all. */
  readonly job?: string;
  readonly variables?: Readonly<Record<string, string>>;
}

export interface WorkflowOutcome {
  readonly code: number | null;
  /** One entry a line that `act` writes: what a step printed, with where. */
  readonly log: string;
}

let runs = 0;

/** Runs one workflow on this machine, without containers. */
export async function runWorkflow(
  machine: ActMachine,
  { workflow, event, payload, job, variables = {} }: WorkflowRun,
): Promise<WorkflowOutcome> {
  const own = path.join(machine.folder, `run-${++runs}`);
  await mkdir(own);
  const eventFile = path.join(own, "event.json");
  await writeFile(eventFile, JSON.stringify(payload));
  const set = (flag: string, values: Readonly<Record<string, string>>): string[] =>
    Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
  // `act` leaves it out.
  const ref = `octo/network/.github/workflows/${workflow}@refs/heads/main`;
  const args = [
    event,
    ...Object.entries({
      "--workflows": `.github/workflows/${workflow}`,
      "--eventpath": eventFile,
      "--platform": "ubuntu-24.04=-self-hosted",
      "--action-cache-path": path.join(machine.folder, "actions"),
    }).flat(),
    ...(job === undefined ? [] : ["--job", job]),
    "--no-cache-server",
    "--use-new-action-cache",
    "--action-offline-mode",
    ...machine.options,
    ...set("--env", { ...machine.env, GITHUB_WORKFLOW_REF: ref, NO_COLOR: "1" }),
    ...set("--var", variables),
  ];
  const child = spawn(machine.act, args, {
    cwd: machine.checkout,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  // With its steps: they are in the same group.
  const stop = (): void => void process.kill(-child.pid!, "SIGTERM");
  machine.signal.addEventListener("abort", stop, { once: true });
  let log = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (log += text));
  const [code] = (await once(child, "close")) as [number | null];
  machine.signal.removeEventListener("abort", stop);
  machine.signal.throwIfAborted();
  return { code, log };
}
