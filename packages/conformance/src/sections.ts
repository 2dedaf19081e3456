import type { QueryEngine } from "@turnaway/core";
import { composeQuery, DEFAULT_SETTINGS } from "@turnaway/sql";
import { createTrinoEngine } from "@turnaway/engines/trino";
import { CATALOGS, type Lakehouse } from "@turnaway/testing/trino";

import { checkAthena } from "./check-athena.ts";
import { checkCases } from "./check-cases.ts";
import { checkCli, CLI_SET } from "./check-cli.ts";
import { checkDataSet } from "./check-data-set.ts";
import { checkFunctions } from "./check-functions.ts";
import { checkPruning } from "./check-pruning.ts";
import { checkReport } from "./check-report.ts";
import { checkViews } from "./check-views.ts";
import { checkWarehouse } from "./check-warehouse.ts";
import { DATA_SETS, type DataSet } from "./data-set.ts";
import { deliver } from "./deliver.ts";
import { fillLake, type FilledLake } from "./fill-lake.ts";
import { openWarehouse } from "./open-warehouse.ts";
import type { Tally } from "./tally.ts";
import { allPartitions, createRawTable } from "./trino-tables.ts";

/** What a section of the run may use. */
export interface Stage {
  readonly lakehouse: Lakehouse;
  readonly tally: Tally;
  /** For files of the run; removed after it. */
  readonly tempDir: string;
  readonly signal: AbortSignal;
}

/** A part of the run that stands on its own. */
export interface Section {
  readonly name: string;
  run(stage: Stage): Promise<void>;
}

/** Everything that the SQL and the engines promise, as checks on a real Trino. */
export const SECTIONS: readonly Section[] = [
  // The longest ones first, so that none is left alone at the end: one command after the other
  // takes half of the run.
  {
    name: "cli",
    run: (stage) => checkCli({ ...stage, trino: connect(stage, CLI_SET.name) }),
  },
  {
    name: "report",
    run: (stage) =>
      inLake(
        stage,
        "report",
        (engine, lake) =>
          checkReport(stage.lakehouse, {
            ...stage,
            engine,
            lake,
            memory: connect(stage, "default", CATALOGS.memory),
          }),
        { format: "rich", days: EIGHT_DAYS },
      ),
  },
  {
    name: "cases",
    run: (stage) => checkCases(connect(stage, "default", CATALOGS.memory), stage.tally),
  },
  {
    name: "warehouse",
    run: (stage) =>
      inLake(stage, "warehouse", (engine, lake) =>
        checkWarehouse(stage.lakehouse, { engine, lake }, stage.tally),
      ),
  },
  ...DATA_SETS.map((set): Section => ({
    name: set.name,
    run: (stage) => compareEngines(stage, set),
  })),
  {
    name: "functions",
    run: (stage) => checkFunctions(connect(stage, "default", CATALOGS.memory), stage.tally),
  },
  {
    name: "views",
    run: (stage) =>
      inLake(stage, "views", async (engine, lake) =>
        checkViews(await openWarehouse(stage.lakehouse, { engine, lake }), stage.tally),
      ),
  },
];

const EIGHT_DAYS = Array.from({ length: 8 }, (_, day) => `2026-11-${13 + day}`);

async function compareEngines(stage: Stage, set: DataSet): Promise<void> {
  const { lakehouse, tally } = stage;
  const delivery = await deliver(set, { ...stage, awsUrl: lakehouse.awsUrl });
  await createRawTable(delivery, lakehouse.awsUrl);
  const trino = connect(stage, set.name);
  await checkPruning(trino, delivery, tally);
  await checkDataSet({ ...stage, delivery, trino });
  if (set !== DATA_SETS[0]) return;
  // What a set is like is nothing to the protocol: one has its answers fetched over it.
  const options = { settings: DEFAULT_SETTINGS, window: null, partitions: allPartitions(delivery) };
  const statements = ["top-rejected", "traffic-by-hour", "total-bytes"].map((name) =>
    composeQuery(name, { ...options, limit: 5000 }),
  );
  await checkAthena({ trino, database: set.name, statements, tally });
}

async function inLake(
  stage: Stage,
  schema: string,
  body: (engine: QueryEngine, lake: FilledLake) => Promise<void>,
  logs: { format?: "default" | "rich"; days?: readonly string[] } = {},
): Promise<void> {
  const engine = connect(stage, schema);
  const lake = await fillLake(stage.lakehouse, engine, {
    schema,
    layout: "hive",
    format: "default",
    days: ["2026-11-19", "2026-11-20"],
    ...logs,
    recordsPerDay: 3000,
    folder: `${stage.tempDir}/${schema}`,
  });
  await body(engine, lake);
}

// An interruption ends whatever is asked, also by checks that know of none.
function connect(
  { lakehouse, signal }: Stage,
  schema: string,
  catalog: string = CATALOGS.hive,
): QueryEngine {
  const auth = { type: "none", user: "conformance" } as const;
  const engine = createTrinoEngine({ url: lakehouse.trinoUrl, auth, catalog, schema });
  return { ...engine, run: (statement, own = signal) => engine.run(statement, own) };
}
