import type { QueryEngine } from "@turnaway/core";
import { partitionColumnNames, partitionPredicate, rawScope } from "@turnaway/sql";

import { DAYS } from "./data-set.ts";
import type { Delivery } from "./deliver.ts";
import type { Tally } from "./tally.ts";
import { configOf } from "./trino-tables.ts";

/**
 * A day is asked for, and the engine says what it did: in its plan no partition column is
 * left to be tested row by row, the files that it opened are those of the day, and the bytes
 * that it read are theirs.
 */
export async function checkPruning(
  engine: QueryEngine,
  delivery: Delivery,
  tally: Tally,
): Promise<void> {
  const { set } = delivery;
  // The first and last day of a month, and one between.
  for (const day of [DAYS[4]!, DAYS[5]!, DAYS[2]!]) {
    await tally.check("pruning", `${set.name} ${day}`, () => checkDay(engine, delivery, day));
  }
}

async function checkDay(engine: QueryEngine, delivery: Delivery, day: string): Promise<string> {
  const start = Date.parse(`${day}T00:00:00Z`) / 1000;
  const where = partitionPredicate(rawScope(configOf(delivery)), { start, end: start + 86_400 });
  const explained = await engine.run({
    name: "plan",
    sql: `EXPLAIN SELECT count("start"), sum(bytes) FROM flow_logs WHERE ${where}`,
  });
  const plan = String(Object.values(explained.rows[0]!)[0]);
  const tested = partitionColumnNames(delivery.set.layout).filter((name) =>
    new RegExp(`filterPredicate = [^\\n]*\\b${name}\\b`).test(plan),
  );
  if (tested.length > 0) throw new Error(`${tested.join(", ")} tested row by row:\n${plan}`);

  const own = delivery.objects.filter(({ key }) => key.includes(folderOf(delivery, day)));
  const opened = await engine.run({
    name: "files",
    sql: `SELECT DISTINCT "$path" AS path FROM flow_logs WHERE ${where} ORDER BY 1`,
  });
  const expected = own.map(({ key }) => `s3://${delivery.bucket}/${key}`).toSorted();
  const actual = opened.rows.map((row) => row["path"]);
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    throw new Error(`opened ${actual.length} files, ${expected.length} are of the day`);
  }

  const read = await engine.run({
    name: "bytes",
    sql: `SELECT count("start"), sum(bytes) FROM flow_logs WHERE ${where}`,
  });
  const bytes = own.reduce((sum, object) => sum + object.bytes, 0);
  const { scannedBytes } = read.stats;
  // Parquet is read by column: less than the files, and their footers at least.
  const fits =
    delivery.set.fileFormat === "text"
      ? scannedBytes === bytes
      : scannedBytes > 0 && scannedBytes <= bytes;
  if (!fits) throw new Error(`read ${scannedBytes} bytes, the day has ${bytes}`);
  return `${own.length} files, ${scannedBytes} of ${bytes} bytes`;
}

/** Views that add logs up: what a day's folder is asked for is read from that folder alone. */
export async function checkViewPruning(
  engine: QueryEngine,
  delivery: Delivery,
  tally: Tally,
): Promise<void> {
  const { set } = delivery;
  const day = DAYS[5]!;
  const start = Date.parse(`${day}T00:00:00Z`) / 1000;
  const where = partitionPredicate(rawScope(configOf(delivery)), { start, end: start + 86_400 });
  for (const view of ["vpc_accept_traffic", "vpc_reject_traffic"]) {
    await tally.check("pruning", `${set.name} ${view} ${day}`, async () => {
      const { stats } = await engine.run({
        name: view,
        sql: `SELECT count(source), sum(bytes) FROM ${view} WHERE ${where}`,
      });
      const own = delivery.objects.filter(({ key }) => key.includes(folderOf(delivery, day)));
      const bytes = own.reduce((sum, object) => sum + object.bytes, 0);
      if (stats.scannedBytes > 0 && stats.scannedBytes <= bytes) {
        return `${stats.scannedBytes} of ${bytes} bytes`;
      }
      throw new Error(`read ${stats.scannedBytes} bytes, the day has ${bytes}`);
    });
  }
}

function folderOf({ set }: Delivery, day: string): string {
  const [year, month, date] = day.split("-");
  return set.layout.startsWith("hive")
    ? `/year=${year}/month=${month}/day=${date}/`
    : `/${year}/${month}/${date}/`;
}
