import { type QueryEngine, stringifyExact } from "@turnaway/core";
import { type Logs, openLogs } from "@turnaway/engines/duckdb";
import { buildReport } from "@turnaway/report";
import { listLocalSources } from "@turnaway/sources";
import { DEFAULT_SETTINGS } from "@turnaway/sql";
import { CATALOGS } from "@turnaway/testing/trino";

import {
  detectionQuestions,
  type Question,
  queryQuestions,
  rollupQuestions,
  type Samples,
  viewQuestion,
  dayViewQuestion,
} from "./catalogue-questions.ts";
import { checkViewPruning } from "./check-pruning.ts";
import { compareRows } from "./compare-rows.ts";
import { DAYS, SPAN } from "./data-set.ts";
import type { Delivery } from "./deliver.ts";
import { runSideBySide } from "./run-side-by-side.ts";
import type { Tally } from "./tally.ts";
import {
  allPartitions,
  buildRollups,
  configOf,
  createViews,
  dayPartitions,
  VIEWS,
} from "./trino-tables.ts";

export interface DataSetRun {
  readonly delivery: Delivery;
  /** Trino, with the database of the data set as its schema. */
  readonly trino: QueryEngine;
  readonly tempDir: string;
  readonly tally: Tally;
  readonly signal: AbortSignal;
}

/** Makes views and rollups of a data set on both engines, and compares all that can be asked. */
export async function checkDataSet(run: DataSetRun): Promise<void> {
  const { delivery, trino, tally } = run;
  const { set } = delivery;
  await tally.check("build", `${set.name}: views`, () => createViews(trino, delivery));
  await checkViewPruning(trino, delivery, tally);
  await tally.check("build", `${set.name}: rollups`, () => buildRollups(trino, delivery));
  const logs = await openFolder(run);
  try {
    const partitions = allPartitions(delivery);
    const dayView = {
      partitions: dayPartitions(delivery, DAYS[5]!),
      schema: `${CATALOGS.hive}.${set.name}`,
      day: DAYS[5]!,
    };
    const questions = [
      viewQuestion("flow_records", partitions),
      ...["vpc_accept_traffic", "vpc_reject_traffic"].map((name) => dayViewQuestion(name, dayView)),
      ...rollupQuestions(),
    ];
    if (set.scope === "all") {
      questions.push(viewQuestion("flow_logs_day", partitions), dayViewQuestion("flows", dayView));
      questions.push(...queryQuestions(partitions, await findSamples(logs.engine)));
      questions.push(...detectionQuestions());
    }
    await runSideBySide(questions, 2, (question) => ask(run, logs.engine, question));
    if (set.scope === "all") {
      await tally.check("report", set.name, () => compareReports(logs, run));
    }
  } finally {
    logs.close();
  }
}

async function ask(run: DataSetRun, duckdb: QueryEngine, question: Question): Promise<void> {
  const { delivery, trino, tally, signal } = run;
  const name = `${delivery.set.name}: ${question.trino.name}`;
  await tally.check(question.group, name, async () => {
    const answer = await trino.run(question.trino, signal);
    return compareRows(await duckdb.run(question.duckdb, signal), answer, question);
  });
}

async function openFolder({ delivery, tempDir, signal }: DataSetRun): Promise<Logs> {
  const { files } = await listLocalSources([delivery.folder], { tempDir, signal });
  const names = [...VIEWS, ...rollupQuestions().map(({ trino }) => trino.name)];
  return openLogs({ files, settings: DEFAULT_SETTINGS, sql: names.join(" "), signal });
}

/** A client inside that is refused most, and what it asks for. */
async function findSamples(duckdb: QueryEngine): Promise<Samples> {
  const { rows } = await duckdb.run({
    name: "samples",
    sql: `SELECT client, service_port FROM traffic_rollup
      WHERE scope = 'internal' AND rejected_records > 0 AND service_port IS NOT NULL
      ORDER BY rejected_records DESC, client, service_port LIMIT 1`,
  });
  const { client, service_port: port } = rows[0]!;
  return {
    address: String(client),
    cidr: `${String(client).split(".").slice(0, 3).join(".")}.0/24`,
    port: String(port),
    protocol: "tcp",
    integer: "1",
    decimal: "0.5",
    text: String(client),
    time: new Date((SPAN.start + 2 * 86_400) * 1000).toISOString().slice(0, 10),
  };
}

async function compareReports(logs: Logs, run: DataSetRun): Promise<string> {
  const write = async (engine: QueryEngine): Promise<string> => {
    const { receipt: _, ...report } = await buildReport(engine, {
      config: configOf(run.delivery),
      settings: DEFAULT_SETTINGS,
      mutes: [],
      window: { start: SPAN.end - 86_400, end: SPAN.end, timezone: "UTC" },
      read: {
        ...logs.coverage,
        formats: [...logs.coverage.formats],
        problems: [],
        logged: [],
        interfaces: 0,
        undated: 0,
        excluded: 0,
      },
      notices: [],
      versions: {},
      signal: run.signal,
    });
    return stringifyExact(report, 1);
  };
  const [left, right] = [await write(logs.engine), await write(run.trino)];
  if (left === right) return `${left.length} characters`;
  const lines = left.split("\n");
  const others = right.split("\n");
  const at = lines.findIndex((line, i) => line !== others[i]);
  throw new Error(`line ${at} differs\n  duckdb ${lines[at]}\n  trino  ${others[at]}`);
}
