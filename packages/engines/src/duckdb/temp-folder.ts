import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";

import { describeSystemError, TurnawayError } from "@turnaway/core";

import { fastTempRoot } from "./temp-root.ts";

/** A folder of this run alone. */
export interface TempFolder {
  readonly path: string;
  remove(): void;
}

/**
 * Makes a temporary folder, in memory where there is room. It is gone when the process
 * is: at the latest on exit, and after a kill by the next run that makes one there.
 *
 * @throws TurnawayError OUTPUT when none can be made.
 */
export function makeTempFolder(root: string = fastTempRoot()): TempFolder {
  sweep(root);
  const folder = make(root);
  if (alive.size === 0) process.once("exit", removeAll);
  alive.add(folder);
  return {
    path: folder,
    remove() {
      alive.delete(folder);
      rmSync(folder, { recursive: true, force: true });
      if (alive.size === 0) process.off("exit", removeAll);
    },
  };
}

const alive = new Set<string>();

function removeAll(): void {
  for (const folder of alive) rmSync(folder, { recursive: true, force: true });
}

// Machine and process are in the name: containers may share a disk and have equal process ids.
const HOST = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
const NAME = /^turnaway-([0-9a-f]{8})-(\d+)-/;

function make(root: string): string {
  try {
    return mkdtempSync(path.join(root, `turnaway-${HOST}-${process.pid}-`));
  } catch (error) {
    throw new TurnawayError(
      "OUTPUT",
      {
        what: "can not make a folder for temporary files",
        where: root,
        why: describeSystemError(error),
        fix: "point TMPDIR to a folder that you may write to",
      },
      { cause: error },
    );
  }
}

/** Removes what runs left that were killed. */
function sweep(root: string): void {
  try {
    for (const name of readdirSync(root)) {
      const [, host, pid] = NAME.exec(name) ?? [];
      if (host !== HOST || isRunning(Number(pid))) continue;
      rmSync(path.join(root, name), { recursive: true, force: true });
    }
  } catch {
    // Somebody else's, or gone already: it is no reason not to run.
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
