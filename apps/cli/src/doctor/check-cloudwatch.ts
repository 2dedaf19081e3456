import { isoTime, type QueryResult } from "@turnaway/core";
import { type Check, failed, fail, ok, warn } from "@turnaway/core/checks";
import type { Settings } from "@turnaway/runs";
import { requireLogGroup, withEngine } from "@turnaway/runs/remote";
import { composeInsights, findInsights } from "@turnaway/sql";

import type { Context } from "../context.ts";
import type { Examined } from "./examined.ts";

/** One query over the last day: it needs what every query needs, and tells what is there. */
export async function checkCloudwatch(settings: Settings, context: Context): Promise<Examined> {
  const { config, format, now, sql } = settings;
  try {
    const logGroup = requireLogGroup(settings);
    const statement = composeInsights(findInsights("coverage"), {
      settings: sql,
      format: format ?? config.logs.format,
      window: { start: now - 86_400, end: now },
    });
    const result = await withEngine("cloudwatch", settings, context, (engine) =>
      engine.run(statement, context.signal),
    );
    const { scannedBytes, costUsd = 0 } = result.stats;
    const what = `${logGroup} answers: the last day is ${(scannedBytes / 1e6).toFixed(1)} MB, $${costUsd.toFixed(4)} a query`;
    return { setUp: [ok("LOG_GROUP", what)], data: checkRecords(result) };
  } catch (error) {
    return { setUp: failed("LOG_GROUP", error), data: [] };
  }
}

function checkRecords({ rows }: QueryResult): Check[] {
  const isRecord = (status: unknown): boolean => /^(OK|NODATA|SKIPDATA)$/.test(String(status));
  const records = rows.filter((row) => isRecord(row["log_status"]));
  const count = (of: QueryResult["rows"]): number =>
    of.reduce((sum, row) => sum + Number(row["records"]), 0);
  const others = count(rows) - count(records);
  if (records.length === 0) {
    const what =
      others === 0
        ? "no record in the last day"
        : `none of ${others} log events of the last day is a record of the log format`;
    return [fail("FRESHNESS", what, "look whether the flow log delivers, and at logs.fields")];
  }
  const newest = Math.max(...records.map((row) => Number(row["last_end"])));
  return [
    ok(
      "FRESHNESS",
      `newest record ends ${isoTime(newest)}, ${count(records)} records in the last day`,
    ),
    ...(others === 0
      ? []
      : [
          warn(
            "FORMAT",
            `${others} log events are no records of the log format`,
            "set logs.fields",
          ),
        ]),
  ];
}
