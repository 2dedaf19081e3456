import { getCompileCacheDir } from "node:module";
import { Worker } from "node:worker_threads";

import { TurnawayError } from "@turnaway/core";

import type { WorkerAnswer, WorkerStart, WorkerTask } from "./serve-reads.ts";

/** A few threads that each do one task at a time. */
export interface WorkerPool {
  /**
   * Queues a task for the next free thread.
   *
   * @throws TurnawayError `OUTPUT` when clean text can not be written, `BUG` when a thread dies.
   */
  run(task: WorkerTask): Promise<WorkerAnswer>;
  close(): Promise<void>;
}

/** Threads start when there is work for them. */
export function startPool(
  threads: number,
  start: Omit<WorkerStart, "id" | "compileCache">,
): WorkerPool {
  const compileCache = getCompileCacheDir();
  const members: Member[] = [];
  const idle: Member[] = [];
  const queue: Job[] = [];
  let closed = false;

  const next = (member: Member): void => {
    const job = queue.shift();
    member.job = job;
    if (job === undefined) idle.push(member);
    else member.worker.postMessage(job.task);
  };
  const add = (): Member => {
    const workerData: WorkerStart = { ...start, id: members.length, compileCache };
    const member: Member = { worker: new Worker(WORKER, { workerData }), job: undefined };
    members.push(member);
    member.worker.on("message", (answer: WorkerAnswer) => {
      const { job } = member;
      next(member);
      if (answer.kind === "fatal") job?.reject(fatalError(answer));
      else job?.resolve(answer);
    });
    member.worker.on("error", (error) => member.job?.reject(error));
    member.worker.on("exit", () => member.job?.reject(closed ? stopped() : died()));
    return member;
  };
  return {
    run: (task) =>
      new Promise((resolve, reject) => {
        queue.push({ task, resolve, reject });
        const member = idle.pop() ?? (members.length < threads ? add() : undefined);
        if (member !== undefined) next(member);
      }),
    close: async () => {
      closed = true;
      for (const job of queue.splice(0)) job.reject(stopped());
      await Promise.all(members.map(({ worker }) => worker.terminate()));
    },
  };
}

interface Job {
  readonly task: WorkerTask;
  readonly resolve: (answer: WorkerAnswer) => void;
  readonly reject: (error: unknown) => void;
}

interface Member {
  readonly worker: Worker;
  job: Job | undefined;
}

/** TypeScript from a checkout, JavaScript once bundled. */
const WORKER = new URL(
  `./read-worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`,
  import.meta.url,
);

function fatalError({ code, message }: { code: string; message: string }): TurnawayError {
  if (code === "OUTPUT") {
    return new TurnawayError("OUTPUT", {
      what: "can not write temporary files",
      why: message,
      fix: "free some space, or point TMPDIR to a larger disk",
    });
  }
  return new TurnawayError("BUG", { what: "reading stopped", why: message });
}

function died(): TurnawayError {
  return new TurnawayError("BUG", {
    what: "reading stopped",
    why: "a reading thread ended unexpectedly",
  });
}

function stopped(): TurnawayError {
  return new TurnawayError("INTERRUPTED", { what: "reading stopped", why: "it was interrupted" });
}
