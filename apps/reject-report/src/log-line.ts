import { oneLine } from "@turnaway/runs/process";

/**
 * A line of ours as a runner may read it. Runners look for commands in what is printed, and file
 * names and problems come from outside: `::` at the start and `##[` anywhere would be commands.
 */
export function logLine(text: string): string {
  const line = oneLine(text).replaceAll("##[", "## [");
  return line.trimStart().startsWith("::") ? `\\${line.trimStart()}` : line;
}
