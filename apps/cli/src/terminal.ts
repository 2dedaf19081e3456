import type { Options } from "@turnaway/runs";

import type { Context } from "./context.ts";

/** How standard output takes text: colour only on a terminal that wants it. */
export function terminalStyle(
  options: Options,
  context: Context,
): { color: boolean; width: number } {
  const color =
    process.stdout.isTTY &&
    options["color"] !== false &&
    !context.env["NO_COLOR"] &&
    context.env["TERM"] !== "dumb";
  // A terminal that nobody has told its size says 0.
  return { color, width: Math.min(process.stdout.columns || 100, 100) };
}
