import path from "node:path";

/** A process to start. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
}

const REPOSITORY = path.resolve(import.meta.dirname, "../../..");

/** The command line of this checkout, as a person would start it. */
export function turnaway(args: readonly string[]): Command {
  return { file: process.execPath, args: [path.join(REPOSITORY, "apps/cli/src/bin.ts"), ...args] };
}

/** A script of this checkout, which measures something itself. */
export function checkoutScript(script: string, args: readonly string[]): Command {
  return { file: process.execPath, args: [path.join(REPOSITORY, script), ...args] };
}

/** What everything is compared with: the least that reading the files can cost. */
export function gzip(files: readonly string[]): Command {
  return { file: "sh", args: ["-c", 'gzip -dc "$@" | wc -l', "sh", ...files] };
}
