import { styleText } from "node:util";

import type { Check } from "@turnaway/core/checks";
import { type Options, text } from "@turnaway/runs";
import { oneLine } from "@turnaway/runs/process";

import type { Context } from "../context.ts";
import { terminalStyle } from "../terminal.ts";
import { print } from "../write-output.ts";
import { writeRows } from "../write-rows.ts";

/** Writes what was looked at: lines for people, or rows as `--format` says. */
export function writeChecks(
  checks: readonly Check[],
  options: Options,
  context: Context,
): Promise<void> {
  if ((text(options, "format") ?? "table") !== "table") {
    const columns = ["code", "status", "what", "fix"].map((name) => ({ name, type: "varchar" }));
    return writeRows({ columns, rows: checks.map((check) => ({ ...check })) }, options, context);
  }
  const { color, width } = terminalStyle(options, context);
  const code = Math.max(...checks.map((check) => check.code.length));
  return print(checks.map((check) => checkLines(check, { color, width, code })).join(""));
}

const COLORS = { ok: "green", warn: "yellow", fail: "red" } as const;

interface CheckStyle {
  readonly color: boolean;
  readonly width: number;
  /** Characters of the longest code. */
  readonly code: number;
}

// Lines are wrapped, never cut: the end of a path is what a person needs.
function checkLines({ code, status, what, fix }: Check, style: CheckStyle): string {
  const indent = "fail  ".length + style.code + 2;
  const room = Math.max(style.width - indent, 20);
  const lines = [
    ...wrap(oneLine(what), room),
    ...(fix === null ? [] : wrap(`→ ${oneLine(fix)}`, room)),
  ];
  const word = status.padEnd(4);
  const head = `${style.color ? styleText(COLORS[status], word, { validateStream: false }) : word}  ${code.padEnd(style.code)}  `;
  return lines.map((line, i) => `${i === 0 ? head : " ".repeat(indent)}${line}\n`).join("");
}

function wrap(content: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of content.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
