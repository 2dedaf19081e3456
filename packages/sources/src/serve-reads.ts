import { parentPort, workerData } from "node:worker_threads";

import { describeSystemError, errorCode } from "@turnaway/core/system-errors";

import { openClaims } from "./claims.ts";
import { formatPaths } from "./clean-output.ts";
import { columnsOfFields } from "./column-class.ts";
import { refused, type FileOutcome } from "./file-outcome.ts";
import { digestPlain, digestStored } from "./digest.ts";
import { readSourceFile, type ReadSettings } from "./read-file.ts";
import type { ByteLimits } from "./source-bytes.ts";

/** What a worker is told when it starts. */
export interface WorkerStart {
  /** Tells the files that this worker writes from the others'. */
  readonly id: number;
  readonly fallbacks: readonly (readonly string[])[];
  readonly limits: ByteLimits & { readonly maxLineBytes: number };
  readonly claims: SharedArrayBuffer;
  /** Node's compile cache, when the main thread has one: a thread then starts three times as fast. */
  readonly compileCache: string | undefined;
}

/** One thing to do. */
export type WorkerTask =
  | { readonly kind: "read"; readonly path: string; readonly dir: string; readonly claim: boolean }
  | { readonly kind: "digest"; readonly path: string; readonly of: "stored" | "plain" };

/** What came of it; `fatal` when the batch can not go on. */
export type WorkerAnswer =
  | { readonly kind: "read"; readonly outcome: FileOutcome }
  | { readonly kind: "digest"; readonly digest: string }
  | { readonly kind: "fatal"; readonly code: string; readonly message: string };

const start = workerData as WorkerStart;
const claims = openClaims(start.claims);
const fallbacks = start.fallbacks.map(columnsOfFields);
let own = 0;
let shared = { dir: "", path: (_format: string): string => "" };

/** Answers the tasks of the main thread, one after the other. */
parentPort?.on("message", (task: WorkerTask) => {
  void answer(task).then((result) => parentPort?.postMessage(result));
});

async function answer(task: WorkerTask): Promise<WorkerAnswer> {
  try {
    if (task.kind === "digest") {
      return { kind: "digest", digest: await digest(task) };
    }
    const outcome = await readSourceFile(task.path, settingsFor(task.dir), { claim: task.claim });
    return { kind: "read", outcome };
  } catch (error) {
    return failure(error);
  }
}

async function digest({ path, of }: WorkerTask & { kind: "digest" }): Promise<string> {
  return of === "stored" ? digestStored(path) : digestPlain(path, start.limits);
}

/** A file that can not be read is one problem among others; a disk that is full ends the run. */
function failure(error: unknown): WorkerAnswer {
  const code = errorCode(error);
  const syscall = error instanceof Error && "syscall" in error ? error.syscall : undefined;
  const isOutput =
    code === "ENOSPC" || code === "EDQUOT" || code === "EROFS" || syscall === "write";
  if (code === undefined || isOutput) {
    const message = isOutput
      ? describeSystemError(error)
      : ((error as Error).stack ?? String(error));
    return { kind: "fatal", code: isOutput ? "OUTPUT" : "BUG", message };
  }
  const detail = `it can not be read: ${describeSystemError(error)}`;
  return { kind: "read", outcome: refused({ code: "SOURCE_UNREADABLE", detail, partial: true }) };
}

function settingsFor(dir: string): ReadSettings {
  if (shared.dir !== dir) shared = { dir, path: formatPaths(dir, `w${start.id}`) };
  const ownPath = formatPaths(dir, `w${start.id}-own${own++}`);
  return { fallbacks, limits: start.limits, claims, sharedPath: shared.path, ownPath };
}
