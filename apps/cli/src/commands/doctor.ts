import { styleText } from "node:util";

import type { EngineName } from "@turnaway/core";
import type { Check } from "@turnaway/core/checks";
import { chooseEngine, type Options, refuseSources, type Settings, text } from "@turnaway/runs";
import { oneLine } from "@turnaway/runs/process";

import type { Run } from "../command-spec.ts";
import type { Context } from "../context.ts";
import { checkConfig, checkState, checkTemp } from "../doctor/check-machine.ts";
import { checkSource } from "../doctor/check-source.ts";
import type { Examined } from "../doctor/examined.ts";
import { terminalStyle } from "../terminal.ts";
import { print } from "../write-output.ts";
import { writeRows } from "../write-rows.ts";

/** `turnaway doctor SOURCE…`: looks for what will fail; 2 for the set-up, 3 for the data. */
export const run: Run = async ([sources], options, context) => {
  const engine = chooseEngine(options);
  const specs = (sources as readonly string[]) ?? [];
  if (engine !== "duckdb") refuseSources(engine, specs);
  const { checks, settings } = checkConfig(options);
  const found =
    settings === null ? NOTHING : await examine(engine, { specs, settings, options }, context);
  const setUp = [...checks, ...found.setUp];
  await writeChecks([...setUp, ...found.data], options, context);
  if (hasFailed(setUp)) context.outcome.exitCode = 2;
  else if (hasFailed(found.data)) context.outcome.exitCode = 3;
};

const NOTHING: Examined = { setUp: [], data: [] };

interface Asked {
  readonly specs: readonly string[];
  readonly settings: Settings;
  readonly options: Options;
}

async function examine(
  engine: EngineName,
  { specs, settings, options }: Asked,
  context: Context,
): Promise<Examined> {
  switch (engine) {
    case "duckdb":
      return {
        setUp: [checkTemp(), ...(await checkState(settings, options, context))],
        data: await checkSource(specs, settings, context),
      };
    case "athena":
      return (await import("../doctor/check-athena.ts")).checkAthena(settings, context);
    case "trino":
      return (await import("../doctor/check-trino.ts")).checkTrino(settings, context);
    case "cloudwatch":
      return (await import("../doctor/check-cloudwatch.ts")).checkCloudwatch(settings, context);
  }
}

function hasFailed(checks: readonly Check[]): boolean {
  return checks.some(({ status }) => status === "fail");
}

function writeChecks(checks: readonly Check[], options: Options, context: Context): Promise<void> {
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
