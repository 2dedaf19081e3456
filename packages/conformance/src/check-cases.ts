import type { QueryEngine, Statement } from "@turnaway/core";
import { readCaseFiles, runCase } from "@turnaway/engines/sql-cases";

import { openCaseTables } from "./case-tables.ts";
import { openDayBatch } from "./day-batch.ts";
import { atMost } from "./at-most.ts";
import type { Tally } from "./tally.ts";
import { createTrinoCaseEngine } from "./trino-case-engine.ts";

/**
 * Runs the cases that stand beside the SQL files, three each of what reads the rollup: DuckDB
 * passes all of them in the unit tests. `engine` looks names up in a schema that tables can be made in.
 */
export async function checkCases(engine: QueryEngine, tally: Tally): Promise<void> {
  const tables = openCaseTables({
    ...engine,
    run: atMost(3, (statement: Statement) => engine.run(statement)),
  });
  const batch = openDayBatch(tables);
  const chosen = readCaseFiles().flatMap(({ file, cases }) =>
    (TOGETHER.has(file.kind) ? cases : spread(cases)).map((one) => ({ file, one })),
  );
  for (const _ of chosen) batch.begin();
  await Promise.all(
    chosen.map(({ file, one }) =>
      tally
        .check("cases", `${file.kind}/${file.name}: ${one.name}`, async () => {
          const { expected, actual } = await runCase(
            createTrinoCaseEngine(tables, batch),
            file,
            one,
          );
          if (expected.join("\n") === actual.join("\n")) return `${actual.length - 1} rows`;
          throw new Error(`expected\n${indent(expected)}\ngot\n${indent(actual)}`);
        })
        .finally(() => batch.end()),
    ),
  );
}

/** What is asked of Trino for all cases at once: direction, and the rollups. */
const TOGETHER: ReadonlySet<string> = new Set(["parts", "rollups"]);

/**
 * The first, the last and the one in the middle. A case is up to eight statements, most of them the
 * same as another's; the data sets run each query and detection over days of traffic besides.
 */
function spread<T>(cases: readonly T[]): readonly T[] {
  const chosen = new Set([0, Math.floor(cases.length / 2), cases.length - 1]);
  return cases.filter((_, i) => chosen.has(i));
}

function indent(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join("\n");
}
