import type { QueryEngine } from "@turnaway/core";
import { readCaseFiles, runCase } from "@turnaway/engines/sql-cases";

import { runSideBySide } from "./run-side-by-side.ts";
import type { Tally } from "./tally.ts";
import { createTrinoCaseEngine, type MadeTables } from "./trino-case-engine.ts";

/**
 * Runs the cases that stand beside the SQL files: DuckDB passes them in the unit tests.
 * `engine` looks names up in a schema that tables can be made in.
 */
export async function checkCases(engine: QueryEngine, tally: Tally, only: RegExp): Promise<void> {
  const made: MadeTables = new Map();
  const all = readCaseFiles().flatMap(({ file, cases }) => cases.map((one) => ({ file, one })));
  const chosen = all.filter(({ file, one }) =>
    only.test(`cases ${file.kind}/${file.name} ${one.name}`),
  );
  await runSideBySide(chosen, 3, ({ file, one }) =>
    tally.check("cases", `${file.kind}/${file.name}: ${one.name}`, async () => {
      const { expected, actual } = await runCase(createTrinoCaseEngine(engine, made), file, one);
      if (expected.join("\n") === actual.join("\n")) return `${actual.length - 1} rows`;
      throw new Error(`expected\n${indent(expected)}\ngot\n${indent(actual)}`);
    }),
  );
}

function indent(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join("\n");
}
