import { isoTime } from "@turnaway/core";
import { type Check, fail, failed, ok, warn } from "@turnaway/core/checks";
import type { Settings } from "@turnaway/runs";
import { newestDelivery, type OpenWarehouse, withWarehouse } from "@turnaway/runs/remote";
import { listRelations, RAW_TABLE } from "@turnaway/sql";

import type { Context } from "../context.ts";
import { checkRollup, checkViews } from "./check-rollup.ts";
import type { Examined } from "./examined.ts";

/** Whether the server is reached and lets us in; then tables, views, rollup, the newest file. */
export async function checkTrino(settings: Settings, context: Context): Promise<Examined> {
  try {
    return await withWarehouse("trino", settings, context, async (open) => {
      const tables = await checkTables(open, settings, context);
      if (tables.some(({ status }) => status === "fail")) return { setUp: tables, data: [] };
      return {
        setUp: [...tables, ...(await checkViews(open, context))],
        data: [
          ...(await checkNewest(open, settings, context)),
          ...(await checkRollup(open, settings, context)),
        ],
      };
    });
  } catch (error) {
    return { setUp: failed("TRINO", error), data: [] };
  }
}

async function checkTables(
  { warehouse }: OpenWarehouse,
  { config }: Settings,
  { signal }: Context,
): Promise<Check[]> {
  const { url, catalog, schema } = config.trino;
  const { rows } = await warehouse.engine.run(listRelations(warehouse.place), signal);
  const names = new Set(rows.map((row) => String(row["table_name"])));
  const reached = ok("TRINO", `${url} answers in the catalog ${catalog}`);
  if (names.size === 0) {
    const fix = "make the schema with the raw table, or correct trino.catalog and trino.schema";
    return [reached, fail("SCHEMA", `nothing is in ${catalog}.${schema}`, fix)];
  }
  return [
    reached,
    names.has(RAW_TABLE)
      ? ok("TABLES", `${RAW_TABLE} is in ${catalog}.${schema}`)
      : fail(
          "TABLES",
          `${catalog}.${schema} has no ${RAW_TABLE}`,
          "make it over the delivered files",
        ),
  ];
}

async function checkNewest(
  open: OpenWarehouse,
  { now }: Settings,
  { signal }: Context,
): Promise<Check[]> {
  try {
    const newest = await newestDelivery(open, now, signal);
    if (newest === null) return [fail("FRESHNESS", "the bucket has no file of a flow log")];
    const what = `newest file ${isoTime(newest)}`;
    return now - newest > 2 * 86_400
      ? [warn("FRESHNESS", what, "look whether the flow log still delivers")]
      : [ok("FRESHNESS", what)];
  } catch (error) {
    return failed("S3", error);
  }
}
