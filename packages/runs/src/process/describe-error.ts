import { stripVTControlCharacters } from "node:util";

import { formatDetail, TurnawayError } from "@turnaway/core/errors";

/** `error: WHAT (WHERE): WHY. FIX`, one line each; with the stack for a bug or when debugging. */
export function describeError(error: unknown, env: NodeJS.ProcessEnv): string {
  const known = error instanceof TurnawayError && error.fault !== "bug";
  const lines = messages(error).map((message) => `error: ${oneLine(message)}`);
  if (known && env["TURNAWAY_DEBUG"] !== "1") return lines.join("\n");
  const stack = error instanceof Error ? `${error.stack ?? ""}${causeOf(error)}` : "";
  const bug = known ? [] : [`This is a bug of Turnaway. Please report it: ${REPORT_URL}`];
  return [...lines, ...bug, stack].join("\n");
}

/** The contract's exit code; 4 for what nobody foresaw. */
export function exitCodeOf(error: unknown): number {
  return error instanceof TurnawayError ? error.exitCode : 4;
}

const REPORT_URL = "https://github.com/turnaway/turnaway/issues/new?template=bug.yml";

function messages(error: unknown): string[] {
  if (error instanceof TurnawayError) return error.details.map(formatDetail);
  return [error instanceof Error ? error.message : String(error)];
}

/** File names and log text may hold line ends and escape codes: on a terminal they do harm. */
export function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is removed
  return stripVTControlCharacters(text).replaceAll(/[\u0000-\u001F\u007F-\u009F]+/g, " ");
}

function causeOf(error: Error): string {
  return error.cause instanceof Error
    ? `\ncaused by ${error.cause.stack ?? error.cause.message}`
    : "";
}
