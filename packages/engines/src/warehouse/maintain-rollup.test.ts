import { DEFAULT_FORMAT, type Statement, TurnawayError } from "@turnaway/core";
import { DEFAULT_SETTINGS, ROLLUP_TABLES } from "@turnaway/sql";
import { describe, expect, it } from "vitest";

import { maintainRollup } from "./maintain-rollup.ts";
import type { Warehouse } from "./warehouse.ts";

const DAYS = { first: "2026-11-12", last: "2026-11-19" };

describe("maintenance of the rollup", () => {
  it("puts together and cleans every table, one after the other", async () => {
    const asked: string[] = [];
    const tables: string[] = [];
    const onProgress = (table: string): void => void tables.push(table);
    await maintainRollup(warehouse(asked), DAYS, { onProgress });
    expect(asked).toEqual(
      ROLLUP_TABLES.flatMap(({ name }) => [
        `OPTIMIZE ${name} REWRITE DATA USING BIN_PACK WHERE day >= '2026-11-12' AND day <= '2026-11-19'`,
        `VACUUM ${name}`,
      ]),
    );
    expect(tables).toEqual(ROLLUP_TABLES.map(({ name }) => name));
  });

  it("cleans again while Athena asks for it", async () => {
    const asked: string[] = [];
    await maintainRollup(warehouse(asked, { vacuums: 3 }), DAYS);
    const [first, second] = ROLLUP_TABLES;
    expect(asked.filter((sql) => sql === `VACUUM ${first!.name}`)).toHaveLength(4);
    expect(asked.filter((sql) => sql === `VACUUM ${second!.name}`)).toHaveLength(1);
  });

  it.each([
    ["asks for ever", { vacuums: Infinity }, 10],
    ["fails otherwise", { vacuums: Infinity, why: "ICEBERG_VACUUM_UNSUPPORTED" }, 1],
  ])("gives up where the engine %s", async (_how, failing, turns) => {
    const asked: string[] = [];
    await expect(maintainRollup(warehouse(asked, failing), DAYS)).rejects.toThrow(
      expect.objectContaining({ code: "ENGINE" }),
    );
    expect(asked.filter((sql) => sql.startsWith("VACUUM"))).toHaveLength(turns);
  });
});

/** An Athena without builds, on which so many vacuums fail first. */
function warehouse(
  asked: string[],
  { vacuums = 0, why = "ICEBERG_VACUUM_MORE_RUNS_NEEDED" } = {},
): Warehouse {
  let left = vacuums;
  const run = ({ sql }: Statement) => {
    if (/^(OPTIMIZE|VACUUM)/.test(sql)) asked.push(sql);
    if (sql.startsWith("VACUUM") && left-- > 0)
      return Promise.reject(new TurnawayError("ENGINE", { what: "a query failed", why }));
    return Promise.resolve({
      columns: [],
      rows: [],
      stats: { queryId: null, scannedBytes: 0, durationMs: 0 },
    });
  };
  return {
    engine: { name: "athena", dialect: "athena", run },
    place: {
      dialect: "athena",
      schema: "turnaway",
      icebergCatalog: null,
      location: "s3://flow-logs/turnaway/",
    },
    logs: {
      layout: "hive",
      accounts: ["123456789012"],
      regions: ["eu-central-1"],
      format: DEFAULT_FORMAT,
      fileFormat: "text",
      settleHours: 3,
    },
    settings: DEFAULT_SETTINGS,
    listFiles: () => Promise.resolve([]),
    now: () => Date.parse("2026-11-20T06:00:00Z") / 1000,
  };
}
